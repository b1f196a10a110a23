import type { Finding } from '../rules/evaluate.js';
import type { AnswerPlace } from '../rules/sql/decide-select.js';

type Told = Pick<Finding, 'ruleId' | 'verdict' | 'judged'> & { readonly excepted: boolean };

/** A finding as `rule:verdict`, marked `?` where the rule could not judge and `!` where it is excepted: to be compared. */
export const findingText = ({ ruleId, verdict, judged, excepted }: Told): string =>
  `${ruleId}:${verdict}${judged ? '' : '?'}${excepted ? '!' : ''}`;

/** The findings of the live path. */
export const liveFindings = (findings: readonly Finding[]): string[] =>
  findings.map((one) => findingText({ ...one, excepted: one.excepted !== null }));

/** The findings of a decided row, its answers by column. */
export function rowFindings(places: readonly AnswerPlace[], row: Readonly<Record<string, unknown>>): string[] {
  return places.flatMap(({ rule, answer, excepted: exception }) => {
    if (row[answer] === false) return [];
    const judged = row[answer] === true;
    const excepted = judged && exception !== null && row[exception] === true;
    const verdict = excepted ? 'REFER' : judged ? rule.severity : rule.whenUnknown;
    return [findingText({ ruleId: rule.id, verdict, judged, excepted })];
  });
}
