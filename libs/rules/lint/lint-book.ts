import type { CivilDate } from '../../domain/civil-date.js';
import { duplicateIds } from '../book.js';
import { type ParameterSet, parametersInForce } from '../parameters.js';
import type { BookSources } from './book-sources.js';
import { lintLanguages } from './language.js';
import { lintCases } from './lint-cases.js';
import { lintDoors } from './lint-doors.js';
import { lintPairs } from './lint-pairs.js';
import { lintParameters } from './lint-parameters.js';
import { lintRuleContent } from './lint-rule-content.js';
import { reportOf } from './lint-rules.js';
import { lintTableContent } from './lint-table-content.js';
import { asLintMessage, type LintMessage, lintMessage } from './message.js';
import { placeBook } from './place-book.js';
import type { PlacedBook } from './placed.js';
import { Judge } from './reach/judge.js';
import { lintReach } from './reach/lint-reach.js';

/** A check over all that could be read of a book. One more kind of file joins by one more line in CHECKS. */
type BookCheck = (book: PlacedBook, parameters: ParameterSet, on: CivilDate, judge: Judge) => readonly LintMessage[];

const CHECKS: readonly BookCheck[] = [
  lintManifest,
  lintEachRule,
  (book, parameters, _, judge) => lintPairs(book.rules, parameters, judge),
  lintTableContent,
  (book, _, on) => lintParameters(book, on),
  lintCases,
];

/**
 * Everything that lint has to say about a book as it stands on a day: what keeps it from loading, and what its rules, parameters and
 * cases get wrong. Files that cannot be read do not keep the others from being checked.
 */
export function lintBook(sources: BookSources, on: CivilDate): LintMessage[] {
  const { faults, book } = placeBook(sources);
  const parameters = parametersInForce(book.parameters?.value ?? [], on);
  const judge = new Judge();
  const messages = [...faults.map(asLintMessage), ...CHECKS.flatMap((check) => check(book, parameters, on, judge))];
  return judge.gaveUp ? [...messages, leftOpen()] : messages;
}

const leftOpen = (): LintMessage =>
  lintMessage(
    '',
    'book.left-open',
    '部分规则过于复杂，未判断其是否矛盾或重复',
    'some rules are too large to tell whether they contradict or repeat each other',
  );

function lintManifest({ manifest, rules }: PlacedBook): LintMessage[] {
  const messages: LintMessage[] = [];
  const say = (...[path, code, zh, en]: Parameters<typeof lintMessage>) =>
    void messages.push(lintMessage(path, code, zh, en));
  if (rules.length === 0) say('', 'book.no-rules', '没有规则', 'the book has no rule');
  if (manifest !== null) lintLanguages(manifest.value.title, `${manifest.file}/title`, 'book', say);
  return messages;
}

function lintEachRule(book: PlacedBook, parameters: ParameterSet, on: CivilDate, judge: Judge): LintMessage[] {
  const messages = duplicateIds(book.rules.map(({ rule }) => rule)).map(asLintMessage);
  for (const { file, index, rule, faults, expanded } of book.rules) {
    messages.push(...faults);
    const report = reportOf(messages, file, index, rule);
    lintRuleContent(rule, on, report);
    if (expanded === null) continue; // types that do not fit say nothing about reach
    lintDoors(expanded, report);
    lintReach(rule, expanded, parameters, judge, report);
  }
  return messages;
}
