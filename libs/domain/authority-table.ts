import { type CivilDate, nextDay } from './civil-date.js';
import { type Fault, fault } from './problem.js';
import type { ProductCategory } from './product.js';

/** One row of a decision table: what a branch may lend by itself in a category, from one day to another. */
export interface LimitRow {
  readonly branch: string;
  readonly category: ProductCategory;
  readonly from: CivilDate;
  readonly to: CivilDate;
  readonly limitFen: number;
}

export interface LendingBranch {
  readonly id: string;
  readonly code: string;
  /** For which it is given authority, by where it stands (G2). */
  readonly categories: readonly ProductCategory[];
}

export interface Period {
  readonly from: CivilDate;
  readonly to: CivilDate;
}

/**
 * What is wrong with a table of limits: rows for branches that are not there or categories that they may not lend
 * (G2), rows outside the period, two rows for one day, and days of the period for which a branch has none.
 */
export function authorityTableFaults(
  rows: readonly LimitRow[],
  branches: readonly LendingBranch[],
  period: Period,
): Fault[] {
  const known = new Map(branches.map((branch) => [branch.code, branch]));
  const faults = rows.flatMap((row, index) => rowFaults(row, index, known.get(row.branch), period));
  for (const { code, categories } of branches) {
    for (const category of categories) {
      faults.push(...coverFaults(rows, code, category, period));
    }
  }
  return faults;
}

function rowFaults(row: LimitRow, index: number, branch: LendingBranch | undefined, period: Period): Fault[] {
  const at = `/rows/${index}`;
  if (branch === undefined)
    return [
      fault(`${at}/branch`, 'table.no-branch', { zh: `没有信用社 ${row.branch}`, en: `no branch ${row.branch}` }),
    ];
  const faults: Fault[] = [];
  if (!branch.categories.includes(row.category)) {
    faults.push(
      fault(`${at}/category`, 'table.not-lent-there', {
        zh: '该社所在地不得办理此类贷款',
        en: 'a branch that stands there does not lend this category',
      }),
    );
  }
  if (row.from > row.to || row.from < period.from || row.to > period.to)
    faults.push(fault(`${at}/from`, 'table.outside-period', { zh: '不在授权期内', en: 'is outside the period' }));
  return faults;
}

function coverFaults(rows: readonly LimitRow[], code: string, category: ProductCategory, period: Period): Fault[] {
  const mine = rows
    .map((row, index) => ({ ...row, index }))
    .filter((row) => row.branch === code && row.category === category)
    .sort((left, right) => (left.from < right.from ? -1 : 1));
  const faults: Fault[] = [];
  const gap = (from: CivilDate, to: CivilDate): void => {
    faults.push(
      fault('/rows', 'table.gap', {
        zh: `${code} ${category} 缺少 ${from} 起的限额`,
        en: `${code} has no limit for ${category} from ${from}, before ${to}`,
      }),
    );
  };
  let due = period.from;
  for (const row of mine) {
    if (row.from < due)
      faults.push(
        fault(`/rows/${row.index}/from`, 'table.overlap', {
          zh: '与同社同类的另一行重叠',
          en: 'overlaps another row of this branch and category',
        }),
      );
    if (row.from > due) gap(due, row.from);
    if (row.to >= due) due = nextDay(row.to);
  }
  if (due <= period.to) gap(due, nextDay(period.to));
  return faults;
}
