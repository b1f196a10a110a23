import { VERDICTS, type Verdict, worstVerdict } from '../../domain/verdict.js';
import { CATALOGUE, isPolicyFact } from '../catalogue/index.js';
import { CheckpointGate } from '../evaluate.js';
import { type EngineValue, UNKNOWN } from '../fact-value.js';
import { resolveOperand } from '../parameters.js';
import { type Counterfactual, counterfactualText } from './counterfactual.js';
import { type Turn, turnsOf } from './nearest.js';
import { explainedFact, explainedParameter } from './operands.js';
import { admittedFact, namesOf, type Situation, verdictOfRule } from './situation.js';
import { shownValue } from './words.js';

export const better = (left: Verdict, right: Verdict): boolean => VERDICTS.indexOf(left) < VERDICTS.indexOf(right);

/**
 * Every verdict that one fact or parameter alone would turn the present one into, with the nearest value that does it. Each is
 * found from the thresholds that the rules compare with, and proved by deciding again by the live gate. Throws where
 * that says something else.
 */
export async function counterfactuals(
  situation: Situation,
  verdict: Verdict,
  wanted: (turned: Verdict) => boolean,
): Promise<Counterfactual[]> {
  const found = turnsIn(situation, verdict).filter((turn) => wanted(turn.verdict));
  const proved: Counterfactual[] = [];
  const gate = new CheckpointGate(situation.rules, situation.parameters, situation.on);
  for (const turn of found) {
    const { rules, parameters, facts, on } = turn.move.situation;
    const asked = parameters === situation.parameters ? gate : new CheckpointGate(rules, parameters, on);
    const { verdict: decided } = await asked.decide(facts);
    if (decided !== turn.verdict) throw new Error(`${turn.name}: ${turn.verdict} was found, ${decided} is decided`);
    proved.push(counterfactualOf(turn, verdict, situation));
  }
  return proved.sort(byUse);
}

function turnsIn(situation: Situation, verdict: Verdict): Turn[] {
  const said = situation.rules.map((rule) => ({
    rule,
    names: namesOf(rule),
    verdict: verdictOfRule(rule, situation),
  }));
  const names = [...new Set(said.flatMap((one) => [...one.names]))].sort();
  return names.flatMap((name) => {
    const readers = said.filter((one) => one.names.has(name)).map(({ rule }) => rule);
    const others = worstVerdict(said.filter((one) => !one.names.has(name)).map((one) => one.verdict));
    const value = presentValue(name, situation);
    const rank = typeof value === 'number' ? value : dayRank(name, value);
    return turnsOf(name, readers, others, { verdict, rank }, situation);
  });
}

const presentValue = (name: string, situation: Situation): EngineValue =>
  isPolicyFact(name)
    ? (resolveOperand({ fact: name }, situation.parameters) as EngineValue)
    : admittedFact(situation, name).value;

const dayRank = (name: string, value: EngineValue): number | null =>
  CATALOGUE.get(name)?.type === 'date' && value !== UNKNOWN ? Date.parse(String(value)) : null;

function counterfactualOf({ name, verdict, move, from, until }: Turn, present: Verdict, situation: Situation) {
  const definition = CATALOGUE.get(name);
  const parameter = isPolicyFact(name);
  const now = parameter ? explainedParameter(name, situation) : explainedFact(name, situation);
  const told = {
    kind: parameter ? ('parameter' as const) : ('fact' as const),
    name,
    label: now.label,
    changeable: definition?.past !== true,
    now: now.value,
    to: move.to,
    shown: { now: now.shown, to: shownValue(definition, move.to) },
    range: { from, until },
    verdict,
  };
  return { ...told, text: counterfactualText(told, present, definition) };
}

/** The best verdict first; what can be changed before what cannot, facts before parameters. */
function byUse(left: Counterfactual, right: Counterfactual): number {
  const key = ({ verdict, kind, changeable, name }: Counterfactual) =>
    `${VERDICTS.indexOf(verdict)}${kind === 'fact' ? 0 : 1}${changeable ? 0 : 1}${name}`;
  return key(left) < key(right) ? -1 : key(left) > key(right) ? 1 : 0;
}
