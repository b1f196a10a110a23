import type { CivilDate } from '../../domain/civil-date.js';
import { type Fault, fault } from '../../domain/problem.js';
import type { Bilingual } from '../../domain/text.js';
import { CATALOGUE, isPolicyFact } from '../catalogue/index.js';
import { stepOf, stepped } from '../condition-nodes.js';
import type { FactDefinition } from '../fact-definition.js';
import { FILL_IN } from '../fill-in.js';
import type { CaseFile, Checkpoint, Condition, Rule } from '../rule-format.js';

export interface WantedRule {
  readonly id: string;
  readonly checkpoint: Checkpoint;
  readonly fact: string;
  /** The parameter that a number is compared with. */
  readonly limit: string | null;
  /** Its value in the book; 0 where the book has none yet. */
  readonly limitValue: number;
  readonly from: CivilDate;
}

export interface RuleSkeleton {
  readonly rule: Rule;
  readonly cases: CaseFile;
}

/** A rule over one fact with its cases, complete but for its words; or what the author must say otherwise. */
export function ruleSkeleton(wanted: WantedRule): RuleSkeleton | { readonly faults: readonly Fault[] } {
  const definition = CATALOGUE.get(wanted.fact);
  if (definition === undefined || isPolicyFact(wanted.fact))
    return refuse('rule.unknown-fact', unknownFact(wanted.fact));
  const judged = judgedBy(wanted, definition);
  if ('faults' in judged) return judged;
  const { condition, passing, found } = judged;
  const { id, fact } = wanted;
  const rule: Rule = {
    id,
    clause: definition.clause,
    checkpoint: wanted.checkpoint,
    severity: 'REFER',
    answeredBy: 'deputy_director',
    title: FILL_IN,
    appliesTo: { products: ['*'] },
    effective: { from: wanted.from, to: null },
    conditions: condition,
    reason: { zh: `${FILL_IN.zh}{${fact}}`, en: `${FILL_IN.en} {${fact}}` },
    cure: FILL_IN,
    whenUnknown: 'REFER',
  };
  const cases: CaseFile = {
    rule: id,
    product: { code: 'personal-consumption', category: 'personal_other' },
    cases: [
      { name: passing.name, facts: { [fact]: passing.value }, expect: 'none' },
      { name: found.name, facts: { [fact]: found.value }, expect: 'finding' },
      { name: { zh: `缺少 ${fact}`, en: `${fact} is missing` }, facts: {}, expect: 'unknown' },
    ],
  };
  return { rule, cases };
}

interface Judged {
  readonly condition: Condition;
  readonly passing: { readonly name: Bilingual; readonly value: unknown };
  readonly found: { readonly name: Bilingual; readonly value: unknown };
}

function judgedBy({ fact, limit, limitValue }: WantedRule, definition: FactDefinition): Judged | { faults: Fault[] } {
  switch (definition.type) {
    case 'number': {
      const parameter = limit === null ? undefined : CATALOGUE.get(limit);
      if (
        limit === null ||
        parameter?.type !== 'number' ||
        parameter.unit !== definition.unit ||
        !isPolicyFact(limit)
      ) {
        return refuse('rule.unit', needsLimit(fact, definition.unit));
      }
      const step = stepOf(definition, false);
      return {
        condition: { fact, operator: 'greaterThan', value: { fact: limit } },
        passing: { name: { zh: '恰为上限', en: 'exactly at the limit' }, value: limitValue },
        found: { name: { zh: '越过上限一个单位', en: 'one step above the limit' }, value: stepped(limitValue, step) },
      };
    }
    case 'boolean':
      return {
        condition: { fact, operator: 'equal', value: false },
        passing: { name: { zh: '为是', en: 'it is so' }, value: true },
        found: { name: { zh: '为否', en: 'it is not so' }, value: false },
      };
    case 'text': {
      const [first = '', second = ''] = definition.values;
      return {
        condition: { fact, operator: 'equal', value: first },
        passing: { name: { zh: `为 ${second}`, en: `it is ${second}` }, value: second },
        found: { name: { zh: `为 ${first}`, en: `it is ${first}` }, value: first },
      };
    }
    case 'list':
    case 'date':
      return refuse('rule.skeleton', {
        zh: `${fact} 是列表或日期，须自行编写条件`,
        en: `${fact} is a list or a date: its conditions are written by hand`,
      });
  }
}

const refuse = (code: string, text: Bilingual): { faults: Fault[] } => ({ faults: [fault('', code, text)] });

const unknownFact = (name: string): Bilingual => ({ zh: `没有事实 ${name}`, en: `there is no fact ${name}` });

function needsLimit(fact: string, unit: string): Bilingual {
  const fitting = [...CATALOGUE].filter(
    ([name, one]) => isPolicyFact(name) && one.type === 'number' && one.unit === unit,
  );
  const names = fitting.map(([name]) => name);
  return {
    zh: `${fact} 须与单位为 ${unit} 的参数比较：${names.join('、')}`,
    en: `${fact} is compared with a parameter in ${unit}: ${names.join(', ')}`,
  };
}
