import { columnsRead } from '#libs/bulk/decide-facts.js';
import { ThreeValuedEngine } from '#libs/rules/engine.js';
import { type EngineValue, UNKNOWN } from '#libs/rules/fact-value.js';
import type { BenchRule } from '../bench-rules.js';
import type { Said } from '../hand-loop.js';
import type { HandFacts } from '../hand-written.js';
import { withConstants } from '../with-constants.js';
import type { Contender } from './contender.js';

const TRUTHS = ['false', 'true', 'unknown'] as const;

/** json-rules-engine with the typed operators of the live gate, one row after another. Throws where it says anything else. */
export async function engineContender(
  rules: readonly BenchRule[],
  rows: readonly HandFacts[],
  said: Said,
): Promise<Contender> {
  const engine = new ThreeValuedEngine(...withConstants(rules));
  const columns = columnsRead(rules.map(({ rule }) => rule));
  const asked = rows.map(
    (row): Record<string, EngineValue> =>
      Object.fromEntries(columns.map(({ fact, column }) => [fact, row[column] ?? UNKNOWN])),
  );
  for (const [at, facts] of asked.entries()) {
    const answers = await engine.run(facts);
    for (const [index, { rule }] of rules.entries())
      if (answers.get(rule.id)?.truth !== TRUTHS[said.answers[at * rules.length + index] ?? 3])
        throw new Error(`bench: json-rules-engine differs in ${rule.id} of row ${at}`);
  }
  const pass = async (): Promise<void> => {
    for (const facts of asked) await engine.run(facts);
  };
  return { name: 'jsonRulesEngine', rows: rows.length, pass };
}
