import { VERDICTS, type Verdict } from '../../domain/verdict.js';
import type { CompiledRule } from './compile-book.js';
import { quoteName } from './dialect.js';

/** A book's rules as compiled, and the column that its verdict's level goes to. */
export interface Reading {
  readonly level: string;
  readonly compiled: readonly CompiledRule[];
  /** All rules of the book where `compiled` is a part of it: of a row that none of them is asked of, nothing is let through. */
  readonly whole?: readonly CompiledRule[];
}

/** Where a rule's answer and its exception stand in a decided table. */
export interface AnswerPlace {
  readonly rule: CompiledRule['rule'];
  /** True: finds; null: cannot judge; false: finds nothing, or is not asked. */
  readonly answer: string;
  /** True where what it finds is excepted; null where it has no exception. */
  readonly excepted: string | null;
}

export interface DecidePlan {
  /** Each row of `from`: the columns kept, every answer of every rule, and for each reading its verdict's level. */
  select(from: string, keep: readonly string[]): string;
  /** For each reading, its rules with the (unquoted) names of their columns. */
  readonly places: readonly (readonly AnswerPlace[])[];
}

/** Columns by the SQL that makes them: what two books have in common is answered once. */
class Columns {
  private readonly bySql = new Map<string, string>();
  private readonly taken = new Set<string>();

  name(sql: string, wanted: string): string {
    const known = this.bySql.get(sql);
    if (known !== undefined) return known;
    let name = wanted;
    for (let turn = 2; this.taken.has(name); turn += 1) name = `${wanted}@${turn}`;
    this.bySql.set(sql, name);
    this.taken.add(name);
    return name;
  }

  selected(): string[] {
    return [...this.bySql].map(([sql, name]) => `${sql} as ${quoteName(name)}`);
  }
}

/**
 * One statement that decides every row by one or more books. Levels order verdicts: 0 PASS, 1 WARN, 2 REFER, 3 BLOCK.
 * Every finding is kept: one column an answer.
 */
export function planDecision(readings: readonly Reading[]): DecidePlan {
  const columns = new Columns();
  const places = readings.map(({ compiled }) =>
    compiled.map(
      ({ rule, answer, excepted }): AnswerPlace => ({
        rule,
        answer: columns.name(answer, rule.id),
        excepted: excepted === null ? null : columns.name(excepted, 'excepted'),
      }),
    ),
  );
  const levels = readings.map(({ level, compiled, whole = compiled }, index) => {
    const unasked = unaskedSql(whole);
    const stops = unasked === null ? [] : [columns.name(unasked, 'no-rule-asked')].map(quoteName);
    return `${levelSql(places[index] ?? [], stops)} as ${quoteName(level)}`;
  });
  return {
    places,
    select: (from, keep) => {
      const answered = [...keep, ...columns.selected()].join(',\n  ');
      return `with answered as (\nselect ${answered}\nfrom ${from}\n)\nselect *,\n  ${levels.join(',\n  ')}\nfrom answered`;
    },
  };
}

/** What makes a row's level be `verdict` at least, by the rules of which it is the severity or the whenUnknown. */
function causesOf(places: readonly AnswerPlace[], verdict: Verdict): string[] {
  return places.flatMap(({ rule, answer, excepted }) => {
    const found = quoteName(answer);
    const except = excepted === null ? null : quoteName(excepted);
    const unknown = rule.whenUnknown === verdict ? [`${found} is null`] : [];
    if (except === null) return rule.severity === verdict ? [found, ...unknown] : unknown;
    const held = rule.severity === verdict ? [`(${found} and not ${except})`] : [];
    const granted = verdict === 'REFER' ? [`(${found} and ${except})`] : [];
    return [...held, ...granted, ...unknown];
  });
}

/** Rows of which no rule is asked: a stage without rules stops the loan (design section 1). Null where none can be. */
function unaskedSql(compiled: readonly CompiledRule[]): string | null {
  if (compiled.some(({ asked }) => asked === null)) return null;
  return compiled.length === 0 ? 'true' : `(not (${compiled.map(({ asked }) => `(${asked})`).join(' or ')}))`;
}

/** The worst level; an answer that is unknown counts as its rule's whenUnknown and makes nothing else unknown. */
function levelSql(places: readonly AnswerPlace[], stops: readonly string[]): string {
  const cases = (['BLOCK', 'REFER', 'WARN'] as const).flatMap((verdict) => {
    const causes = [...(verdict === 'BLOCK' ? stops : []), ...causesOf(places, verdict)];
    return causes.length === 0 ? [] : [`when ${causes.join(' or ')} then ${VERDICTS.indexOf(verdict)}`];
  });
  return cases.length === 0 ? '0' : `case ${cases.join('\n    ')} else 0 end`;
}
