import type { CivilDate } from '../../domain/civil-date.js';
import { DEFAULT_PRODUCTS } from '../../domain/default-products.js';
import { PRODUCT_CATEGORIES } from '../../domain/product.js';
import { isPolicyFact } from '../catalogue/index.js';
import { definitionOf, nodesOf, pointerOf } from '../condition-nodes.js';
import { ORDER_OPERATORS } from '../operators.js';
import type { AuthoredRule as Rule } from '../rule-format.js';
import { lintLanguages } from './language.js';
import type { Report } from './message.js';
import { placeholdersOf } from './placeholders.js';

const PRODUCTS: readonly string[] = ['*', ...DEFAULT_PRODUCTS.map(({ code }) => code)];
const CATEGORIES: readonly string[] = PRODUCT_CATEGORIES;
const ORDERS: readonly string[] = ORDER_OPERATORS;

/** What a rule that loads may still get wrong by itself: its words, its products, its term, limits of its own. */
export function lintRuleContent(rule: Rule, on: CivilDate, report: Report): void {
  for (const part of ['title', 'reason', 'cure'] as const) {
    lintLanguages(rule[part], `/${part}`, 'rule', report);
  }
  lintShownFacts(rule, report);
  lintScope(rule, report);
  if (rule.effective.to !== null && rule.effective.to < on) {
    report('/effective/to', 'rule.expired', `已于 ${rule.effective.to} 失效`, `it ended on ${rule.effective.to}`);
  }
  for (const node of nodesOf(rule.conditions)) {
    if (node.kind !== 'comparison' || typeof node.value !== 'number' || !ORDERS.includes(node.operator)) continue;
    if (definitionOf(node)?.type !== 'number') continue;
    const path = `${pointerOf(node.path)}/value`;
    report(path, 'rule.own-limit', `限额 ${node.value} 写在规则里`, `it carries the limit ${node.value} itself`);
  }
}

function lintShownFacts(rule: Rule, report: Report): void {
  const [zh, en] = [new Set(placeholdersOf(rule.reason.zh)), new Set(placeholdersOf(rule.reason.en))];
  const oneSided = [...zh, ...en].filter((name) => zh.has(name) !== en.has(name));
  for (const name of oneSided) {
    const missing = zh.has(name) ? 'en' : 'zh';
    report(
      `/reason/${missing}`,
      'rule.placeholder-language',
      `此语言未写出 {${name}}`,
      `{${name}} is shown in one language`,
    );
  }
}

function lintScope({ appliesTo }: Rule, report: Report): void {
  for (const [index, product] of appliesTo.products.entries()) {
    if (PRODUCTS.includes(product)) continue;
    const path = `/appliesTo/products/${index}`;
    report(
      path,
      'rule.product',
      `默认品种中没有 ${product}`,
      `${product} is none of the products that a union starts with`,
    );
  }
  for (const [index, category] of (appliesTo.categories ?? []).entries()) {
    if (CATEGORIES.includes(category)) continue;
    report(
      `/appliesTo/categories/${index}`,
      'rule.category',
      `没有类别 ${category}`,
      `there is no category ${category}`,
    );
  }
}

/** The parameters that a rule reads, with the place where each is named. */
export function parametersNamed(rule: Rule): { name: string; path: string }[] {
  return [...nodesOf(rule.conditions)].flatMap((node) => {
    if (node.kind !== 'comparison' || typeof node.value !== 'object' || Array.isArray(node.value)) return [];
    const { value } = node;
    if ('table' in value) return [];
    const names = 'fact' in value ? [value.fact] : [value.percentOf.fact, value.percent.fact];
    return names.filter(isPolicyFact).map((name) => ({ name, path: `${pointerOf(node.path)}/value` }));
  });
}
