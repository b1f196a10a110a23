import type pg from 'pg';
import type { CivilDate } from '../../domain/civil-date.js';
import { VERDICTS, type Verdict, worstVerdict } from '../../domain/verdict.js';
import { CheckpointGate, rulesInForce } from '../../rules/evaluate.js';
import { admitFact, type EngineValue, NEVER, UNKNOWN } from '../../rules/fact-value.js';
import { naiveAnswer, naiveException, naiveValues } from '../../rules/naive/naive-reference.js';
import { parameterSet } from '../../rules/parameters.js';
import type { Rule } from '../../rules/rule-format.js';
import { admitSelect } from '../../rules/sql/admit-select.js';
import { compileBook, DIALECTS } from '../../rules/sql/compile-book.js';
import { type AnswerPlace, type DecidePlan, planDecision } from '../../rules/sql/decide-select.js';
import { quoteName, quoteText, type SqlDialect } from '../../rules/sql/dialect.js';
import { factColumns } from '../../rules/sql/fact-columns.js';
import type { Duck } from '../duck.js';
import { findingText, liveFindings, rowFindings } from '../finding-text.js';
import type { ParityCase } from './arbitrary-facts.js';
import { PARITY_CATALOGUE, PARITY_PARAMETERS } from './parity-catalogue.js';

/** What one path says of one case: the verdict, and each finding as `rule:verdict`, marked where not judged or excepted. */
export type Said = string;

const ON = '2026-11-25' as CivilDate;
const PARAMETERS = parameterSet(PARITY_PARAMETERS);
const COLUMNS = factColumns(PARITY_CATALOGUE);

/** For the naive reading: whether a rule is asked of a product. */
const concerns = (rule: Rule, { product }: ParityCase): boolean =>
  (rule.appliesTo.products.includes('*') || rule.appliesTo.products.includes(product.code)) &&
  (rule.appliesTo.categories?.includes(product.category) ?? true);

/** The live path: json-rules-engine behind its three-valued reading. */
export async function liveSays(rules: readonly Rule[], cases: readonly ParityCase[]): Promise<Said[]> {
  const gates = new Map<string, CheckpointGate | null>();
  const gateOf = (one: ParityCase): CheckpointGate | null => {
    const known = gates.get(one.product.code);
    if (known !== undefined) return known;
    const asked = rulesInForce({ rules }, 'intake', one.product, ON);
    const gate = asked.length === 0 ? null : new CheckpointGate(asked, PARAMETERS, ON, PARITY_CATALOGUE);
    gates.set(one.product.code, gate);
    return gate;
  };
  const answers: Said[] = [];
  for (const one of cases) {
    const outcome = await gateOf(one)?.decide(one.facts);
    answers.push(outcome === undefined ? 'BLOCK' : [outcome.verdict, ...liveFindings(outcome.findings)].join(' '));
  }
  return answers;
}

export function naiveSays(rules: readonly Rule[], cases: readonly ParityCase[]): Said[] {
  return cases.map((one) => {
    if (!rules.some((rule) => concerns(rule, one))) return 'BLOCK';
    const values = naiveValues(PARITY_CATALOGUE, one.facts, ON);
    const findings = rules.flatMap((rule) => {
      const answer = concerns(rule, one) ? naiveAnswer(rule.conditions, values, PARITY_PARAMETERS) : false;
      if (answer === false) return [];
      const excepted = answer === true && naiveException(rule, values);
      const verdict: Verdict = excepted ? 'REFER' : answer === true ? rule.severity : rule.whenUnknown;
      return [{ ruleId: rule.id, verdict, judged: answer === true, excepted }];
    });
    return [worstVerdict(findings.map(({ verdict }) => verdict)), ...findings.map(findingText)].join(' ');
  });
}

const planFor = (rules: readonly Rule[], dialect: SqlDialect): DecidePlan => {
  const compiled = compileBook(rules, {
    dialect: DIALECTS[dialect],
    parameters: PARAMETERS,
    checkpoint: 'intake',
    on: ON,
    catalogue: PARITY_CATALOGUE,
  });
  return planDecision([{ level: 'level', compiled }]);
};

/** A decided row read back, with the verdict that the statement itself gave. */
const rowSays = (places: readonly AnswerPlace[], row: Readonly<Record<string, unknown>>): Said =>
  [VERDICTS[Number(row['level'])], ...rowFindings(places, row)].join(' ');

/** DuckDB, from the stored form of the facts: its own admission and the compiled rules. */
export async function duckSays(duck: Duck, rules: readonly Rule[], cases: readonly ParityCase[]): Promise<Said[]> {
  const plan = planFor(rules, 'duckdb');
  const raw = cases.map(
    ({ facts, product }, id) =>
      `(${id}, ${quoteText(product.code)}, ${quoteText(product.category)}, date ${quoteText(ON)}, ${quoteText(JSON.stringify(facts))}::json)`,
  );
  await duck.run(
    `create or replace temp table raw as select * from (values ${raw.join(', ')}) t(id, product_code, category, business_date, facts)`,
  );
  await duck.run(
    `create or replace temp table typed as ${admitSelect(COLUMNS, 'raw', ['id', 'product_code', 'category'])}`,
  );
  const rows = await duck.rows<Record<string, unknown>>(`${plan.select('typed', ['id'])} order by id`);
  return rows.map((row) => rowSays(plan.places[0] ?? [], row));
}

const jsonOf = (value: EngineValue): unknown => {
  if (value === UNKNOWN) return null;
  if (value === NEVER) return 'Infinity';
  return Array.isArray(value)
    ? value.map((record) =>
        Object.fromEntries(Object.entries(record).map(([key, part]) => [key, jsonOf(part as EngineValue)])),
      )
    : value;
};

/** PostgreSQL in place, over a table typed as the dialect says. */
export async function postgresSays(
  client: pg.Client,
  rules: readonly Rule[],
  cases: readonly ParityCase[],
): Promise<Said[]> {
  const plan = planFor(rules, 'postgres');
  const types = COLUMNS.map(
    ({ column, definition }) => `${quoteName(column)} ${DIALECTS.postgres.columnType(definition)}`,
  );
  const table = `id int, product_code text, category text, ${types.join(', ')}`;
  const rows = cases.map(({ facts, product }, id) => ({
    id,
    product_code: product.code,
    category: product.category,
    ...Object.fromEntries(
      COLUMNS.map(({ fact, column, definition }) => [column, jsonOf(admitFact(definition, facts[fact], ON).value)]),
    ),
  }));
  await client.query(`drop table if exists typed; create temp table typed (${table})`);
  await client.query(`insert into typed select * from jsonb_to_recordset($1::jsonb) as t(${table})`, [
    JSON.stringify(rows),
  ]);
  const found = await client.query<Record<string, unknown>>(`${plan.select('typed', ['id'])} order by id`);
  return found.rows.map((row) => rowSays(plan.places[0] ?? [], row));
}
