import type { Command } from 'commander';
import { addRulesDiff } from '../rules/diff.js';
import { addRulesLint } from '../rules/lint.js';
import { addRulesMutate } from '../rules/mutate.js';
import { addRulesNew } from '../rules/new.js';
import { addRulesTest } from '../rules/test.js';

/** The rule book as compliance keeps it: each operation is a file of `apps/cli/rules`. */
export function addRules(wugang: Command): void {
  const rules = wugang.command('rules').description('write, prove, publish and explain the rule book');
  addRulesNew(rules);
  addRulesLint(rules);
  addRulesTest(rules);
  addRulesMutate(rules);
  addRulesDiff(rules);
}
