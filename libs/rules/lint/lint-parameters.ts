import { type CivilDate, nextDay } from '../../domain/civil-date.js';
import { CATALOGUE } from '../catalogue/index.js';
import { PRODUCT_PARAMETERS } from '../catalogue/product-parameters.js';
import { admitScalar, UNKNOWN } from '../fact-value.js';
import type { Parameter } from '../rule-format.js';
import { lintLanguages } from './language.js';
import { parametersNamed } from './lint-rule-content.js';
import { type LintCode, type LintMessage, lintMessage } from './message.js';
import { type PlacedBook, type PlacedTable, placeOf } from './placed.js';

/** Words that stand where a source should and name none. */
const NO_SOURCE = /^(-+|—+|\?+|n\/?a|none|unknown|tbd|无|未知|不详|待定|暂无|暂缺)$/i;

type Placed = { readonly parameter: Parameter; readonly path: string };
type Say = (path: string, code: LintCode, zh: string, en: string) => void;

/** Parameters by themselves, over time, and against the rules that name them. */
export function lintParameters({ parameters, rules, tables }: PlacedBook, on: CivilDate): LintMessage[] {
  if (parameters === null) return [];
  const messages: LintMessage[] = [];
  const say: Say = (path, code, zh, en) => void messages.push(lintMessage(path, code, zh, en));
  const placed = parameters.value.map((parameter, index) => ({
    parameter,
    path: `${parameters.file}/parameters/${index}`,
  }));
  for (const one of placed) lintOne(one, say);
  const inTables = tables.flatMap(parametersOfTable);
  const inRules = rules.flatMap(({ rule }) => parametersNamed(rule));
  const named = new Set([...inRules, ...inTables].map(({ name }) => name));
  for (const [key, periods] of byKey(placed)) {
    lintPeriods(key, periods, on, say);
    const [first] = periods;
    if (first !== undefined && !named.has(key) && !PRODUCT_PARAMETERS.includes(key)) {
      say(first.path, 'parameter.unused', `没有规则使用 ${key}`, `no rule names ${key}`);
    }
  }
  const given = new Set(placed.map(({ parameter }) => parameter.key));
  for (const one of rules) {
    for (const { name, path } of parametersNamed(one.rule)) {
      if (given.has(name)) continue;
      const [zh, en] = [`${one.rule.id}：参数 ${name} 没有值`, `${one.rule.id}: the parameter ${name} has no value`];
      say(`${placeOf(one)}${path}`, 'rule.parameter-without-value', zh, en);
    }
  }
  for (const { name, path } of inTables) {
    if (given.has(name)) continue;
    say(path, 'table.parameter-without-value', `参数 ${name} 没有值`, `the parameter ${name} has no value`);
  }
  return messages;
}

/** The parameters that a table answers, with the cell where each stands. */
const parametersOfTable = ({ rowsFile, table: { content, rows } }: PlacedTable): { name: string; path: string }[] =>
  rows.flatMap(({ outputs }, row) =>
    outputs.flatMap((answer, column) =>
      typeof answer === 'object'
        ? [{ name: answer.fact, path: `${rowsFile}/rows/${row}/${content.outputs[column]?.name ?? column}` }]
        : [],
    ),
  );

function lintOne({ parameter, path }: Placed, say: Say): void {
  const { key, value, unit, source } = parameter;
  const definition = CATALOGUE.get(key);
  if (definition === undefined || definition.type === 'list') {
    if (!PRODUCT_PARAMETERS.includes(key)) {
      say(`${path}/key`, 'parameter.unknown', `目录中没有参数 ${key}`, `the catalogue has no parameter ${key}`);
    }
  } else {
    if (admitScalar(definition, value) === UNKNOWN) {
      say(`${path}/value`, 'parameter.value', `${key} 不能是 ${value}`, `${key} cannot be ${value}`);
    }
    if (definition.type === 'number' && definition.unit !== unit) {
      say(
        `${path}/unit`,
        'parameter.unit',
        `单位应为 ${definition.unit}`,
        `its unit is ${definition.unit}, not ${unit}`,
      );
    }
  }
  const missing = (['zh', 'en'] as const).filter((language) => NO_SOURCE.test(source[language].trim()));
  for (const language of missing) {
    say(`${path}/source/${language}`, 'parameter.no-source', `${key} 没有出处`, `${key} has no source`);
  }
  if (missing.length === 0 && !citesOnly(parameter)) lintLanguages(source, `${path}/source`, 'parameter', say);
  if (parameter.to !== null && parameter.to < parameter.from) {
    say(`${path}/to`, 'parameter.dates', '失效日早于生效日', 'it ends before it begins');
  }
}

/** A clause id alone is the same in both languages. */
const citesOnly = ({ source, clause }: Parameter): boolean =>
  source.en.trim() === clause || source.zh.trim() === clause;

function byKey(placed: readonly Placed[]): Map<string, Placed[]> {
  const groups = new Map<string, Placed[]>();
  for (const one of placed) groups.set(one.parameter.key, [...(groups.get(one.parameter.key) ?? []), one]);
  return groups;
}

function lintPeriods(key: string, periods: readonly Placed[], on: CivilDate, say: Say): void {
  const sorted = [...periods].sort((left, right) => (left.parameter.from < right.parameter.from ? -1 : 1));
  for (const [index, { parameter, path }] of sorted.entries()) {
    const next = sorted[index + 1]?.parameter;
    if (next === undefined) continue;
    if (parameter.to === null || parameter.to >= next.from) {
      say(
        `${path}/to`,
        'parameter.overlap',
        `${key} 与 ${next.from} 起的一段重叠`,
        `${key} overlaps the one from ${next.from}`,
      );
    } else if (nextDay(parameter.to as CivilDate) < next.from) {
      const [zh, en] = [
        `${key} 在 ${next.from} 前有空档`,
        `nothing gives ${key} between ${parameter.to} and ${next.from}`,
      ];
      say(`${path}/to`, 'parameter.gap', zh, en);
    }
  }
  const inForce = sorted.some(({ parameter: { from, to } }) => from <= on && (to === null || to >= on));
  const last = sorted.at(-1);
  if (!inForce && last !== undefined) {
    say(last.path, 'parameter.not-in-force', `${key} 在 ${on} 没有现行值`, `${key} has no value in force on ${on}`);
  }
}
