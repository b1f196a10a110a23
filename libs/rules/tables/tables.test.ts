import fc from 'fast-check';
import type { Truth } from '../../domain/kleene.js';
import { ThreeValuedEngine } from '../engine.js';
import { UNKNOWN } from '../fact-value.js';
import { parameterSet } from '../parameters.js';
import type { AuthoredCondition, AuthoredRule } from '../rule-format.js';
import { axisOf } from './axis.js';
import { compileTable } from './compile-table.js';
import type { CompiledTable } from './compiled-table.js';
import { expandRule } from './expand.js';
import { readInputCell, writeInputCell } from './input-cell.js';
import { tableLookup } from './lookup.js';
import { SettledComparison } from './rows-as-condition.js';
import { type DecisionTable, type TableInput } from './table-format.js';

const words = { zh: '表', en: 'table' };
const base = { id: 't', title: words, clause: 'G2', source: words, own: true } as const;
const location: TableInput = { fact: 'branch.location' };
const months: TableInput = { fact: 'applicant.monthsSinceCreditRating' };
const ratio: TableInput = { name: 'ratio', type: 'number', unit: 'percent', label: words };
const fen: TableInput = { name: 'amountFen', type: 'number', unit: 'fen', label: words };
const day: TableInput = { name: 'on', type: 'date', label: words };
const pledged: TableInput = { name: 'pledged', type: 'boolean', label: words };

const tableOf = (inputs: TableInput[], rows: string[][], hitPolicy: 'unique' | 'first' = 'unique'): DecisionTable => ({
  ...base,
  hitPolicy,
  inputs,
  outputs: [{ name: 'out', type: 'number', unit: 'count', label: words }],
  rows,
});
const faultsOf = (table: DecisionTable): string[] => {
  const reading = compileTable(table, 't.csv');
  return reading.faults.map(({ path, code, text }) => `${path} ${code}: ${text.en}`);
};
const compiled = (table: DecisionTable): CompiledTable => {
  const { table: made, faults } = compileTable(table, 't.csv');
  if (made === null || faults.length > 0) throw new Error(faults.map(({ text }) => text.en).join('\n'));
  return made;
};

describe('a cell', () => {
  const shown = (input: TableInput, cell: string): string => {
    const axis = axisOf(input)!;
    const read = readInputCell(axis, cell);
    return 'region' in read ? writeInputCell(axis, read.region) : JSON.stringify(read);
  };

  it.each<[TableInput, string, string]>([
    [location, '', '-'],
    [location, 'county_town、township', 'township, county_town'],
    [location, 'township, county_town, business_department', '-'],
    [location, '>= township', '{"unread":">= township"}'],
    [location, 'village', '{"unread":"village"}'],
    [pledged, 'true', 'true'],
    [pledged, 'yes', '{"unread":"yes"}'],
    [fen, '>= 10000', '>= 10000'],
    [fen, '> 10000', '>= 10001'],
    [fen, '≤ 9999', '[0..10000)'],
    [fen, '[10000..50000), [50000..60000]', '[10000..60001)'],
    [fen, '[100元 .. 500.01元)', '[10000..50001)'],
    [fen, '5, 7', '5, 7'],
    [fen, '0.5', '{"unread":"0.5"}'],
    [fen, '9007199254740993', '{"unread":"9007199254740993"}'],
    [fen, '-5', '{"unread":"-5"}'],
    [fen, '(5..6)', '{"empty":"(5..6)"}'],
    [fen, '< 0', '{"empty":"< 0"}'],
    [ratio, '(5..6)', '(5..6)'],
    [ratio, '70', '70'],
    [ratio, '> 70.5', '> 70.5'],
    [ratio, '70元', '{"unread":"70元"}'],
    [day, '[2026-01-01..2026-12-31]', '[2026-01-01..2026-12-31]'],
    [day, '[2026-01-01..2027-01-01)', '[2026-01-01..2026-12-31]'],
    [day, '>= 2026-02-28', '>= 2026-02-28'],
    [day, '2026-02-29', '{"unread":"2026-02-29"}'],
  ])('of %j that says "%s" means "%s"', (input, cell, meaning) => {
    expect(shown(input, cell)).toBe(meaning);
  });
});

describe('a table of unique rows', () => {
  it('that covers every case once has no fault', () => {
    expect(
      faultsOf(
        tableOf(
          [location, fen],
          [
            ['township', '< 10000', '1'],
            ['township', '>= 10000', '2'],
            ['county_town, business_department', '-', '3'],
          ],
        ),
      ),
    ).toEqual([]);
  });

  it('tells the smallest block that no row fits, in the words of a cell', () => {
    expect(
      faultsOf(
        tableOf(
          [location, fen],
          [
            ['township', '[0..10000)', '1'],
            ['township', '> 10000', '2'],
            ['county_town', '-', '3'],
          ],
        ),
      ),
    ).toEqual([
      't.csv/rows table.gap: no row fits Where the branch stands (branch.location) township; table (amountFen) 10000',
      't.csv/rows table.gap: no row fits Where the branch stands (branch.location) business_department',
    ]);
  });

  it('tells which lines overlap, and where', () => {
    expect(
      faultsOf(
        tableOf(
          [location, day],
          [
            ['township', '[2026-01-01..2026-06-30]', '1'],
            ['-', '[2026-06-30..2026-12-31]', '2'],
            ['-', '< 2026-06-30, >= 2027-01-01', '3'],
          ],
        ),
      ),
    ).toEqual([
      't.csv/rows/2 table.overlap: lines 2, 4 both fit Where the branch stands (branch.location) township; table (on) [2026-01-01..2026-06-29]',
      't.csv/rows/1 table.overlap: lines 2, 3 both fit Where the branch stands (branch.location) township; table (on) 2026-06-30',
    ]);
  });

  it('has no two rows that ask the same', () => {
    expect(
      faultsOf(
        tableOf(
          [pledged],
          [
            ['true', '1'],
            ['true', '2'],
            ['false', '3'],
          ],
        ),
      ),
    ).toEqual(['t.csv/rows/1 table.duplicate-row: line 3 asks the same as line 2']);
  });

  it('"never" lies beyond every number of months', () => {
    expect(
      faultsOf(
        tableOf(
          [months],
          [
            ['<= 24', '1'],
            ['> 24', '2'],
          ],
        ),
      ),
    ).toEqual([]);
    const table = compiled(
      tableOf(
        [months],
        [
          ['<= 24', '1'],
          ['> 24', '2'],
        ],
      ),
    );
    const answer = tableLookup(table, { 'applicant.monthsSinceCreditRating': { never: true } }, parameterSet({}));
    expect(answer).toEqual({ row: 1, outputs: { out: 2 } });
  });
});

describe('a table whose first fitting row answers', () => {
  it('may overlap, but hides no row', () => {
    expect(
      faultsOf(
        tableOf(
          [location, fen],
          [
            ['township', '-', '1'],
            ['-', '>= 10000', '2'],
            ['township', '>= 20000', '3'],
            ['township', '-', '4'],
            ['-', '-', '5'],
            ['county_town', '< 5', '6'],
          ],
          'first',
        ),
      ),
    ).toEqual([
      't.csv/rows/2 table.unreachable-row: line 4 is never used: earlier lines cover all of it',
      't.csv/rows/3 table.duplicate-row: line 5 asks the same as line 2',
      't.csv/rows/5 table.unreachable-row: line 7 is never used: earlier lines cover all of it',
    ]);
  });
});

describe('what is wrong is told all at once, by line and column', () => {
  it('cells, outputs, widths', () => {
    expect(
      faultsOf({
        ...base,
        hitPolicy: 'unique',
        inputs: [location],
        outputs: [
          { name: 'limitFen', type: 'number', unit: 'fen', label: words },
          { name: 'allowed', type: 'boolean', label: words },
          { name: 'grade', type: 'text', values: ['A', 'B'], label: words },
        ],
        rows: [
          ['village', '1.5', 'yes', 'C'],
          ['township', '', '-', ''],
          ['county_town', 'policy.groupPercent', 'policy.gone', 'policy.netCapitalFen'],
          ['business_department'],
        ],
      }).map((one) => one.split(':')[0]),
    ).toEqual([
      't.csv/rows/0/branch.location table.cell',
      't.csv/rows/0/limitFen table.output-type',
      't.csv/rows/0/allowed table.output-type',
      't.csv/rows/0/grade table.output-type',
      't.csv/rows/1/limitFen table.empty-output',
      't.csv/rows/1/allowed table.empty-output',
      't.csv/rows/1/grade table.empty-output',
      't.csv/rows/2/limitFen table.unit',
      't.csv/rows/2/allowed table.unknown-fact',
      't.csv/rows/2/grade table.output-type',
      't.csv/rows/3/ table.width',
    ]);
  });

  it.each<[string, Partial<DecisionTable>, string]>([
    ['a fact that is not there', { inputs: [{ fact: 'branch.place' }] }, 't.csv/inputs/0 table.unknown-fact'],
    ['a parameter as a condition', { inputs: [{ fact: 'policy.netCapitalFen' }] }, 't.csv/inputs/0 table.unknown-fact'],
    ['a list as a condition', { inputs: [{ fact: 'collateral.items' }] }, 't.csv/inputs/0 table.unknown-fact'],
    [
      '__proto__ as a field',
      { inputs: [{ fact: 'collateral.items', field: '__proto__' }] },
      't.csv/inputs/0 table.unknown-fact',
    ],
    ['one column twice', { inputs: [location, location] }, 't.csv table.column-twice'],
    ['no rows', { rows: [] }, 't.csv/rows table.no-rows'],
    ['too many rows', { rows: Array.from({ length: 5001 }, () => ['-', '1']) }, 't.csv/rows table.too-many-rows'],
  ])('%s', (_, change, fault) => {
    expect(faultsOf({ ...tableOf([location], [['-', '1']]), ...change }).map((one) => one.split(':')[0])).toEqual([
      fault,
    ]);
  });

  it('5000 rows that all ask the same are told of without end neither in time nor in words', () => {
    const told = faultsOf(
      tableOf(
        [fen, ratio],
        Array.from({ length: 5000 }, (_, n) => [`>= ${n}`, `> ${n}`, '1']),
      ),
    );
    expect(told.length).toBeLessThan(300);
  });
});

// Small spaces, where every case can be tried one by one.
const PLACES = ['township', 'county_town', 'business_department'];
const AMOUNTS = Array.from({ length: 8 }, (_, n) => n);
const placeCell = fc.subarray(PLACES, { minLength: 1 }).map((some) => some.join(', '));
const bound = fc.integer({ min: 0, max: 6 });
const amountCell = fc.oneof(
  fc.constant('-'),
  bound.map(String),
  bound.map((n) => `>= ${n}`),
  bound.map((n) => `<= ${n}`),
  fc.tuple(bound, bound).map(([a, b]) => `[${Math.min(a, b)}..${Math.max(a, b)}]`),
  fc.tuple(bound, bound).map((two) => two.join(', ')),
);
const amount: TableInput = { fact: 'application.amountFen' };
const rowsOf = fc.array(fc.tuple(placeCell, amountCell, fc.integer({ min: 0, max: 2 }).map(String)), {
  minLength: 1,
  maxLength: 6,
});

/** The rows that fit one case, by reading the cells anew. */
function fitting(rows: readonly string[][], place: string, at: number): number[] {
  const fits = (cell: string): boolean =>
    cell === '-' ||
    cell.split(',').some((part) => {
      const [, low, high] = /\[(\d)\.\.(\d)\]/.exec(part) ?? [];
      if (low !== undefined) return Number(low) <= at && at <= Number(high);
      if (part.includes('>=')) return at >= Number(part.replace('>=', ''));
      return part.includes('<=') ? at <= Number(part.replace('<=', '')) : at === Number(part);
    });
  return rows.flatMap(([places = '', amounts = ''], index) => (places.includes(place) && fits(amounts) ? [index] : []));
}
const cases = PLACES.flatMap((place) => AMOUNTS.map((at) => ({ place, at })));

it('gaps, overlaps and hidden rows are found exactly where trying every case finds them', () => {
  fc.assert(
    fc.property(rowsOf, fc.constantFrom('unique' as const, 'first' as const), (rows, hitPolicy) => {
      const told = faultsOf(tableOf([location, amount], rows, hitPolicy));
      const has = (...codes: string[]) => told.some((one) => codes.some((code) => one.includes(code)));
      const hits = cases.map(({ place, at }) => fitting(rows, place, at));
      expect(has('table.gap')).toBe(hits.some((one) => one.length === 0));
      if (hitPolicy === 'unique') {
        const pairs = new Set(
          hits.flatMap((one) => one.flatMap((a) => one.filter((b) => a < b).map((b) => `${a}|${b}`))),
        );
        expect(told.filter((one) => /overlap|duplicate/.test(one)).length).toBe(pairs.size);
      } else {
        const reached = new Set(hits.flatMap(([first]) => (first === undefined ? [] : [first])));
        expect(told.filter((one) => /unreachable|duplicate/.test(one)).length).toBe(rows.length - reached.size);
      }
    }),
    { numRuns: 2000 },
  );
});

const ruleOf = (conditions: AuthoredCondition): AuthoredRule => ({ id: 'it', conditions }) as AuthoredRule;
type Facts = Record<string, never>;
const right = { fact: 'given', operator: 'greaterThan', value: { table: 't', output: 'out' } } as const;
const turned = { table: 't', output: 'out', operator: 'lessThan', value: { fact: 'given' } } as const;
const constant = { table: 't', output: 'out', operator: 'equal', value: 1 } as const;
const beside = (places: string[], leaf: AuthoredCondition): AuthoredCondition => ({
  all: [{ fact: 'branch.location', operator: 'in', value: places }, leaf],
});

/** A table of random rows that leaves nothing out: under `first` by a last row that fits all. */
const wholeTable = fc
  .tuple(rowsOf, fc.constantFrom('unique' as const, 'first' as const))
  .map(([rows, hitPolicy]) => {
    const all = hitPolicy === 'first' ? [...rows, ['-', '-', '1']] : rows;
    return compileTable(tableOf([location, amount], all, hitPolicy), 't');
  })
  .filter(({ table, faults }) => table !== null && faults.length === 0)
  .map(({ table }) => table as CompiledTable);

/** What a look-up answers, compared by hand. */
function byLookup(table: CompiledTable, facts: Facts, given: number, allowed: readonly string[]): Truth[] {
  const out = tableLookup(table, facts, parameterSet({}))?.outputs['out'] as number;
  const inside = allowed.includes(facts['branch.location'] as unknown as string);
  return [given > out, given > out, inside && given > out, inside && out === 1].map((one) => (one ? 'true' : 'false'));
}

it('a rule says of a table what a look-up says; with an input unknown, only what holds for every value of it', async () => {
  const seen = { settled: 0, unknown: 0 };
  await fc.assert(
    fc.asyncProperty(wholeTable, bound, fc.subarray(PLACES, { minLength: 1 }), async (table, given, allowed) => {
      const conditions = [right, turned, beside(allowed, right), beside(allowed, constant)];
      const rules = conditions.map((one) => {
        try {
          return expandRule(ruleOf(one), new Map([['t', table]]));
        } catch (cause) {
          if (cause instanceof SettledComparison) return null; // such a rule does not load
          throw cause;
        }
      });
      const truthsOf = (facts: Facts) =>
        Promise.all(
          rules.map(async (rule) =>
            rule === null ? null : (await new ThreeValuedEngine([rule], parameterSet({})).run(facts)).get('it')?.truth,
          ),
        );
      for (const at of [given, (given + 3) % 8]) {
        const known = PLACES.map(
          (place) => ({ 'branch.location': place, 'application.amountFen': at, given }) as unknown as Facts,
        );
        const expected = known.map((facts) => byLookup(table, facts, given, allowed));
        for (const [index, facts] of known.entries()) {
          for (const [place, truth] of (await truthsOf(facts)).entries())
            if (truth !== null) expect({ place, truth }).toEqual({ place, truth: expected[index]?.[place] });
        }
        const dark = { ...known[0], 'branch.location': UNKNOWN } as unknown as Facts;
        for (const [place, truth] of (await truthsOf(dark)).entries()) {
          if (truth === null) continue;
          const possible = new Set(expected.map((one) => one[place]));
          if (truth !== 'unknown') expect([...possible]).toEqual([truth]);
          seen[truth === 'unknown' ? 'unknown' : 'settled'] += 1;
        }
      }
    }),
    { numRuns: 150 },
  );
  expect(seen.settled).toBeGreaterThan(50);
  expect(seen.unknown).toBeGreaterThan(50);
});
