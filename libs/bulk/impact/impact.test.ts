import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import type { CivilDate } from '../../domain/civil-date.js';
import { VERDICTS } from '../../domain/verdict.js';
import { CheckpointGate, rulesInForce } from '../../rules/evaluate.js';
import type { FactSet } from '../../rules/fact-value.js';
import { parameterSet } from '../../rules/parameters.js';
import type { Condition, Rule } from '../../rules/rule-format.js';
import { admitSelect } from '../../rules/sql/admit-select.js';
import { factColumns } from '../../rules/sql/fact-columns.js';
import { Duck } from '../duck.js';
import { BulkDiffers, sampleOf } from '../live-sample.js';
import { fromJsonLines, KEPT_COLUMNS, type RawFacts } from '../raw-facts.js';
import { namesNobody, type TypedFacts, typedFromParquet, writeParquet } from '../typed-facts.js';
import type { ImpactRequest, Policy } from './impact-plan.js';
import { runShard } from './run-shard.js';
import { NothingToSweep, sweepFile } from './sweep-file.js';
import type { ChangedCase, ImpactCell } from './tally.js';

const ON = '2026-11-24' as CivilDate;
const PRODUCTS = [
  { code: 'rural-personal', category: 'personal' },
  { code: 'micro', category: 'microcredit' },
  { code: 'none-of-ours', category: 'corporate' },
];

const rule = (id: string, severity: Rule['severity'], conditions: Condition, more: Partial<Rule> = {}): Rule => ({
  id,
  clause: 'M2',
  checkpoint: 'intake',
  severity,
  answeredBy: 'deputy_director',
  title: { zh: id, en: id },
  appliesTo: { products: ['rural-personal', 'micro'] },
  effective: { from: '1990-01-01', to: null },
  conditions,
  reason: { zh: id, en: id },
  cure: { zh: id, en: id },
  whenUnknown: severity,
  ...more,
});
const more = (fact: string, policy: string): Condition => ({ fact, operator: 'greaterThan', value: { fact: policy } });

const ENQUIRIES = rule('enquiries', 'REFER', more('bureau.hardEnquiries12Months', 'policy.hardEnquiriesTolerated'));
const LATE = rule('late', 'WARN', {
  any: [
    more('bureau.latePayments24Months', 'policy.hardEnquiriesTolerated'),
    { not: { fact: 'applicant.residence', operator: 'equal', value: 'rural' } },
  ],
});
const LARGE = rule('large', 'BLOCK', { fact: 'application.amountFen', operator: 'greaterThan', value: 4 });
const ENDED = rule(
  'ended',
  'BLOCK',
  { fact: 'application.amountFen', operator: 'greaterThan', value: 0 },
  {
    effective: { from: '1990-01-01', to: '2026-11-23' },
  },
);
const MICRO = rule(
  'micro-only',
  'WARN',
  { fact: 'application.termMonths', operator: 'greaterThan', value: 2 },
  {
    appliesTo: { products: ['micro'] },
    whenUnknown: 'REFER',
  },
);

const policy = (rules: readonly Rule[], tolerated?: number): Policy => ({
  rules,
  parameters: parameterSet(tolerated === undefined ? {} : { 'policy.hardEnquiriesTolerated': tolerated }),
});
const few = fc.integer({ min: 0, max: 6 });
const anyPolicy = fc
  .record({
    rules: fc.shuffledSubarray([ENQUIRIES, LATE, LARGE, ENDED, MICRO], { minLength: 1 }),
    harder: fc.boolean(),
    tolerated: fc.option(few, { nil: undefined, freq: 8 }),
  })
  .map(({ rules, harder, tolerated }) =>
    policy(
      rules
        .map((one) => (harder && one.id === 'late' ? { ...one, severity: 'BLOCK' as const } : one))
        .sort((left, right) => (left.id < right.id ? -1 : 1)),
      tolerated,
    ),
  );

const gathered = (value: fc.Arbitrary<unknown>) =>
  fc.option(
    fc
      .record({ value: fc.oneof({ weight: 12, arbitrary: value }, { weight: 1, arbitrary: fc.constant('spoilt') }) })
      .map((one) => ({
        ...one,
        source: 'ledger',
        asOf: '2026-11-01',
      })),
    { nil: undefined, freq: 12 },
  );
const anyCase = fc.record({
  branch: fc.constantFrom('a', 'b'),
  product: fc.constantFrom(...PRODUCTS),
  decided: fc.option(fc.integer({ min: 0, max: 3 })),
  outcome: fc.option(fc.constantFrom('good' as const, 'bad' as const)),
  facts: fc.record({
    'bureau.hardEnquiries12Months': gathered(few),
    'bureau.latePayments24Months': gathered(few),
    'application.amountFen': gathered(few),
    'application.termMonths': gathered(few),
    'applicant.residence': gathered(fc.constantFrom('rural', 'urban')),
  }),
});
const anyCases = fc.array(anyCase, { minLength: 1, maxLength: 60, size: 'max' }).map((cases) =>
  cases.map(
    ({ branch, product, decided, outcome, facts }, index): RawFacts => ({
      id: String(index).padStart(4, '0'),
      ref: `F${index}`,
      branch,
      product_code: product.code,
      category: product.category,
      business_date: ON,
      decided,
      outcome,
      facts,
    }),
  ),
);
const anyRequest = fc.record({
  before: anyPolicy,
  after: anyPolicy,
  checkpoint: fc.constant('intake' as const),
  on: fc.constant(ON),
  asDecided: fc.boolean(),
  only: fc.option(fc.constant(new Set(['enquiries', 'late', 'micro-only'])), { nil: undefined, freq: 3 }),
});
type Asked = typeof anyRequest extends fc.Arbitrary<infer T> ? T : never;
const requestOf = ({ only, ...rest }: Asked): ImpactRequest & { asDecided: boolean } =>
  only === undefined ? rest : { ...rest, only };

let folder: string;
let duck: Duck;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wugang-impact-'));
  duck = await Duck.open({ threads: 1 });
});
afterAll(async () => {
  duck.close();
  await rm(folder, { recursive: true });
});

async function rawOf(cases: readonly RawFacts[]): Promise<string> {
  const file = join(folder, 'facts.jsonl');
  await writeFile(file, cases.map((one) => `${JSON.stringify(one)}\n`).join(''));
  return fromJsonLines(file);
}

/** Facts as they were stored, each taken out of them when it is asked for. */
async function stored(cases: readonly RawFacts[]): Promise<TypedFacts> {
  const raw = await rawOf(cases);
  return { typed: `(${admitSelect(factColumns(), raw, KEPT_COLUMNS)})`, sampled: await sampleOf(duck, raw) };
}

/** The same facts as a run keeps them: taken apart, in a file. */
async function kept(cases: readonly RawFacts[]): Promise<TypedFacts> {
  const file = join(folder, 'facts.parquet');
  await writeParquet(duck, await rawOf(cases), KEPT_COLUMNS, file);
  return typedFromParquet(file);
}

/** What the live path says of one case under a policy: a level, and the rules that found something. */
async function live(of: Policy, { checkpoint, on, only }: ImpactRequest, one: RawFacts) {
  const product = { code: one.product_code, category: one.category };
  const rules = rulesInForce(of, checkpoint, product, on).filter(({ id }) => only?.has(id) ?? true);
  if (rules.length === 0) return { level: 3, found: [] as string[] };
  const outcome = await new CheckpointGate(rules, of.parameters, one.business_date as CivilDate).decide(
    one.facts as FactSet,
  );
  return { level: VERDICTS.indexOf(outcome.verdict), found: outcome.findings.map(({ ruleId }) => ruleId) };
}

/** The same run by a plain loop over the live path. */
async function byLoop(request: ImpactRequest & { asDecided: boolean }, cases: readonly RawFacts[]) {
  const cells = new Map<string, number>();
  const changed: ChangedCase[] = [];
  const counts = new Map<string, { before: number; after: number; appeared: number; vanished: number }>();
  for (const one of cases) {
    const was = await live(request.before, request, one);
    const is = await live(request.after, request, one);
    const before = request.asDecided ? one.decided : was.level;
    if (before === null) continue;
    const { branch, product_code: product, outcome, ref } = one;
    const key = JSON.stringify({ branch, product, outcome, before, after: is.level });
    cells.set(key, (cells.get(key) ?? 0) + 1);
    const appeared = is.found.filter((id) => !was.found.includes(id)).sort();
    const vanished = was.found.filter((id) => !is.found.includes(id)).sort();
    if (before !== is.level || appeared.length + vanished.length > 0)
      changed.push({ ref, branch, product, outcome, before, after: is.level, appeared, vanished });
    for (const id of new Set([...was.found, ...is.found])) {
      const tally = counts.get(`${id} ${outcome}`) ?? { before: 0, after: 0, appeared: 0, vanished: 0 };
      if (was.found.includes(id)) tally.before += 1;
      if (is.found.includes(id)) tally.after += 1;
      if (appeared.includes(id)) tally.appeared += 1;
      if (vanished.includes(id)) tally.vanished += 1;
      counts.set(`${id} ${outcome}`, tally);
    }
  }
  return { cells, changed, counts };
}

it('counts what a plain loop over the live path counts, whatever the facts, the policies and the outcomes', async () => {
  let cases = 0;
  await fc.assert(
    fc.asyncProperty(anyRequest, anyCases, async (asked, given) => {
      const request = requestOf(asked);
      const changed: ChangedCase[] = [];
      const tally = await runShard(duck, await stored(given), request, (one) => void changed.push(one));
      const again: ChangedCase[] = [];
      expect(await runShard(duck, await kept(given), request, (one) => void again.push(one))).toEqual(tally);
      expect(again).toEqual(changed);
      const loop = await byLoop(request, given);
      const cells = tally.cells.map(({ cases: many, ...cell }: ImpactCell) => [JSON.stringify(cell), many]);
      expect(new Map(cells as [string, number][])).toEqual(loop.cells);
      expect(changed).toEqual(loop.changed);
      expect(tally.changed).toBe(loop.changed.length);
      const counts = tally.rules.flatMap(({ rule: id, outcome, ...count }) =>
        Object.values(count).some((many) => many > 0) ? [[`${id} ${outcome}`, count] as const] : [],
      );
      expect(new Map(counts)).toEqual(loop.counts);
      cases += given.length;
    }),
    { numRuns: 60 },
  );
  expect(cases).toBeGreaterThan(500);
}, 60_000);

describe('one case in 200, and one of every run at least, is decided again by the live path', () => {
  const before = policy([ENQUIRIES], 2);
  const request = { before, after: policy([ENQUIRIES], 4), checkpoint: 'intake' as const, on: ON, asDecided: false };
  const many = Array.from({ length: 3000 }, (_, index): RawFacts => {
    const facts = { 'bureau.hardEnquiries12Months': { value: index % 7, source: 'bureau', asOf: ON } };
    const row = { branch: 'a', product_code: 'micro', category: 'microcredit', business_date: ON };
    return { ...row, id: `${index}`, ref: `F${index}`, decided: null, outcome: null, facts };
  });

  /** The statement is made by one policy, the live path decides by another. */
  const otherwise = () => {
    let asked = 0;
    return {
      ...request,
      get before() {
        asked += 1;
        return asked === 1 ? before : policy([ENQUIRIES], 3);
      },
    };
  };

  it('and is told how many', async () => {
    const { redecided, cases } = await runShard(duck, await stored(many), request, () => {});
    expect(cases).toBe(3000);
    expect(redecided).toBeGreaterThan(4);
    expect(redecided).toBeLessThan(40);
  });

  it.each([1, 2, 3, 7, 25, 99])('of a run of %i cases too, the same whenever it is run', async (size) => {
    const few = many.slice(100, 100 + size);
    const asked = async (cases: readonly RawFacts[]) => {
      const { redecided } = await runShard(duck, await stored(cases), request, () => {});
      return [redecided, await duck.rows('select id from sampled order by id')];
    };
    const [redecided, ids] = await asked(few);
    expect(redecided).toBeGreaterThan(0);
    expect(await asked([...few].reverse())).toEqual([redecided, ids]);
  });

  it('of no case none', async () => {
    const { redecided, cases } = await runShard(duck, await stored([]), request, () => {});
    expect([redecided, cases]).toEqual([0, 0]);
  });

  it('the first difference fails a run of one case', async () => {
    const [one] = many.filter((_, index) => index % 7 === 3);
    await expect(runShard(duck, await stored([one as RawFacts]), otherwise(), () => {})).rejects.toThrow(BulkDiffers);
  });

  it('the first difference fails the run', async () => {
    await expect(runShard(duck, await stored(many), otherwise(), () => {})).rejects.toThrow(BulkDiffers);
  });
});

it('a sweep counts at each value what a run with that value counts', async () => {
  const values = [0, 2, 3, 6];
  await fc.assert(
    fc.asyncProperty(anyRequest, anyCases, async (asked, given) => {
      const request = requestOf({ ...asked, asDecided: false, only: undefined });
      const facts = await stored(given);
      const sweeping = sweepFile(duck, facts, request, { key: 'policy.hardEnquiriesTolerated', values });
      if (!request.after.rules.some(({ id }) => id === 'enquiries' || id === 'late'))
        return expect(sweeping).rejects.toThrow(NothingToSweep);
      const swept = await sweeping;
      const sweep = { key: 'policy.hardEnquiriesTolerated', values };
      expect(await sweepFile(duck, await kept(given), request, sweep)).toEqual(swept);
      for (const value of values) {
        const after = policy(request.after.rules, value);
        const { cells } = await runShard(duck, facts, { ...request, after }, () => {});
        const counts = new Map<string, number>();
        for (const { outcome, after: level, cases } of cells)
          counts.set(`${outcome} ${level}`, (counts.get(`${outcome} ${level}`) ?? 0) + cases);
        const own = swept.filter((cell) => cell.value === value);
        expect(new Map(own.map(({ outcome, level, cases }) => [`${outcome} ${level}`, cases]))).toEqual(counts);
      }
    }),
    { numRuns: 15 },
  );
}, 60_000);

describe('what may be kept between runs', () => {
  const one = (ref: string, facts: unknown = {}): RawFacts => ({
    ...{ id: '1', ref, branch: 'a', product_code: 'micro', category: 'microcredit', business_date: ON },
    ...{ decided: null, outcome: null, facts },
  });
  it.each([
    ['a file number', '2026-HQ-000123', true],
    ['a number of 18 digits without a day of birth', '202600000000000123', true],
    ['a longer number', '5101011990010112341', true],
    ['a number of the bank before it', '6228480110510101199', true],
    ['an identity number', '510101199001011234', false],
    ['one within a text', 'loan 51010119900101123X/2', false],
    ['an old one', '510101900101123', false],
  ])('%s: %s', async (_, ref, may) => {
    await kept([one('F1'), one(ref)]);
    expect(await namesNobody(duck, join(folder, 'facts.parquet'))).toBe(may);
  });

  it('no stored form of a fact, unless it is of the sample', async () => {
    const many = Array.from({ length: 1000 }, (_, index) => ({
      ...one('F'),
      id: `${index}`,
      facts: { other: 'kept?' },
    }));
    const { typed } = await kept(many);
    const found = await duck.rows<{ of: bigint; n: bigint }>(`select count(*) as of, count(facts) as n from ${typed}`);
    expect(Number(found[0]!.of)).toBe(1000);
    expect(Number(found[0]!.n)).toBeGreaterThan(0);
    expect(Number(found[0]!.n)).toBeLessThan(20);
  });
});
