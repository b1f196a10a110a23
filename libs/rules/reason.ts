import { formatFen } from '../domain/money.js';
import type { Bilingual, Language } from '../domain/text.js';
import { CATALOGUE } from './catalogue/index.js';
import type { FactDefinition, NumberUnit } from './fact-definition.js';
import { NEVER, UNKNOWN, type UnknownCause } from './fact-value.js';
import type { Rule } from './rule-format.js';

const UNITS: Readonly<Record<Exclude<NumberUnit, 'fen' | 'count'>, Bilingual>> = {
  days: { zh: '天', en: ' days' },
  months: { zh: '个月', en: ' months' },
  percent: { zh: '%', en: '%' },
};

export const CAUSES: Readonly<Record<UnknownCause, Bilingual>> = {
  'not-gathered': { zh: '未取得', en: 'not gathered' },
  malformed: { zh: '内容不合规', en: 'malformed' },
  stale: { zh: '已过期', en: 'stale' },
  unavailable: { zh: '来源不可用', en: 'source unavailable' },
  'not-stated': { zh: '来源未说明', en: 'not stated by its source' },
  expired: { zh: '参数缺失或失效', en: 'parameter missing or expired' },
};

const WORDS = {
  never: { zh: '从未', en: 'never' },
  unknown: { zh: '不明', en: 'unknown' },
  yes: { zh: '是', en: 'yes' },
  no: { zh: '否', en: 'no' },
} satisfies Record<string, Bilingual>;

/** A value as people read it: money in yuan, units spelled out, "never" and "unknown" in words. */
export function showValue(definition: FactDefinition | undefined, value: unknown, language: Language): string {
  if (value === UNKNOWN || value === undefined || value === null) return WORDS.unknown[language];
  if (value === NEVER) return WORDS.never[language];
  if (typeof value === 'boolean') return (value ? WORDS.yes : WORDS.no)[language];
  if (Array.isArray(value)) return String(value.length);
  if (typeof value !== 'number' || definition?.type !== 'number') return String(value);
  if (definition.unit === 'fen') return language === 'zh' ? `${formatFen(value)}元` : `CNY ${formatFen(value)}`;
  return definition.unit === 'count' ? String(value) : `${value}${UNITS[definition.unit][language]}`;
}

/** Why the rule found something: the values it compared, then what would cure it. */
export function findingReason(rule: Rule, valueOfFact: (fact: string) => unknown): Bilingual {
  const fill = (language: Language) => {
    const filled = rule.reason[language].replaceAll(/\{([^}]+)\}/g, (_, name: string) =>
      showValue(CATALOGUE.get(name), valueOfFact(name), language),
    );
    return language === 'zh' ? `${filled}。${rule.cure.zh}。` : `${filled}. ${rule.cure.en}.`;
  };
  return { zh: fill('zh'), en: fill('en') };
}

/** Why the rule could not judge: each thing that is unknown, with its cause. */
export function unknownReason(rule: Rule, missing: readonly { name: string; cause: UnknownCause }[]): Bilingual {
  const list = (language: Language, join: string) =>
    missing
      .map(({ name, cause }) => `${CATALOGUE.get(name)?.label[language] ?? name} (${CAUSES[cause][language]})`)
      .join(join);
  return {
    zh: `无法判断“${rule.title.zh}”：${list('zh', '、')}。补齐后重新判断。`,
    en: `Cannot judge "${rule.title.en}": ${list('en', ', ')}. Supply it and decide again.`,
  };
}
