import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { type Mapping, mappingSchema } from '../contracts/import/mapping.js';
import { createUnion } from '../persistence/create-union.js';
import type { ImportReport } from '../persistence/import/import-request.js';
import { runImport } from '../persistence/import/run-import.js';
import { createPool, inUnion } from '../persistence/pool.js';
import { wholeUnion } from '../persistence/scope.js';
import { systemClock, systemIds } from '../platform/clock.js';
import { defaultBookFolder, loadBook } from '../platform/load-book.js';
import { PersonalDataVault } from '../platform/personal-data.js';
import { cloneDatabase, type TestDatabase } from './test-database.js';

/** A mapping of one source of customers, with what a test changes. */
export const customersMapping = (source: object = {}, fields: object = {}, more: object = {}): Mapping =>
  mappingSchema.parse({
    version: 1,
    name: 'test-export',
    union: { code: 'IMPORT', name: '导入联社' },
    sources: { people: { file: 'people.csv', ...source } },
    records: [{ record: 'customer', from: 'people', fields: { ref: 'no', name: 'name', ...fields } }],
    ...more,
  });

/** Takes files in as `wugang import` does, into a database of the test's own. */
export class TestImport {
  private constructor(
    private readonly database: TestDatabase,
    private readonly pool: pg.Pool,
    private readonly unionId: string,
  ) {}

  static async open(): Promise<TestImport> {
    const database = await cloneDatabase();
    const tools = { clock: systemClock, ids: systemIds };
    const book = await loadBook(defaultBookFolder());
    const unionId = await createUnion(database.ownerUrl, { code: 'IMPORT', name: '导入联社' }, book, tools);
    return new TestImport(database, createPool(database.appUrl, 2), unionId);
  }

  async take(
    mapping: Mapping,
    files: Readonly<Record<string, string | Buffer>>,
    asOf = '2026-11-24',
  ): Promise<ImportReport> {
    const folder = await mkdtemp(join(tmpdir(), 'wugang-import-'));
    for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
    const tools = { clock: systemClock, ids: systemIds, vault: new PersonalDataVault(this.database.secret) };
    try {
      const request = { mapping, folder, unionId: this.unionId, asOf, actorName: 'test' };
      return await inUnion(this.pool, wholeUnion(this.unionId), (sql) => runImport(sql, request, tools));
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  async rows<Row extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<Row[]> {
    return (await inUnion(this.pool, wholeUnion(this.unionId), (sql) => sql.query<Row>(text, values))).rows;
  }

  /** As the owner of the database, no guard in the way: for what only the product's own acts bring about. */
  async unguarded(text: string): Promise<void> {
    const owner = new pg.Client(this.database.ownerUrl);
    await owner.connect();
    await owner.query(`set session_replication_role = replica; ${text}`);
    await owner.end();
  }

  async close(): Promise<void> {
    await this.pool.end();
    await this.database.drop();
  }
}
