import type { CivilDate } from '../../domain/civil-date.js';
import { PRODUCT_CATEGORIES } from '../../domain/product.js';
import { CATALOGUE, isPolicyFact } from '../catalogue/index.js';
import { isInForce } from '../evaluate.js';
import type { ParameterSet } from '../parameters.js';
import type { AuthoredRule, CaseFile } from '../rule-format.js';
import { lintBoundaries } from './boundaries.js';
import { lintLanguages } from './language.js';
import { type LintCode, type LintMessage, lintMessage } from './message.js';
import { type PlacedBook, placeOf } from './placed.js';

const NEEDED = ['finding', 'none', 'unknown'] as const;
const CATEGORIES: readonly string[] = PRODUCT_CATEGORIES;
const FEW_WORDS = {
  finding: { zh: '发现问题', en: 'in which it finds something' },
  none: { zh: '没有问题', en: 'in which it finds nothing' },
  unknown: { zh: '无法判断', en: 'in which it cannot judge' },
} as const;

/** Case files against the rules: each rule has its cases of each kind, on both sides of each boundary. */
export function lintCases(book: PlacedBook, parameters: ParameterSet, on: CivilDate): LintMessage[] {
  const messages: LintMessage[] = [];
  const say = (path: string, code: LintCode, zh: string, en: string) =>
    void messages.push(lintMessage(path, code, zh, en));
  const rules = new Map(book.rules.map(({ rule }) => [rule.id, rule]));
  for (const { file, value } of book.cases) {
    const rule = rules.get(value.rule);
    if (rule !== undefined) lintFileOfRule(rule, file, value, on, say);
    else if (book.rulesWhole)
      say(`${file}/rule`, 'case.no-rule', `没有规则 ${value.rule}`, `there is no rule ${value.rule}`);
    if (file.split('/').at(-1) !== `${value.rule}.json`) {
      say(`${file}/rule`, 'case.file-name', `文件名应为 ${value.rule}.json`, `the file should be ${value.rule}.json`);
    }
    lintContent(file, value, say);
  }
  for (const placed of book.rules) {
    const { rule } = placed;
    const files = book.cases.filter(({ value }) => value.rule === rule.id);
    const [first] = files;
    if (first === undefined) {
      say(`${placeOf(placed)}/id`, 'case.no-file', `${rule.id} 没有案例文件`, `${rule.id} has no case file`);
      continue;
    }
    const cases = files.flatMap(({ value }) => value.cases);
    for (const kind of NEEDED.filter((one) => !cases.some(({ expect }) => expect === one))) {
      const { zh, en } = FEW_WORDS[kind];
      say(`${first.file}/cases`, 'case.missing', `${rule.id} 没有${zh}的案例`, `${rule.id} has no case ${en}`);
    }
    if (placed.expanded !== null) lintBoundaries(placed.expanded, `${first.file}/cases`, cases, parameters, say);
  }
  return messages;
}

type Say = (path: string, code: LintCode, zh: string, en: string) => void;

function lintFileOfRule(rule: AuthoredRule, file: string, { product }: CaseFile, on: CivilDate, say: Say): void {
  if (!CATEGORIES.includes(product.category)) {
    const { category } = product;
    say(`${file}/product/category`, 'case.category', `没有类别 ${category}`, `there is no category ${category}`);
  } else if (!isInForce({ ...rule, effective: { from: on, to: null } }, product, on)) {
    const [zh, en] = [`${rule.id} 不适用于此品种`, `${rule.id} does not apply to this product`];
    say(`${file}/product`, 'case.product', zh, en);
  }
}

function lintContent(file: string, { cases }: CaseFile, say: Say): void {
  const names = new Set<string>();
  for (const [index, { name, facts, parameters }] of cases.entries()) {
    const at = `${file}/cases/${index}`;
    lintLanguages(name, `${at}/name`, 'case', say);
    if (names.has(name.en))
      say(`${at}/name`, 'case.same-name', `案例名称重复：${name.zh}`, `two cases are called ${name.en}`);
    names.add(name.en);
    for (const fact of Object.keys(facts)) {
      if (CATALOGUE.has(fact) && !isPolicyFact(fact)) continue;
      say(`${at}/facts/${fact}`, 'case.unknown-fact', `没有事实 ${fact}`, `there is no fact ${fact}`);
    }
    for (const key of Object.keys(parameters ?? {})) {
      if (CATALOGUE.has(key) && isPolicyFact(key)) continue;
      say(`${at}/parameters/${key}`, 'case.unknown-parameter', `没有参数 ${key}`, `there is no parameter ${key}`);
    }
  }
}
