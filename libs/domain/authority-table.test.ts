import fc from 'fast-check';
import { authorityTableFaults, type LendingBranch, type LimitRow } from './authority-table.js';
import { addDays, type CivilDate } from './civil-date.js';

const branches: LendingBranch[] = [
  { id: '1', code: 'B01', categories: ['farmer_micro_credit', 'farmer_joint_guarantee', 'rural_personal'] },
  { id: '2', code: 'B12', categories: ['company'] },
];
const period = { from: '2027-01-01' as CivilDate, to: '2027-12-31' as CivilDate };
const whole = (): LimitRow[] =>
  branches.flatMap(({ code, categories }) =>
    categories.map((category) => ({ branch: code, category, ...period, limitFen: 1_000_000 })),
  );
const codes = (rows: LimitRow[]) => authorityTableFaults(rows, branches, period).map(({ path, code }) => [path, code]);

describe('a table of limits (G2)', () => {
  it('with one row for each branch and category that it may lend is whole', () => {
    expect(codes(whole())).toEqual([]);
  });

  it('tells every fault: no such branch, a category not lent there, a gap, an overlap, another year', () => {
    const rows = whole();
    rows[0] = { ...rows[0]!, to: '2027-06-30' as CivilDate };
    expect(codes(rows)).toEqual([['/rows', 'table.gap']]);
    expect(codes([...whole(), { ...whole()[0]! }])).toEqual([['/rows/4/from', 'table.overlap']]);
    expect(codes([...whole(), { ...whole()[0]!, branch: 'B99' }])).toEqual([['/rows/4/branch', 'table.no-branch']]);
    expect(codes([...whole(), { ...whole()[0]!, category: 'company' }])).toEqual([
      ['/rows/4/category', 'table.not-lent-there'],
    ]);
    expect(codes(whole().slice(1))).toEqual([['/rows', 'table.gap']]);
    const later = whole().map((row) => ({ ...row, to: '2028-01-01' as CivilDate }));
    expect(new Set(codes(later).map(([, code]) => code))).toEqual(new Set(['table.outside-period']));
  });

  it('any cut of the year into pieces that follow one another is whole; with one piece taken out it is not', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 364 }), { maxLength: 6 }), fc.nat(), (cuts, drop) => {
        const starts = [0, ...[...cuts].sort((left, right) => left - right)];
        const pieces = starts.map((start, index) => ({
          ...whole()[0]!,
          from: addDays(period.from, start),
          to: addDays(period.from, (starts[index + 1] ?? 365) - 1),
        }));
        const others = whole().slice(1);
        const without = pieces.filter((_, index) => index !== drop % pieces.length);
        return codes([...pieces, ...others]).length === 0 && codes([...without, ...others]).length > 0;
      }),
    );
  });
});
