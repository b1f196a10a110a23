import { INVESTIGATOR_POSTS } from '../../domain/authority.js';
import { permissionsOf } from '../../domain/permission.js';
import type { AuthoredRule } from '../rule-format.js';
import { type LintMessage, lintMessage, type Report } from './message.js';
import { lintPlaceholders } from './placeholders.js';
import { lintTypes } from './types.js';

/** Reports about one rule: the place is below the rule, and the text begins with its id. */
export const reportOf =
  (messages: LintMessage[], file: string, index: number, rule: Pick<AuthoredRule, 'id'>): Report =>
  (path, code, zh, en) => {
    messages.push(lintMessage(`${file}/rules/${index}${path}`, code, `${rule.id}：${zh}`, `${rule.id}: ${en}`));
  };

/**
 * What keeps a rule from loading at all: facts that are not there, operators and values of another type or unit,
 * placeholders that name nothing, posts that cannot do what the rule names them for. A rule that would silently never fire does not load. `from` is the place of the first.
 */
export function lintRules(rules: readonly AuthoredRule[], file: string, from = 0): LintMessage[] {
  const messages: LintMessage[] = [];
  for (const [index, rule] of rules.entries()) {
    const report = reportOf(messages, file, from + index, rule);
    lintTypes(rule.conditions, '/conditions', report);
    lintPlaceholders(rule, report);
    if (rule.effective.to !== null && rule.effective.to < rule.effective.from) {
      report('/effective', 'rule.dates', '失效日早于生效日', 'ends before it begins');
    }
    if ((rule.severity === 'REFER' || rule.whenUnknown === 'REFER') && rule.answeredBy === null) {
      report('/answeredBy', 'rule.nobody-answers', 'REFER 须指定答复岗位', 'a REFER needs a post that answers it');
    }
    lintWaiver(rule, report);
  }
  return messages;
}

/** Who investigates the loan does not waive what is found of it, nor does a post that never acts on a loan (G1, M1). */
function lintWaiver({ waivedBy }: AuthoredRule, report: Report): void {
  if (waivedBy === undefined) return;
  if (INVESTIGATOR_POSTS.includes(waivedBy)) {
    report('/waivedBy', 'rule.waived-by-investigator', '调查岗不得豁免', 'who investigates does not waive');
  } else if (!permissionsOf(waivedBy).includes('case:act')) {
    report(
      '/waivedBy',
      'rule.nobody-waives',
      '该岗位不经办贷款，无法豁免',
      'that post acts on no loan, and cannot waive',
    );
  }
}
