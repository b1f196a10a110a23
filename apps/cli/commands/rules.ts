import type { Command } from 'commander';
import { addRulesExplain } from '../rules/explain.js';
import { addRulesExport } from '../rules/export.js';
import { addRulesImpact } from '../rules/impact.js';
import { addRulesLint } from '../rules/lint.js';
import { addRulesParity } from '../rules/parity.js';
import { addRulesPublish, addRulesRollback } from '../rules/publish.js';
import { addRulesSql } from '../rules/sql.js';
import { addRulesTable } from '../rules/table.js';

/** The rule book as compliance keeps it: each operation is a file of `apps/cli/rules`. */
export function addRules(wugang: Command): void {
  const rules = wugang.command('rules').description('write, prove, publish and explain the rule book');
  addRulesImpact(rules);
  addRulesLint(rules);
  addRulesParity(rules);
  addRulesSql(rules);
  addRulesPublish(rules);
  addRulesRollback(rules);
  addRulesExport(rules);
  addRulesTable(rules);
  addRulesExplain(rules);
}
