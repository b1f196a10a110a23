import { ok } from 'neverthrow';
import { systemIds } from '#libs/platform/clock.js';
import { cloneDatabase, type TestDatabase } from '#libs/testing/test-database.js';
import { TestRecords } from '#libs/testing/test-records.js';
import { openTestTools } from '#libs/testing/test-tools.js';
import { foundTestUnion, type TestUnion } from '#libs/testing/test-union.js';
import type { Actor } from '#libs/usecases/actor.js';
import { runSqlCommand } from './commands.js';
import type { PersistenceTools } from './tools.js';

let database: TestDatabase;
let tools: PersistenceTools;
let union: TestUnion;
beforeAll(async () => {
  database = await cloneDatabase();
  tools = openTestTools(database);
  union = await foundTestUnion(tools, database.ownerUrl);
});
afterAll(async () => {
  await tools.pool.end();
  await database.drop();
});

const actor = (): Actor => ({
  unionId: union.unionId,
  staffId: union.staff.qingshiOfficer,
  name: 'test',
  appointments: [],
  requestId: 'r',
  at: new Date(),
  businessDate: '2026-11-24' as Actor['businessDate'],
});

it('two commands that lock the same rows in opposite order deadlock once, and both take effect once', async () => {
  const records = new TestRecords(tools, union.unionId);
  const [one, other] = [await records.customer(union.units.qingshi), await records.customer(union.units.qingshi)];
  let begun = 0;
  const both = async (first: string, second: string) =>
    runSqlCommand(
      tools,
      { actor: actor(), units: 'all' },
      { key: systemIds.next(), route: 'test', body: {} },
      200,
      async (sql) => {
        begun += 1;
        const raise = 'update party set version = version + 1 where id = $1';
        await sql.query(raise, [first]);
        await new Promise((resolve) => setTimeout(resolve, 100));
        await sql.query(raise, [second]);
        return ok({ done: true });
      },
    );
  const answers = await Promise.all([both(one.id, other.id), both(other.id, one.id)]);
  expect(answers).toEqual([
    { status: 200, body: { done: true }, repeated: false },
    { status: 200, body: { done: true }, repeated: false },
  ]);
  expect(begun).toBe(3);
  const versions = (await records.sql('select version from party where id = any($1::uuid[])', [
    [one.id, other.id],
  ])) as {
    rows: { version: number }[];
  };
  expect(versions.rows).toEqual([{ version: 3 }, { version: 3 }]);
});
