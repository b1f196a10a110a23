import { mkdtemp, readdir, rm, stat, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type pg from 'pg';
import { Duck } from '#libs/bulk/duck.js';
import type { Policy } from '#libs/bulk/impact/impact-plan.js';
import type { ChangedCase } from '#libs/bulk/impact/tally.js';
import type { CivilDate } from '#libs/domain/civil-date.js';
import { impactOverDecisions } from '#libs/persistence/impact/over-decisions.js';
import { KeptFiles } from '#libs/platform/kept-files/kept-files.js';
import { defaultBookFolder, loadBook } from '#libs/platform/load-book.js';
import { parameterSet, parametersInForce } from '#libs/rules/parameters.js';
import { TestApi, TODAY as TODAY_TEXT } from '../support/api.js';
import { takeIn } from '../support/journey.js';

const TODAY = TODAY_TEXT as CivilDate;
const COPIES = 400;
const KEY = 'policy.hardEnquiriesTolerated';

let api: TestApi;
let folder: string;
let before: Policy;
/** Identity numbers of the customers whose loans were decided. */
let persons: string[];
/** The statements that copied something out. */
const copied: string[] = [];

beforeAll(async () => {
  api = await TestApi.start();
  folder = await mkdtemp(join(tmpdir(), 'wugang-kept-'));
  const officer = await api.signIn('qingshiOfficer');
  const { qingshi } = api.union.units;
  persons = [];
  for (const hardEnquiries12Months of [5, 7, 9]) {
    const { id, identityNumber } = await api.records.customer(qingshi);
    persons.push(identityNumber);
    api.files.set(identityNumber, { hardEnquiries12Months });
    await takeIn(officer, { branchId: qingshi, customerId: id });
  }
  await moreDecisions(COPIES, 0);
  const { book, parameters } = await loadBook(defaultBookFolder());
  before = { rules: book.rules, parameters: parametersInForce(parameters, TODAY) };
  const listening = new WeakSet<pg.PoolClient>();
  api.services.bulk.pool.on('acquire', (client) => {
    if (listening.has(client)) return;
    listening.add(client);
    const query = client.query.bind(client) as (...given: unknown[]) => unknown;
    Object.assign(client, {
      query: (...given: unknown[]) => {
        const text = (given[0] as { text?: unknown }).text;
        if (typeof text === 'string' && text.startsWith('copy')) copied.push(text);
        return query(...given);
      },
    });
  });
});
afterAll(async () => {
  await api.stop();
  await rm(folder, { recursive: true });
});

/** As many more decisions of the same applications, with other enquiries each. */
const moreDecisions = (count: number, from: number) =>
  asOwner(
    `insert into decision (id, union_id, application_id, checkpoint, business_date, book_hash, parameter_set_hash, product_code, verdict, facts,
       facts_hash, outcome_hash, decided_at)
     select md5('decision ' || n)::uuid, d.union_id, d.application_id, d.checkpoint, d.business_date, d.book_hash, d.parameter_set_hash, d.product_code,
       d.verdict, jsonb_set(d.facts, '{bureau.hardEnquiries12Months,value}', to_jsonb(n % 13)), md5('facts ' || n), d.outcome_hash, d.decided_at
     from (select *, row_number() over (order by id) as k from decision order by id limit 3) d
       join generate_series(${from + 1}, ${from + count}) n on n % 3 = d.k - 1`,
    'decision',
  );

async function asOwner(statement: string, table: string): Promise<void> {
  await api.asOwner(async (owner) => {
    await owner.query(`alter table ${table} disable trigger user`);
    await owner.query(statement);
    await owner.query(`alter table ${table} enable trigger user`);
  });
}

const keptIn = (): KeptFiles =>
  new KeptFiles({ folder: join(folder, 'facts'), mostBytes: 50_000_000, secret: Buffer.alloc(32), clock: api.clock });
const files = () => readdir(join(folder, 'facts'));

/** A run that tolerates so many enquiries, with a curve over them. `facts`: how many statements copied facts out. */
async function run(tolerated: number, kept: KeptFiles | null = keptIn()) {
  copied.length = 0;
  const changed: ChangedCase[] = [];
  const after = { ...before, parameters: parameterSet({ ...before.parameters.values, [KEY]: tolerated }) };
  const result = await impactOverDecisions(api.services.bulk.pool, {
    range: { unionId: api.union.unionId, checkpoint: 'intake', from: TODAY, to: TODAY },
    request: { before, after, checkpoint: 'intake', on: TODAY, asDecided: false },
    sweep: { key: KEY, values: [3, 6, 9] },
    workers: 2,
    kept,
    onChanged: (one) => void changed.push(one),
  });
  return { ...result, changed, facts: copied.filter((text) => /d\.facts[,\s]/.test(text)).length };
}
const answers = async (running: ReturnType<typeof run>) => {
  const { facts, ...rest } = await running;
  return rest;
};

describe('facts that were read once', () => {
  it('are not copied out again, whatever the draft, and the answers are the same', async () => {
    const first = await run(8);
    expect(first).toMatchObject({ facts: 1, tally: { cases: COPIES + 3 } });
    expect(first.changed.length).toBeGreaterThan(50);
    expect(first.tally.redecided).toBeGreaterThan(0);
    expect(await run(8)).toEqual({ ...first, facts: 0 });
    const other = await run(4);
    expect(other.facts).toBe(0);
    expect(await answers(run(4, null))).toEqual({ ...other, facts: undefined });
    expect(other.tally.cells).not.toEqual(first.tally.cells);
  });

  it('are not kept without a place to keep them: each run copies once, for deciding, curve and sample together', async () => {
    expect(await run(8, null)).toMatchObject({ facts: 1 });
    expect(await run(8, null)).toMatchObject({ facts: 1 });
  });

  it('what became of the loans, the file number and the branch are read anew each time', async () => {
    const was = await run(8);
    expect(was.tally.cells.map(({ outcome }) => outcome)).not.toContain('bad');
    await asOwner(
      `update loan_application set known_outcome = 'bad', external_ref = 'new ' || file_no`,
      'loan_application',
    );
    await asOwner(`update org_unit set code = 'renamed' where code = 'qingshi'`, 'org_unit');
    const is = await run(8);
    expect(is.facts).toBe(0);
    expect(new Set(is.tally.cells.map(({ outcome, branch }) => `${outcome} ${branch}`))).toEqual(
      new Set(['bad renamed']),
    );
    expect(is.changed.every(({ ref, outcome }) => ref.startsWith('new ') && outcome === 'bad')).toBe(true);
    expect(await answers(run(8, null))).toEqual({ ...is, facts: undefined });
  });

  it('a decision more, or one whose facts are others, is another part', async () => {
    await run(8);
    await moreDecisions(10, COPIES);
    expect(await run(8)).toMatchObject({ facts: 1, tally: { cases: COPIES + 13 } });
    await asOwner(
      `update decision set facts = jsonb_set(facts, '{bureau.hardEnquiries12Months,value}', '7'), facts_hash = 'another' where id = md5('decision 12')::uuid`,
      'decision',
    );
    const changed = await run(8);
    expect(changed.facts).toBe(1);
    expect(await answers(run(8, null))).toEqual({ ...changed, facts: undefined });
  });

  it('a file that was torn is thrown away and made again', async () => {
    const whole = await run(8);
    const sizes = await Promise.all(
      (await files()).map(async (name) => (await stat(join(folder, 'facts', name))).size),
    );
    for (const name of await files()) await truncate(join(folder, 'facts', name), 700);
    expect(await run(8)).toEqual({ ...whole, facts: 1 });
    expect(await run(8)).toEqual({ ...whole, facts: 0 });
    expect(sizes.every((size) => size > 1000)).toBe(true);
  });
});

it('what is kept holds facts of the catalogue and nothing that names a person or a file', async () => {
  await rm(join(folder, 'facts'), { recursive: true });
  await run(8);
  const duck = await Duck.open({ threads: 1 });
  try {
    for (const name of await files()) {
      const copy = join(folder, 'copy.parquet');
      expect(await keptIn().fetch(name, copy)).toBe(true);
      const rows = await duck.rows<Record<string, unknown>>(`from read_parquet('${copy}')`);
      expect(rows.length).toBeGreaterThan(COPIES);
      for (const fresh of ['ref', 'branch', 'category', 'outcome']) expect(Object.keys(rows[0]!)).not.toContain(fresh);
      const text = JSON.stringify(rows, (_, value: unknown) => (typeof value === 'bigint' ? Number(value) : value));
      for (const number of persons) expect(text).not.toContain(number);
      expect(rows.filter(({ facts }) => facts !== null).length).toBeLessThan(COPIES / 20);
    }
  } finally {
    duck.close();
  }
});
