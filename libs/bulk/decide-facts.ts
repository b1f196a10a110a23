import { factsOf } from '../rules/engine.js';
import { EXCEPTION_FACTS } from '../rules/evaluate.js';
import type { Rule } from '../rules/rule-format.js';
import { admitSelect } from '../rules/sql/admit-select.js';
import type { DecidePlan } from '../rules/sql/decide-select.js';
import { type FactColumn, factColumns } from '../rules/sql/fact-columns.js';
import type { Duck } from './duck.js';
import { KEPT_COLUMNS } from './raw-facts.js';

/** The columns that these rules read: what no rule reads need not be taken out of the stored facts. */
export function columnsRead(rules: readonly Rule[]): FactColumn[] {
  const read = new Set<string>();
  for (const rule of rules) {
    factsOf(rule.conditions, read);
    if (rule.exceptions !== undefined) for (const name of EXCEPTION_FACTS) read.add(name);
  }
  return factColumns().filter(({ fact }) => read.has(fact));
}

/** Decides every row of a raw relation into the table `decided`: kept columns, answers and levels. */
export async function decideFacts(duck: Duck, raw: string, plan: DecidePlan): Promise<void> {
  const rules = plan.places.flat().map(({ rule }) => rule);
  await decideTyped(duck, `(${admitSelect(columnsRead(rules), raw, KEPT_COLUMNS)})`, plan);
}

/** The same of a relation that has the kept columns and one for each fact. */
export const decideTyped = (duck: Duck, typed: string, plan: DecidePlan): Promise<void> =>
  duck.run(`create or replace table decided as ${plan.select(typed, KEPT_COLUMNS)}`);
