import { VERDICTS, type Verdict } from '../../domain/verdict.js';
import type { CompiledRule } from './compile-book.js';
import { quoteName } from './dialect.js';

/** Verdicts as numbers that order them: 0 PASS, 1 WARN, 2 REFER, 3 BLOCK. */
const levelOf = (verdict: Verdict): number => VERDICTS.indexOf(verdict);

/** Columns of a decided table: what each rule answered, and under which exception. */
export const answerColumn = (rule: { readonly id: string }): string => quoteName(rule.id);
const exceptedColumn = (position: number): string => quoteName(`excepted_${position}`);

/** The distinct exceptions of a book: few rules have one, and mostly the same. */
const exceptionsOf = (compiled: readonly CompiledRule[]): string[] => [
  ...new Set(compiled.flatMap(({ excepted }) => (excepted === null ? [] : [excepted]))),
];

/** The column that says whether a rule's exception is granted; null where it has none. */
export function exceptionOf(compiled: readonly CompiledRule[], { excepted }: CompiledRule): string | null {
  return excepted === null ? null : exceptedColumn(exceptionsOf(compiled).indexOf(excepted));
}

/** The level that one rule's answer makes, over a table that `answersSelect` made. */
function levelSql(compiled: readonly CompiledRule[], one: CompiledRule): string {
  const column = answerColumn(one.rule);
  const exception = exceptionOf(compiled, one);
  const severity = levelOf(one.rule.severity);
  const found = exception === null ? severity : `case when ${exception} then ${levelOf('REFER')} else ${severity} end`;
  return `case when ${column} then ${found} when ${column} is null then ${levelOf(one.rule.whenUnknown)} else 0 end`;
}

/** Every answer of every rule: columns that are kept, one boolean a rule, one boolean an exception. */
function answersSelect(compiled: readonly CompiledRule[], from: string, keep: readonly string[]): string {
  const columns = [
    ...keep,
    ...compiled.map(({ rule, answer }) => `${answer} as ${answerColumn(rule)}`),
    ...exceptionsOf(compiled).map((sql, position) => `${sql} as ${exceptedColumn(position)}`),
  ];
  return `select ${columns.join(',\n  ')}\nfrom ${from}`;
}

/** The worst level of all answers, over a table that `answersSelect` made; 0 where no rule finds anything. */
const worstLevel = (compiled: readonly CompiledRule[]): string =>
  `greatest(0, ${compiled.map((one) => levelSql(compiled, one)).join(',\n  ')})`;

/** Each row's answers and its verdict's level as one statement. */
export const decideSelect = (compiled: readonly CompiledRule[], from: string, keep: readonly string[]): string =>
  `with answered as (\n${answersSelect(compiled, from, keep)}\n)\nselect *, ${worstLevel(compiled)} as level\nfrom answered`;
