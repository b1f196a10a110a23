import { formatFen } from '../../domain/money.js';
import type { Bilingual, Language } from '../../domain/text.js';
import { CATALOGUE } from '../catalogue/index.js';
import { conditionWords } from '../condition-words.js';
import type { AuthoredRule, Parameter } from '../rule-format.js';
import type { DecisionTable } from '../tables/table-format.js';
import type { BookDifference, FieldChange } from './diff-books.js';
import { rowWords } from './table-words.js';

const WAIVED_BY: Bilingual = { zh: '豁免岗位', en: 'waived by' };
const FIELDS: Readonly<Record<string, Bilingual>> = {
  id: { zh: '编号', en: 'id' },
  clause: { zh: '条款', en: 'clause' },
  checkpoint: { zh: '关口', en: 'checkpoint' },
  severity: { zh: '处理', en: 'severity' },
  answeredBy: { zh: '答复岗位', en: 'answered by' },
  waivedBy: WAIVED_BY,
  title: { zh: '名称', en: 'title' },
  appliesTo: { zh: '适用品种', en: 'applies to' },
  effective: { zh: '期限', en: 'effective' },
  reason: { zh: '理由', en: 'reason' },
  cure: { zh: '补救', en: 'cure' },
  exceptions: { zh: '例外', en: 'exceptions' },
  whenUnknown: { zh: '无法判断时', en: 'when unknown' },
  value: { zh: '值', en: 'value' },
  unit: { zh: '单位', en: 'unit' },
  to: { zh: '止', en: 'to' },
  source: { zh: '出处', en: 'source' },
  own: { zh: '本社自定', en: 'own choice' },
  version: { zh: '版本', en: 'version' },
  code: { zh: '代码', en: 'code' },
  effectiveFrom: { zh: '生效日', en: 'effective from' },
};
const NOTHING: Bilingual = { zh: '（无）', en: '(none)' };

/** A difference of books as sentences, a rule or parameter after the other. */
export function differenceInWords({ manifest, rules, tables, parameters }: BookDifference): Bilingual[] {
  return [
    ...manifest.map((change) => sentence(named('规则册', 'the book'), fieldWords(change))),
    ...rules.removed.map((rule) => sentence(ruleName(rule), { zh: '删除', en: 'removed' })),
    ...rules.added.map((rule) => sentence(ruleName(rule), addedWords(rule))),
    ...rules.changed.flatMap(({ before, after, changes }) => [
      ...(changes.some(isCondition) ? [sentence(ruleName(after), conditionChange(before, after))] : []),
      ...changes.filter((one) => !isCondition(one)).map((change) => sentence(ruleName(after), fieldWords(change))),
    ]),
    ...tables.removed.map((one) => sentence(tableName(one), { zh: '删除', en: 'removed' })),
    ...tables.added.map((one) => sentence(tableName(one), addedRows(one))),
    ...tables.changed.flatMap(({ before, after, changes }) => [
      ...(changes.some(isRow) ? rowWords(before, after).map((words) => sentence(tableName(after), words)) : []),
      ...changes.filter((one) => !isRow(one)).map((change) => sentence(tableName(after), fieldWords(change))),
    ]),
    ...parameters.removed.map((one) => sentence(parameterName(one), { zh: '删除', en: 'removed' })),
    ...parameters.added.map((one) =>
      sentence(
        parameterName(one),
        both((language) => `= ${parameterValue(one, one.value, language)}`),
      ),
    ),
    ...parameters.changed.flatMap(({ after, changes }) =>
      changes.map((change) =>
        sentence(
          parameterName(after),
          fieldWords(change, (value, language) =>
            change.path === '/value' ? parameterValue(after, value, language) : value,
          ),
        ),
      ),
    ),
  ];
}

const both = (say: (language: Language) => string): Bilingual => ({ zh: say('zh'), en: say('en') });
const named = (zh: string, en: string): Bilingual => ({ zh, en });
const sentence = (subject: Bilingual, words: Bilingual): Bilingual => ({
  zh: `${subject.zh}：${words.zh}`,
  en: `${subject.en}: ${words.en}`,
});
const ruleName = ({ id, title }: Pick<AuthoredRule, 'id' | 'title'>): Bilingual =>
  both((language) => `${id} (${title[language]})`);
const parameterName = ({ key, from }: Parameter): Bilingual =>
  named(
    `${CATALOGUE.get(key)?.label.zh ?? key}（${key}，${from} 起）`,
    `${CATALOGUE.get(key)?.label.en ?? key} (${key}, from ${from})`,
  );

const tableName = ({ id, title }: DecisionTable): Bilingual =>
  named(`决策表 ${id}（${title.zh}）`, `table ${id} (${title.en})`);

const addedRows = ({ rows }: DecisionTable): Bilingual =>
  named(`新增，${rows.length} 行`, `added, with ${rows.length} rows`);

const isRow = ({ path }: FieldChange): boolean => path.startsWith('/rows/');

const isCondition = ({ path }: FieldChange): boolean => path === '/conditions' || path.startsWith('/conditions/');

const conditionChange = (before: AuthoredRule, after: AuthoredRule): Bilingual => ({
  zh: `条件原为：${conditionWords(before.conditions, 'zh')}；现为：${conditionWords(after.conditions, 'zh')}`,
  en: `its condition was: ${conditionWords(before.conditions, 'en')}; is now: ${conditionWords(after.conditions, 'en')}`,
});

const addedWords = (rule: AuthoredRule): Bilingual => ({
  zh: `新增，${rule.severity}，条件：${conditionWords(rule.conditions, 'zh')}${waiverWords(rule, '；', 'zh')}`,
  en: `added, ${rule.severity} where ${conditionWords(rule.conditions, 'en')}${waiverWords(rule, '; ', 'en')}`,
});

const waiverWords = ({ waivedBy }: AuthoredRule, mark: string, language: Language): string =>
  waivedBy === undefined ? '' : `${mark}${WAIVED_BY[language]} ${waivedBy}`;

/** A value as people read it: money in yuan, the unit spelled out. */
const parameterValue = ({ unit }: Parameter, value: unknown, language: Language): unknown => {
  if (unit !== 'fen' || typeof value !== 'number') return `${value} ${unit}`;
  return language === 'zh' ? `${formatFen(value)}元` : `CNY ${formatFen(value)}`;
};

type Show = (value: unknown, language: Language) => unknown;

function fieldWords({ path, before, after }: FieldChange, show: Show = (value) => value): Bilingual {
  const [, head = '', ...rest] = path.split('/');
  return both((language) => {
    const field = [FIELDS[head]?.[language] ?? head, ...rest].join(' ');
    const said = (value: unknown) => {
      if (value === undefined || value === null) return NOTHING[language];
      return typeof value === 'object' ? JSON.stringify(value) : show(value, language);
    };
    return `${field} ${said(before)} -> ${said(after)}`;
  });
}
