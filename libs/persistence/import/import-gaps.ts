import type { RecordKind } from '../../contracts/import/records.js';
import type { Clock, IdSource } from '../../domain/clock.js';
import type { Sql } from '../pool.js';
import type { CanonicalRecord } from './row-values.js';

/** The kinds of which a refused line leaves something unknown of its customer, and the field that names the record. */
const NAMED_BY: Partial<Record<RecordKind, string>> = { loan: 'ref', householdMember: 'household' };

const NOTE_SQL = `
insert into import_gap (id, union_id, party_id, record_kind, source_ref, noted_at)
select g.id, $1, p.id, $3, g.ref, $4 from jsonb_to_recordset($2::jsonb) as g(id uuid, ref text, customer text)
join party p on p.union_id = $1 and p.external_ref = g.customer
on conflict (union_id, party_id, record_kind, source_ref) do update set closed_at = null`;
const CLOSE_SQL = `
update import_gap set closed_at = $4 where union_id = $1 and record_kind = $2 and source_ref = any($3::text[]) and closed_at is null`;

interface Gap {
  readonly id: string;
  readonly ref: string;
  readonly customer: string;
}

/**
 * Remembers of whom a line was refused: a loan that did not come in is a loan that nobody knows, not a loan that is not
 * there. A line of the same number that comes in later closes the gap.
 */
export class ImportGaps {
  private gaps = new Map<string, Gap>();
  private taken: string[] = [];

  constructor(
    private readonly kind: RecordKind,
    private readonly unionId: string,
    private readonly tools: { readonly clock: Clock; readonly ids: IdSource },
  ) {}

  /** A refused line, as far as it could be read. */
  refused(record: CanonicalRecord): void {
    const [ref, customer] = [this.nameOf(record), record['customer']];
    if (ref === null || typeof customer !== 'string') return;
    this.gaps.set(`${ref}\u001f${customer}`, { id: this.tools.ids.next(), ref, customer });
  }

  wasTaken(record: CanonicalRecord): void {
    const ref = this.nameOf(record);
    if (ref !== null) this.taken.push(ref);
  }

  private nameOf(record: CanonicalRecord): string | null {
    const field = NAMED_BY[this.kind];
    const ref = field === undefined ? null : record[field];
    return typeof ref === 'string' ? ref : null;
  }

  async write(sql: Sql): Promise<void> {
    const [gaps, taken] = [[...this.gaps.values()], this.taken];
    this.gaps = new Map();
    this.taken = [];
    const now = this.tools.clock.now();
    if (taken.length > 0) await sql.query(CLOSE_SQL, [this.unionId, this.kind, taken, now]);
    if (gaps.length > 0) await sql.query(NOTE_SQL, [this.unionId, JSON.stringify(gaps), this.kind, now]);
  }
}
