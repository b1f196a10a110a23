import { err, ok, type Result } from 'neverthrow';
import type { AuthorityRoute } from '../domain/authority.js';
import type { Permission } from '../domain/permission.js';
import type { Problem } from '../domain/problem.js';
import type { Verdict } from '../domain/verdict.js';
import type { ApplicationStage } from '../domain/workflow.js';
import type { RuleBook } from '../rules/book.js';
import { type DecidedProduct, type Finding, NoRulesInForce, type Outcome } from '../rules/evaluate.js';
import type { FactSet } from '../rules/fact-value.js';
import type { Gates } from '../rules/gates.js';
import { stricterOf } from '../rules/stricter.js';
import { type Actor, actingAppointment } from './actor.js';
import { type BookInForce, type DecidingBooks, decidingBooks } from './deciding-books.js';
import { noRuleBook, productStopped } from './problems.js';

/** The doors at which an application is decided. */
type CaseCheckpoint = 'intake' | 'review' | 'release';

/** The application as its checkpoint finds it, with the facts gathered in the same statement. */
export interface GatheredApplication {
  readonly id: string;
  readonly branchId: string;
  readonly stage: ApplicationStage;
  readonly version: number;
  readonly product: DecidedProduct;
  /** True where the bureau was asked and has not answered properly yet. */
  readonly bureauOutstanding: boolean;
  /** An emergency stop of the product is in force. */
  readonly stopped: boolean;
  /** Within or over the branch's authority, by today's exposure (G2). */
  readonly route: AuthorityRoute;
  readonly facts: FactSet;
}

/** What is kept of a decision: enough to re-make it years later. */
export interface DecisionRecord {
  readonly id: string;
  readonly applicationId: string;
  readonly checkpoint: CaseCheckpoint;
  readonly expectedVersion: number;
  readonly nextStage: ApplicationStage;
  readonly waitingFor: string | null;
  readonly bookHash: string;
  /** The book of the acceptance, where the stricter of both decided. */
  readonly pinnedBookHash: string | null;
  /** Rules whose finding is the pinned book's. */
  readonly fromPinned: ReadonlySet<string>;
  readonly parameterSetHash: string;
  readonly productCode: string;
  readonly facts: FactSet;
  readonly outcome: Outcome;
  /** As what the application goes on: what blocked and is waived was referred. */
  readonly standsAs: Verdict;
  readonly route: AuthorityRoute | null;
  readonly actor: Actor;
  readonly appointmentId: string | null;
}

export interface DecisionView {
  readonly id: string;
  readonly applicationId: string;
  readonly checkpoint: CaseCheckpoint;
  readonly businessDate: string;
  readonly decidedAt: string;
  readonly verdict: Verdict;
  readonly stage: ApplicationStage;
  readonly waitingFor: string | null;
  readonly bookHash: string;
  readonly pinnedBookHash: string | null;
  readonly parameterSetHash: string;
  /** Each with the book that found it, where not the decision's own. */
  readonly findings: readonly (Finding & { readonly bookHash: string | null })[];
  readonly facts: FactSet;
}

/** What every checkpoint needs of the database. */
export interface CheckpointPort {
  gather(applicationId: string, on: string): Promise<GatheredApplication | null>;
  bookInForce(on: string): Promise<BookInForce | null>;
  /** A published book by its address. */
  publishedBook(hash: string): Promise<RuleBook | null>;
}

/** A gathered application as a checkpoint's rules found it, and by what book. */
export interface CheckedApplication {
  readonly checkpoint: CaseCheckpoint;
  readonly gathered: GatheredApplication;
  readonly books: DecidingBooks;
  readonly parameterSetHash: string;
  readonly fromPinned: ReadonlySet<string>;
  readonly facts: FactSet;
  readonly outcome: Outcome;
}

/**
 * Runs a checkpoint's rules over `facts` by the parameters in force on the actor's day; `pinnedHash` is the book that was in force
 * when the application was accepted, which policy says the part of. A problem where there are no rules.
 */
export async function checkAt(
  port: CheckpointPort,
  gates: Gates,
  actor: Actor,
  checkpoint: CaseCheckpoint,
  gathered: GatheredApplication,
  facts: FactSet,
  pinnedHash: string | null = null,
): Promise<Result<CheckedApplication, Problem>> {
  if (gathered.stopped && checkpoint !== 'review') return err(productStopped());
  const inForce = await port.bookInForce(actor.businessDate);
  if (inForce === null) return err(noRuleBook());
  const { parameters } = inForce;
  const books = await decidingBooks(port, inForce, pinnedHash);
  if (books === null) return err(noRuleBook());
  const by = (book: RuleBook): Promise<Outcome> =>
    gates.gate(book, parameters, checkpoint, gathered.product, actor.businessDate).decide(facts);
  try {
    const first = await by(books.first);
    const second = books.second === null ? null : await by(books.second);
    const { outcome, fromSecond } = stricterOf(first, second);
    return ok({
      checkpoint,
      gathered,
      books,
      parameterSetHash: parameters.hash,
      fromPinned: fromSecond,
      facts,
      outcome,
    });
  } catch (cause) {
    if (cause instanceof NoRulesInForce) return err(noRuleBook());
    throw cause;
  }
}

export const decisionRecord = (
  id: string,
  { checkpoint, gathered, books, parameterSetHash, fromPinned, facts, outcome }: CheckedApplication,
  actor: Actor,
  permission: Permission,
  then: Pick<DecisionRecord, 'nextStage' | 'waitingFor' | 'route'> & Partial<Pick<DecisionRecord, 'standsAs'>>,
): DecisionRecord => ({
  id,
  applicationId: gathered.id,
  checkpoint,
  expectedVersion: gathered.version,
  bookHash: books.first.hash,
  pinnedBookHash: books.second?.hash ?? null,
  fromPinned,
  parameterSetHash,
  productCode: gathered.product.code,
  facts,
  outcome,
  actor,
  appointmentId: actingAppointment(actor, permission, gathered.branchId),
  standsAs: outcome.verdict,
  ...then,
});

/** The book that found something, where it is not the decision's own. */
export const foundBy = ({ fromPinned, pinnedBookHash }: DecisionRecord, { ruleId }: Finding): string | null =>
  fromPinned.has(ruleId) ? pinnedBookHash : null;

export const decisionView = (record: DecisionRecord): DecisionView => ({
  id: record.id,
  applicationId: record.applicationId,
  checkpoint: record.checkpoint,
  businessDate: record.actor.businessDate,
  decidedAt: record.actor.at.toISOString(),
  verdict: record.outcome.verdict,
  stage: record.nextStage,
  waitingFor: record.waitingFor,
  bookHash: record.bookHash,
  pinnedBookHash: record.pinnedBookHash,
  parameterSetHash: record.parameterSetHash,
  findings: record.outcome.findings.map((finding) => ({ ...finding, bookHash: foundBy(record, finding) })),
  facts: record.facts,
});
