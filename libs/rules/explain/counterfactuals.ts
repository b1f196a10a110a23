import { VERDICTS, type Verdict, worstVerdict } from '../../domain/verdict.js';
import { CATALOGUE, isPolicyFact } from '../catalogue/index.js';
import { contentHash } from '../content-hash.js';
import type { Rule } from '../rule-format.js';
import { type Counterfactual, counterfactualText } from './counterfactual.js';
import { gatesOf } from './decide-again.js';
import { type Line, linesOf, type Place } from './moves.js';
import { type Turn, turnsOf } from './nearest.js';
import { type ExplainedOperand, explainedFact, explainedParameter } from './operands.js';
import { namesOf, type Situation, verdictOfRule } from './situation.js';
import { shownValue } from './words.js';

export const better = (left: Verdict, right: Verdict): boolean => VERDICTS.indexOf(left) < VERDICTS.indexOf(right);

/**
 * Every verdict that one fact or parameter alone would turn the present one into, with the nearest value that does it. Each is
 * found from the thresholds that the rules compare with, and proved by deciding again by the live gates of every book
 * that decides. Throws where they say something else.
 */
export async function counterfactuals(
  situation: Situation,
  verdict: Verdict,
  wanted: (turned: Verdict) => boolean,
): Promise<Counterfactual[]> {
  const found = turnsIn(situation, verdict).filter((turn) => wanted(turn.verdict));
  const proved: Counterfactual[] = [];
  const gates = gatesOf(situation);
  for (const turn of found) {
    const moved = turn.move.situation;
    const decide = moved.parameters === situation.parameters ? gates : gatesOf(moved);
    const { outcome: decided } = await decide(moved.facts);
    if (decided.verdict !== turn.verdict)
      throw new Error(`${turn.line.name}: ${turn.verdict} was found, ${decided.verdict} is decided`);
    proved.push(counterfactualOf(turn, verdict, situation));
  }
  return proved.sort(byUse);
}

function turnsIn(situation: Situation, verdict: Verdict): Turn[] {
  const said = differentRules(situation).map((rule) => ({
    rule,
    names: namesOf(rule),
    verdict: verdictOfRule(rule, situation),
  }));
  const names = [...new Set(said.flatMap((one) => [...one.names]))].sort();
  return names.flatMap((name) => {
    const readers = said.filter((one) => one.names.has(name)).map(({ rule }) => rule);
    const others = worstVerdict(said.filter((one) => !one.names.has(name)).map((one) => one.verdict));
    return linesOf(name, readers, situation).flatMap((line) => turnsOf(line, readers, others, verdict));
  });
}

/** Every rule that is asked; what both books say alike stands once. */
const differentRules = ({ books: { first, second } }: Situation): readonly Rule[] =>
  second === null ? first : [...new Map([...first, ...second].map((rule) => [contentHash(rule), rule])).values()];

function counterfactualOf({ line, verdict, move, from, until }: Turn, present: Verdict, situation: Situation) {
  const { name, place, definition } = line;
  const parameter = isPolicyFact(name);
  const whole = parameter ? explainedParameter(name, situation) : explainedFact(name, situation);
  const now = place?.field == null ? whole : fieldNow(whole, place, definition);
  const told = {
    kind: parameter ? ('parameter' as const) : ('fact' as const),
    name,
    place,
    label: whole.label,
    changeable: CATALOGUE.get(name)?.past !== true,
    now: now.value,
    to: move.to,
    shown: { now: now.shown, to: shownValue(definition, move.to) },
    range: { from, until },
    verdict,
  };
  return { ...told, text: counterfactualText(told, present, definition) };
}

function fieldNow({ value }: ExplainedOperand, { record, field }: Place, definition: Line['definition']) {
  const now = (value as readonly Record<string, unknown>[])[record - 1]?.[field ?? ''];
  return { value: now, shown: shownValue(definition, now) };
}

/** The best verdict first; what can be changed before what cannot, facts before parameters. */
function byUse(left: Counterfactual, right: Counterfactual): number {
  const key = ({ verdict, kind, changeable, name }: Counterfactual) =>
    `${VERDICTS.indexOf(verdict)}${kind === 'fact' ? 0 : 1}${changeable ? 0 : 1}${name}`;
  return key(left) < key(right) ? -1 : key(left) > key(right) ? 1 : 0;
}
