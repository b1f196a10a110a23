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
import type { ParameterSet } from '../rules/parameters.js';
import { type Actor, actingAppointment } from './actor.js';
import { noRuleBook } from './problems.js';

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
  /** Within or over the branch's authority, by today's exposure (G2). */
  readonly route: AuthorityRoute;
  readonly facts: FactSet;
}

export interface BookInForce {
  readonly book: RuleBook;
  readonly parameters: ParameterSet;
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
  readonly parameterSetHash: string;
  readonly productCode: string;
  readonly facts: FactSet;
  readonly outcome: Outcome;
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
  readonly parameterSetHash: string;
  readonly findings: readonly Finding[];
  readonly facts: FactSet;
}

/** What every checkpoint needs of the database. */
export interface CheckpointPort {
  gather(applicationId: string, on: string): Promise<GatheredApplication | null>;
  bookInForce(on: string): Promise<BookInForce | null>;
}

/** A gathered application as a checkpoint's rules found it, and by what book. */
export interface CheckedApplication {
  readonly checkpoint: CaseCheckpoint;
  readonly gathered: GatheredApplication;
  readonly inForce: BookInForce;
  readonly facts: FactSet;
  readonly outcome: Outcome;
}

/** Runs a checkpoint's rules, those in force on the actor's day, over `facts`; a problem where there are none. */
export async function checkAt(
  port: CheckpointPort,
  gates: Gates,
  actor: Actor,
  checkpoint: CaseCheckpoint,
  gathered: GatheredApplication,
  facts: FactSet,
): Promise<Result<CheckedApplication, Problem>> {
  const inForce = await port.bookInForce(actor.businessDate);
  if (inForce === null) return err(noRuleBook());
  try {
    const gate = gates.gate(inForce.book, inForce.parameters, checkpoint, gathered.product, actor.businessDate);
    return ok({ checkpoint, gathered, inForce, facts, outcome: await gate.decide(facts) });
  } catch (cause) {
    if (cause instanceof NoRulesInForce) return err(noRuleBook());
    throw cause;
  }
}

export const decisionRecord = (
  id: string,
  { checkpoint, gathered, inForce, facts, outcome }: CheckedApplication,
  actor: Actor,
  permission: Permission,
  then: Pick<DecisionRecord, 'nextStage' | 'waitingFor' | 'route'>,
): DecisionRecord => ({
  id,
  applicationId: gathered.id,
  checkpoint,
  expectedVersion: gathered.version,
  bookHash: inForce.book.hash,
  parameterSetHash: inForce.parameters.hash,
  productCode: gathered.product.code,
  facts,
  outcome,
  actor,
  appointmentId: actingAppointment(actor, permission, gathered.branchId),
  ...then,
});

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
  parameterSetHash: record.parameterSetHash,
  findings: record.outcome.findings,
  facts: record.facts,
});
