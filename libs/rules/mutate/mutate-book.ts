import type { CivilDate } from '../../domain/civil-date.js';
import type { Bilingual } from '../../domain/text.js';
import type { RuleBook } from '../book.js';
import { answersOf, caseParameters } from '../cases.js';
import { pointerOf } from '../condition-nodes.js';
import { type ParameterSet, parameterSet } from '../parameters.js';
import type { CaseFile, Rule } from '../rule-format.js';
import { isEquivalent } from './equivalent.js';
import { type Mutant, type MutantKind, mutantsOf } from './mutants.js';

export interface MutantReport {
  readonly rule: string;
  readonly kind: MutantKind;
  /** JSON pointer into the rule. */
  readonly path: string;
  readonly text: Bilingual;
}

export interface MutationReport {
  /** Without the equivalent ones. */
  readonly mutants: number;
  readonly killed: number;
  readonly alive: readonly MutantReport[];
  /** Changes that change no answer, whatever the facts and parameters: proved by trying all of them. */
  readonly equivalent: readonly MutantReport[];
}

/**
 * Changes each rule a little, one change at a time, and asks whether some case of that rule notices: it answers
 * otherwise than the case expects. A mutant that stays alive shows a case that is missing.
 */
export async function mutateBook(
  book: RuleBook,
  cases: readonly CaseFile[],
  parameters: ParameterSet,
  on: CivilDate,
): Promise<MutationReport> {
  const alive: MutantReport[] = [];
  const equivalent: MutantReport[] = [];
  let mutants = 0;
  for (const rule of book.rules) {
    const own = mutantsOf(rule);
    mutants += own.length;
    for (const mutant of await survivors(rule, own, cases, parameters, on)) {
      const { kind, path, text } = mutant;
      const same = isEquivalent(rule, mutant.make(parameterSet({})));
      (same ? equivalent : alive).push({ rule: rule.id, kind, path: pointerOf(path), text });
    }
  }
  mutants -= equivalent.length;
  return { mutants, killed: mutants - alive.length, alive, equivalent };
}

/** All mutants of one rule are asked of a case at once: they differ in their id. */
async function survivors(
  rule: Rule,
  mutants: readonly Mutant[],
  cases: readonly CaseFile[],
  parameters: ParameterSet,
  on: CivilDate,
): Promise<readonly Mutant[]> {
  let alive = mutants;
  for (const file of cases.filter((one) => one.rule === rule.id)) {
    for (const given of file.cases) {
      if (alive.length === 0) return [];
      const values = caseParameters(given, parameters);
      const changed = alive.map((mutant, index) => ({ ...mutant.make(values), id: `${rule.id}-${index}` }));
      const answers = await answersOf(changed, file.product, given, values, on);
      alive = alive.filter((_, index) => answers[index] === given.expect);
    }
  }
  return alive;
}
