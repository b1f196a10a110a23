import type { Bilingual, Language } from '../../domain/text.js';
import type { Verdict } from '../../domain/verdict.js';
import type { FactDefinition, FactSource, FieldDefinition } from '../fact-definition.js';
import { NEVER } from '../fact-value.js';
import { showValue } from '../reason.js';

/** How a comparison is said. */
export const OPERATOR_WORDS: Readonly<Record<string, Bilingual>> = {
  greaterThan: { zh: '大于', en: 'is more than' },
  greaterThanInclusive: { zh: '大于或等于', en: 'is at least' },
  lessThan: { zh: '小于', en: 'is less than' },
  lessThanInclusive: { zh: '小于或等于', en: 'is at most' },
  equal: { zh: '等于', en: 'is' },
  notEqual: { zh: '不等于', en: 'is not' },
  in: { zh: '属于', en: 'is one of' },
  notIn: { zh: '不属于', en: 'is none of' },
  some: { zh: '至少一项满足', en: 'has one where' },
  every: { zh: '每项均满足', en: 'are all such that' },
  sum: { zh: '合计', en: 'add up:' },
};

export const SOURCE_WORDS: Readonly<Record<FactSource, Bilingual>> = {
  application: { zh: '申请', en: 'application' },
  customer: { zh: '客户资料', en: 'customer record' },
  organisation: { zh: '机构资料', en: 'organisation' },
  bureau: { zh: '征信', en: 'credit bureau' },
  ledger: { zh: '全数据库检索', en: 'in-house search' },
  collateral: { zh: '抵质押资料', en: 'collateral record' },
  workflow: { zh: '五岗流程', en: 'workflow' },
  policy: { zh: '政策参数', en: 'policy parameter' },
};

export const VERDICT_WORDS: Readonly<Record<Verdict, Bilingual>> = {
  PASS: { zh: '通过', en: 'PASS' },
  WARN: { zh: '提示', en: 'WARN' },
  REFER: { zh: '转审', en: 'REFER' },
  BLOCK: { zh: '禁止', en: 'BLOCK' },
};

/** Said before the post that may waive a finding. */
export const WAIVED_BY_WORDS: Bilingual = { zh: '可豁免：', en: 'may be waived by: ' };

/** A text made for each language by one function. */
export const inBoth = (say: (language: Language) => string): Bilingual => ({ zh: say('zh'), en: say('en') });

/** A JSON value of a fact, a field or a parameter as people read it. */
export function shownValue(definition: FactDefinition | FieldDefinition | undefined, json: unknown): Bilingual {
  const value = typeof json === 'object' && json !== null && 'never' in json ? NEVER : json;
  const known = definition as FactDefinition | undefined;
  if (Array.isArray(value) && definition?.type !== 'list') {
    return inBoth((language) =>
      value.map((one) => showValue(known, one, language)).join(language === 'zh' ? '、' : ', '),
    );
  }
  if (Array.isArray(value)) return { zh: `${value.length}项`, en: `${value.length} records` };
  if (typeof value === 'object' && value !== null && 'unknown' in value) {
    return inBoth((language) => showValue(known, null, language));
  }
  return inBoth((language) => showValue(known, value, language));
}
