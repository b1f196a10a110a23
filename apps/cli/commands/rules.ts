import type { Command } from 'commander';
import { addRulesExport } from '../rules/export.js';
import { addRulesLint } from '../rules/lint.js';
import { addRulesPublish, addRulesRollback } from '../rules/publish.js';

/** The rule book as compliance keeps it: each operation is a file of `apps/cli/rules`. */
export function addRules(wugang: Command): void {
  const rules = wugang.command('rules').description('write, prove, publish and explain the rule book');
  addRulesLint(rules);
  addRulesPublish(rules);
  addRulesRollback(rules);
  addRulesExport(rules);
}
