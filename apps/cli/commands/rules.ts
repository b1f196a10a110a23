import type { Command } from 'commander';
import { addRulesDiff } from '../rules/diff.js';
import { addRulesExplain } from '../rules/explain.js';
import { addRulesExport } from '../rules/export.js';
import { addRulesImpact } from '../rules/impact.js';
import { addRulesLint } from '../rules/lint.js';
import { addRulesMutate } from '../rules/mutate.js';
import { addRulesNew } from '../rules/new.js';
import { addRulesParity } from '../rules/parity.js';
import { addRulesPublish, addRulesRollback } from '../rules/publish.js';
import { addRulesSql } from '../rules/sql.js';
import { addRulesTable } from '../rules/table.js';
import { addRulesTest } from '../rules/test.js';

/** The rule book as compliance keeps it: each operation is a file of `apps/cli/rules`. */
export function addRules(wugang: Command): void {
  const rules = wugang.command('rules').description('write, prove, publish and explain the rule book');
  addRulesNew(rules);
  addRulesLint(rules);
  addRulesTest(rules);
  addRulesMutate(rules);
  addRulesDiff(rules);
  addRulesImpact(rules);
  addRulesParity(rules);
  addRulesSql(rules);
  addRulesPublish(rules);
  addRulesRollback(rules);
  addRulesExport(rules);
  addRulesTable(rules);
  addRulesExplain(rules);
}
