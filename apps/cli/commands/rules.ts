import type { Command } from 'commander';
import { addRulesExplain } from '../rules/explain.js';
import { addRulesLint } from '../rules/lint.js';

/** The rule book as compliance keeps it: each operation is a file of `apps/cli/rules`. */
export function addRules(wugang: Command): void {
  const rules = wugang.command('rules').description('write, prove, publish and explain the rule book');
  addRulesLint(rules);
  addRulesExplain(rules);
}
