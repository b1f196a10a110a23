import type { LimitRow, Period } from '../domain/authority-table.js';
import type { AuthorityPort } from './authority.js';

/** The table of limits that the newest ratings of a period propose: for people to decide on, and to change (G2). */
export async function proposedTable(port: AuthorityPort, period: Period): Promise<LimitRow[]> {
  const ratings = await port.ratings(period.from);
  const branches = (await port.lendingBranches(period.from)) ?? [];
  return branches.flatMap(({ id, code, categories }) => {
    const proposed = ratings.find(({ branchId }) => branchId === id)?.proposed ?? {};
    return categories.map((category) => ({
      branch: code,
      category,
      ...period,
      limitFen: proposed[category] ?? 0,
    }));
  });
}
