import type { AnswerPlace } from '../../rules/sql/decide-select.js';
import { quoteName, quoteText } from '../../rules/sql/dialect.js';
import type { Duck } from '../duck.js';
import type { ImpactPlan } from './impact-plan.js';
import type { ChangedCase, ImpactCell, ImpactTally, RuleTally } from './tally.js';

/** What a rule says before and after; where a policy has no such rule, it finds nothing. */
interface RulePair {
  readonly rule: string;
  readonly before: string;
  readonly after: string;
}

const found = (place: AnswerPlace | undefined): string =>
  place === undefined ? 'false' : `(${quoteName(place.answer)} is distinct from false)`;

function pairsOf({ before, after }: ImpactPlan): RulePair[] {
  const ids = [...new Set([...before, ...after].map(({ rule }) => rule.id))].sort();
  const of = (places: readonly AnswerPlace[], id: string): string => found(places.find(({ rule }) => rule.id === id));
  return ids.map((rule) => ({ rule, before: of(before, rule), after: of(after, rule) }));
}

const differing = (pairs: readonly RulePair[]): RulePair[] => pairs.filter(({ before, after }) => before !== after);

/** Where the verdict is another, or some finding came or went; what had no verdict before has none to change. */
const changedWhere = (pairs: readonly RulePair[], before: string): string => {
  const changes = [`${before} <> after`, ...differing(pairs).map((pair) => `${pair.before} <> ${pair.after}`)];
  return `${before} is not null and (${changes.join(' or ')})`;
};

export interface CountRequest {
  readonly plan: ImpactPlan;
  /** Whether the verdict before is the one that was given then, and not what the policy before says today. */
  readonly asDecided: boolean;
}

const beforeOf = ({ asDecided }: CountRequest): string => (asDecided ? 'decided' : '"before"');

/** Counts the table `decided` that `decideFacts` made of both policies. */
export async function countImpact(duck: Duck, request: CountRequest): Promise<Omit<ImpactTally, 'redecided'>> {
  const pairs = pairsOf(request.plan);
  const before = beforeOf(request);
  const cells = await duck.rows<ImpactCell>(
    `select branch, product_code as product, outcome, ${before}::int as before, after::int as after, count(*)::int as cases
     from decided where ${before} is not null group by all order by all`,
  );
  const counts = pairs.flatMap((pair, index) => [
    `count(*) filter (${pair.before})::int as b${index}`,
    `count(*) filter (${pair.after})::int as a${index}`,
    ...(pair.before === pair.after
      ? []
      : [
          `count(*) filter (${pair.after} and not ${pair.before})::int as p${index}`,
          `count(*) filter (${pair.before} and not ${pair.after})::int as v${index}`,
        ]),
  ]);
  const rows = await duck.rows<Record<string, number> & { outcome: RuleTally['outcome'] }>(
    `select outcome, ${counts.join(', ')} from decided where ${before} is not null group by outcome order by outcome`,
  );
  const rules = rows.flatMap((row) =>
    pairs.map(({ rule }, index) => ({
      rule,
      outcome: row.outcome,
      before: row[`b${index}`] ?? 0,
      after: row[`a${index}`] ?? 0,
      appeared: row[`p${index}`] ?? 0,
      vanished: row[`v${index}`] ?? 0,
    })),
  );
  const [changed] = await duck.rows<{ changed: number }>(
    `select count(*)::int as changed from decided where ${changedWhere(pairs, before)}`,
  );
  return {
    cases: cells.reduce((sum, cell) => sum + cell.cases, 0),
    cells,
    rules,
    changed: changed?.changed ?? 0,
  };
}

/** The changed cases, a chunk at a time, in the order of their ids. */
export async function* changedCases(duck: Duck, request: CountRequest): AsyncGenerator<ChangedCase> {
  const pairs = pairsOf(request.plan);
  const before = beforeOf(request);
  const listed = (of: (pair: RulePair) => string): string => {
    const names = differing(pairs).map((pair) => `case when ${of(pair)} then ${quoteText(pair.rule)} end`);
    return names.length === 0 ? "''" : `concat_ws(' ', ${names.join(', ')})`;
  };
  const rows = duck.stream(
    `select ref, branch, product_code, outcome, ${before}::int, after::int,
       ${listed((pair) => `${pair.after} and not ${pair.before}`)}, ${listed((pair) => `${pair.before} and not ${pair.after}`)}
     from decided where ${changedWhere(pairs, before)} order by id`,
  );
  const names = (text: unknown): string[] => String(text).split(' ').filter(Boolean);
  for await (const [ref, branch, product, outcome, from, to, appeared, vanished] of rows)
    yield {
      ref: String(ref),
      branch: String(branch),
      product: String(product),
      outcome: outcome as ChangedCase['outcome'],
      before: Number(from),
      after: Number(to),
      appeared: names(appeared),
      vanished: names(vanished),
    };
}
