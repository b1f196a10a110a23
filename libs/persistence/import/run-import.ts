import type { PoolClient } from 'pg';
import type { RecordMapping } from '../../contracts/import/mapping.js';
import { RECORD_KINDS, type RecordKind } from '../../contracts/import/records.js';
import { type Fault, fault } from '../../domain/problem.js';
import { type RefusedLine, TableUnreadable } from '../../platform/csv/read-table.js';
import { accountKey } from '../account-key.js';
import { checkMapping } from './check-mapping.js';
import { ImportGaps } from './import-gaps.js';
import type { ImportReport, ImportRequest, ImportTools } from './import-request.js';
import { recordFaults } from './record-faults.js';
import { recordImport } from './record-import.js';
import { recordReader } from './record-reader.js';
import { RECORD_TABLES } from './record-table.js';
import { rowOf } from './row-of.js';
import type { CanonicalRecord, DatabaseRow, RowContext } from './row-values.js';
import { SourceTables } from './source-tables.js';
import { type UnwrittenLine, writeStatement } from './write-statement.js';

const BATCH_ROWS = 2000;
/** Refused lines are all counted; this many are kept to be listed. */
const LISTED_REFUSALS = 10_000;

/** Units that came in without a place in the tree stand below the union itself. */
const HANG_UNITS_SQL = `
update org_unit u set parent_id = root.id from org_unit root
where root.union_id = $1 and root.kind = 'county_union' and u.union_id = $1 and u.parent_id is null and u.id <> root.id`;

interface PendingRow {
  readonly line: number;
  readonly row: DatabaseRow;
  readonly record: CanonicalRecord;
}

/**
 * Takes a folder of exports in, inside the transaction of `sql`: refused lines are listed, the rest goes in, and the
 * same files again change nothing. Throws TableUnreadable, before anything is written, where the mapping and the files
 * do not fit or a file cannot be read to its end.
 */
export async function runImport(sql: PoolClient, request: ImportRequest, tools: ImportTools): Promise<ImportReport> {
  const startedAt = tools.clock.now();
  const refused: RefusedLine[] = [];
  let refusedLines = 0;
  const refuse = (line: RefusedLine): void => {
    refusedLines += 1;
    if (refused.length < LISTED_REFUSALS) refused.push(line);
  };
  const tables = new SourceTables(request.mapping, request.folder, refuse);
  const faults = await checkMapping(request.mapping, tables);
  if (faults.length > 0) throw new TableUnreadable(faults);
  const taken: Partial<Record<RecordKind, number>> = {};
  for (const kind of RECORD_KINDS) {
    const seen = new Set<string>();
    for (const block of request.mapping.records.filter(({ record }) => record === kind)) {
      const count = await new BlockImport(sql, request, tools, tables, block, refuse, seen).run();
      taken[kind] = (taken[kind] ?? 0) + count;
    }
  }
  await sql.query(HANG_UNITS_SQL, [request.unionId]);
  const report = { taken, refusedLines, refused };
  await recordImport(sql, request, report, startedAt, tools);
  return report;
}

/** One block of a mapping on its way into its table. */
class BlockImport {
  private readonly file: string;
  private readonly statement: string;
  private readonly gaps: ImportGaps;
  private pending: PendingRow[] = [];
  private taken = 0;

  constructor(
    private readonly sql: PoolClient,
    private readonly request: ImportRequest,
    private readonly tools: ImportTools,
    private readonly tables: SourceTables,
    private readonly block: RecordMapping,
    private readonly refuse: (line: RefusedLine) => void,
    /** Records of this kind that an earlier line or block has made. */
    private readonly seen: Set<string>,
  ) {
    this.file = request.mapping.sources[block.from]?.file ?? block.from;
    this.statement = writeStatement(RECORD_TABLES[block.record]);
    this.gaps = new ImportGaps(block.record, request.unionId, tools);
  }

  async run(): Promise<number> {
    const table = await this.tables.open(this.block.from);
    const read = await recordReader(this.block, table.columns, this.tables, this.request.asOf);
    const context = {
      vault: this.tools.vault,
      mappingName: this.request.mapping.name,
      receivedAt: this.tools.clock.now().toISOString(),
    };
    let lines = 0;
    for await (const current of table.lines()) {
      lines += 1;
      const reading = await read(current);
      if (reading === 'left-out') continue;
      if ('faults' in reading) this.refuseRecord(current.line, reading.record, reading.faults);
      else this.take(current.line, reading.record, context);
      if (this.pending.length >= BATCH_ROWS) await this.flush(lines);
    }
    await this.flush(lines);
    return this.taken;
  }

  private take(line: number, record: CanonicalRecord, context: RowContext): void {
    const { record: kind } = this.block;
    const faults = recordFaults(kind, record);
    if (faults.length > 0) {
      this.refuseRecord(line, record, faults);
      return;
    }
    const { conflict, references, unique } = RECORD_TABLES[kind];
    const references_ = Object.fromEntries(
      references.map(({ field, sealed }, index) => {
        const given = record[field];
        const ref = sealed === 'account' && typeof given === 'string' ? accountKey(context.vault, given) : given;
        return [`ref_${index}`, ref];
      }),
    );
    const row: DatabaseRow = { ...rowOf(kind, record, context), ...references_ };
    const keys = [
      JSON.stringify(
        conflict.map((column) => row[column] ?? row[`ref_${references.findIndex((one) => one.column === column)}`]),
      ),
    ];
    if (unique !== undefined && row[unique.column] !== null) keys.push(`${unique.column} ${row[unique.column]}`);
    if (keys.some((key) => this.seen.has(key))) {
      this.refuseRecord(line, record, [twice()]);
      return;
    }
    for (const key of keys) this.seen.add(key);
    this.pending.push({ line, row, record });
  }

  private refuseRecord(line: number, record: CanonicalRecord, faults: readonly Fault[]): void {
    this.refuse({ file: this.file, line, faults });
    this.gaps.refused(record);
  }

  private async flush(lines: number): Promise<void> {
    const batch = this.pending;
    this.pending = [];
    if (batch.length > 0) {
      if (this.block.record === 'householdMember') await this.openHouseholds(batch);
      const rows = batch.map(({ line, row }) => ({ ...row, line, id: this.tools.ids.next() }));
      const unwritten = await this.sql.query<UnwrittenLine>(this.statement, [
        this.request.unionId,
        JSON.stringify(rows),
      ]);
      const recordOf = new Map(batch.map(({ line, record }) => [line, record]));
      for (const { line, dangling, taken, differs } of unwritten.rows) {
        const faults = [
          ...dangling.map(leadsNowhere),
          ...(taken === null ? [] : [belongsToAnother(taken)]),
          ...(differs ? [differsFromKept()] : []),
        ];
        this.refuseRecord(line, recordOf.get(line) ?? {}, faults);
        recordOf.delete(line);
      }
      for (const record of recordOf.values()) this.gaps.wasTaken(record);
      this.taken += batch.length - unwritten.rows.length;
    }
    await this.gaps.write(this.sql);
    this.request.onProgress?.(this.block.record, lines);
  }

  /** Households come into being with their first member. */
  private async openHouseholds(batch: readonly PendingRow[]): Promise<void> {
    const codes = [...new Set(batch.map(({ row }) => String(row['ref_0'])))];
    await this.sql.query(
      `insert into household (id, union_id, code) select * from unnest($2::uuid[], array_fill($1::uuid, array[$4::int]), $3::text[])
       on conflict (union_id, code) do nothing`,
      [this.request.unionId, codes.map(() => this.tools.ids.next()), codes, codes.length],
    );
  }
}

const twice = (): Fault =>
  fault('', 'import.twice', { zh: '与前面的行重复', en: 'an earlier line is the same record' });

const leadsNowhere = (field: string): Fault =>
  fault(`/${field}`, 'import.leads-nowhere', {
    zh: `${field} 所指的记录不存在`,
    en: `${field} names a record that is not there`,
  });

const belongsToAnother = (field: string): Fault =>
  fault(`/${field}`, 'import.taken', {
    zh: `${field} 已属于另一条记录`,
    en: `${field} belongs to another record already`,
  });

const differsFromKept = (): Fault =>
  fault('/ref', 'import.differs', {
    zh: '该编号已有内容不同的记录，已入库的不得更改，请另用编号',
    en: 'a record of this number with another content is kept already and never changed: give it a number of its own',
  });
