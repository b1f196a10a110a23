import type { ParameterChange } from './rule-format.js';

/** What is signed when a parameter is changed. */
export interface ParameterTerms {
  readonly unionId: string;
  readonly draftId: string;
  readonly makerId: string;
  readonly checkerId: string;
  readonly change: ParameterChange;
}

/** The terms as the text that the signature is over: one order, whatever the order of the database. */
export function parameterText({ unionId, draftId, makerId, checkerId, change }: ParameterTerms): string {
  const { key, value, unit, from, to, source, clause, own, reason } = change;
  const said = [key, value, unit, from, to, source.zh, source.en, clause, own, reason];
  return JSON.stringify([unionId, draftId, makerId, checkerId, ...said]);
}
