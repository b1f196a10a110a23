import type { AuthoredRule } from '../rule-format.js';
import { expandRule, type TableSet } from '../tables/expand.js';
import { lintTables } from '../tables/lint-tables.js';
import { SettledComparison } from '../tables/rows-as-condition.js';
import { lintRules, reportOf } from './lint-rules.js';
import type { LintMessage } from './message.js';

/**
 * Everything that keeps rules from loading, what they say of tables too. `tables` is null where some table could not be read: what
 * names one is then not judged. `from` is the place of the first rule in its file.
 */
export function lintLoading(
  rules: readonly AuthoredRule[],
  file: string,
  tables: TableSet | null,
  from = 0,
): LintMessage[] {
  return rules.flatMap((rule, index) => {
    const own = lintRules([rule], file, from + index);
    if (tables !== null) own.push(...lintTables([rule], file, tables, from + index));
    return own.length > 0 || tables === null ? own : lintSettled(rule, file, from + index, tables);
  });
}

/** Where what stands beside a comparison with a table settles it, the comparison says nothing. */
function lintSettled(rule: AuthoredRule, file: string, index: number, tables: TableSet): LintMessage[] {
  const messages: LintMessage[] = [];
  try {
    expandRule(rule, tables);
  } catch (cause) {
    if (!(cause instanceof SettledComparison)) throw cause;
    const en = `the comparison with the table ${cause.message}, by the rest of the rule`;
    reportOf(messages, file, index, rule)('/conditions', 'rule.table-settled', '与决策表的比较已由其他条件决定', en);
  }
  return messages;
}
