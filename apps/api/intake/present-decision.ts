import type { DecisionMade, DecisionReading } from '#libs/contracts/http/views.js';
import type { Language } from '#libs/domain/text.js';
import type { StoredDecision, StoredFinding } from '#libs/persistence/read-decisions.js';
import type { RuleBook } from '#libs/rules/book.js';
import { CATALOGUE } from '#libs/rules/catalogue/index.js';
import type { DecisionView } from '#libs/usecases/checkpoint.js';
import { preferredLanguage } from '../http/problem-response.js';
import type { Services } from '../http/services.js';
import type { SignedInRequest } from '../http/session.guard.js';

/** A decision as a person reads it, in one language; titles and posts come from the books that it was made by. */
export function presentDecision(
  decision: StoredDecision,
  books: readonly RuleBook[],
  language: Language,
): DecisionReading {
  const { id, applicationId, checkpoint, businessDate, decidedAt, verdict } = decision;
  const { bookHash, pinnedBookHash, parameterSetHash } = decision;
  return {
    id,
    applicationId,
    checkpoint,
    businessDate,
    decidedAt,
    verdict,
    bookHash,
    pinnedBookHash,
    parameterSetHash,
    findings: decision.findings.map((finding) => presentFinding(finding, books, language)),
    facts: Object.entries(decision.facts)
      .sort(byName)
      .map(([name, fact]) => ({
        name,
        label: CATALOGUE.get(name)?.label[language] ?? name,
        ...fact,
      })),
  };
}

/** The books that a decision was made by: that of the day, and the pinned one where the stricter of both decided. */
export async function booksOf(
  books: Services['books'],
  unionId: string,
  { bookHash, pinnedBookHash }: Pick<StoredDecision, 'bookHash' | 'pinnedBookHash'>,
): Promise<RuleBook[]> {
  const hashes = [bookHash, pinnedBookHash].filter((hash) => hash !== null);
  const found = await Promise.all(hashes.map((hash) => books.published(unionId, hash)));
  return found.filter((book) => book !== null);
}

/** A decision just made, kept with its key in both languages, in the one asked for. */
export async function presentMade(
  { books }: Services,
  request: SignedInRequest,
  made: DecisionView,
): Promise<DecisionMade> {
  const shown = presentDecision(
    made,
    await booksOf(books, request.actor.unionId, made),
    preferredLanguage(request.headers['accept-language']),
  );
  return { ...shown, stage: made.stage, waitingFor: made.waitingFor };
}

/** The order of stored JSON is the database's own: what is shown has one order. */
const byName = ([left]: [string, unknown], [right]: [string, unknown]): number => (left < right ? -1 : 1);

function presentFinding(
  finding: StoredFinding,
  books: readonly RuleBook[],
  language: Language,
): DecisionReading['findings'][number] {
  const { ruleId, clause, severity, verdict, judged, excepted, operands, reason, bookHash } = finding;
  const book = bookHash === null ? books[0] : books.find(({ hash }) => hash === bookHash);
  const rule = book?.rules.find((one) => one.id === ruleId);
  const exception = rule?.exceptions?.find((one) => one.clause === excepted);
  return {
    ruleId,
    clause,
    title: rule?.title[language] ?? ruleId,
    severity,
    verdict,
    judged,
    excepted,
    answeredBy: verdict === 'REFER' ? (exception?.answeredBy ?? rule?.answeredBy ?? null) : null,
    operands: [...operands],
    reason: reason[language],
    waivedBy: verdict === 'WARN' ? null : (rule?.waivedBy ?? null),
    id: finding.id ?? null,
    words: [...(finding.words ?? [])],
  };
}
