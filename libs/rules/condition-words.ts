import { formatFen } from '../domain/money.js';
import type { Bilingual, Language } from '../domain/text.js';
import { CATALOGUE } from './catalogue/index.js';
import type { AuthoredCondition, AuthoredOperand, AuthoredPredicate } from './rule-format.js';

const OPERATORS: Readonly<Record<string, Bilingual>> = {
  greaterThan: { zh: '大于', en: 'is more than' },
  greaterThanInclusive: { zh: '不小于', en: 'is at least' },
  lessThan: { zh: '小于', en: 'is less than' },
  lessThanInclusive: { zh: '不大于', en: 'is at most' },
  equal: { zh: '等于', en: 'is' },
  notEqual: { zh: '不等于', en: 'is not' },
  in: { zh: '属于', en: 'is one of' },
  notIn: { zh: '不属于', en: 'is none of' },
  some: { zh: '中有一项：', en: 'has one in which' },
  every: { zh: '中每一项：', en: 'has only such in which' },
};
const JOINS = {
  all: { zh: '，且', en: ' and ' },
  any: { zh: '，或', en: ' or ' },
} satisfies Record<string, Bilingual>;

/** A condition as a sentence of labels and words, in one language. */
export function conditionWords(condition: AuthoredCondition | AuthoredPredicate, language: Language): string {
  if ('all' in condition) return joined(condition.all, 'all', language);
  if ('any' in condition) return joined(condition.any, 'any', language);
  if ('not' in condition) {
    const inner = conditionWords(condition.not, language);
    return language === 'zh' ? `并非（${inner}）` : `not (${inner})`;
  }
  const gap = language === 'zh' ? '' : ' ';
  if ('field' in condition) {
    const operator = OPERATORS[condition.operator]?.[language] ?? condition.operator;
    return [condition.field, operator, operandWords(condition.value, '', language)].join(language === 'zh' ? ' ' : gap);
  }
  if ('table' in condition) {
    const operator = OPERATORS[condition.operator]?.[language] ?? condition.operator;
    return [tableWords(condition, language), operator, operandWords(condition.value, '', language)].join(gap);
  }
  const label = labelOf(condition.fact, language);
  if (condition.operator === 'sum') {
    const { field, where, operator, value } = condition.value;
    const counted = where === undefined ? '' : ` (${conditionWords(where, language)})`;
    const total =
      language === 'zh' ? `${label}的 ${field} 合计${counted}` : `the sum of ${field} in ${label}${counted}`;
    return [total, OPERATORS[operator]?.[language] ?? operator, operandWords(value, condition.fact, language)].join(
      gap,
    );
  }
  const operator = OPERATORS[condition.operator]?.[language] ?? condition.operator;
  const right =
    condition.operator === 'some' || condition.operator === 'every'
      ? conditionWords(condition.value as AuthoredPredicate, language)
      : operandWords(condition.value as AuthoredOperand, condition.fact, language);
  return [label, operator, right].join(gap);
}

function joined(
  parts: readonly (AuthoredCondition | AuthoredPredicate)[],
  kind: 'all' | 'any',
  language: Language,
): string {
  const words = parts.map((part) => {
    const inner = conditionWords(part, language);
    return 'all' in part || 'any' in part ? (language === 'zh' ? `（${inner}）` : `(${inner})`) : inner;
  });
  return words.join(JOINS[kind][language]);
}

const tableWords = ({ table, output }: { table: string; output: string }, language: Language): string =>
  language === 'zh' ? `决策表 ${table} 的 ${output}` : `${output} of the table ${table}`;

const labelOf = (name: string, language: Language): string => CATALOGUE.get(name)?.label[language] ?? name;

function operandWords(value: AuthoredOperand, fact: string, language: Language): string {
  if (Array.isArray(value)) return value.map(String).join(language === 'zh' ? '、' : ', ');
  if (typeof value === 'object') {
    if ('table' in value) return tableWords(value, language);
    if ('fact' in value) return language === 'zh' ? `“${labelOf(value.fact, 'zh')}”` : `"${labelOf(value.fact, 'en')}"`;
    const [whole, percent] = [labelOf(value.percentOf.fact, language), labelOf(value.percent.fact, language)];
    return language === 'zh' ? `“${whole}”乘以“${percent}”` : `"${percent}" of "${whole}"`;
  }
  const definition = CATALOGUE.get(fact);
  if (typeof value === 'number' && definition?.type === 'number' && definition.unit === 'fen') {
    return language === 'zh' ? `${formatFen(value)}元` : `CNY ${formatFen(value)}`;
  }
  if (typeof value === 'boolean') return language === 'zh' ? (value ? '是' : '否') : value ? 'yes' : 'no';
  return String(value);
}
