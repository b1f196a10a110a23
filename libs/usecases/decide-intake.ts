import { err, ok, type Result } from 'neverthrow';
import type { AuthorityRoute } from '../domain/authority.js';
import type { Problem } from '../domain/problem.js';
import type { Verdict } from '../domain/verdict.js';
import { type ApplicationStage, nextStage } from '../domain/workflow.js';
import type { RuleBook } from '../rules/book.js';
import { type DecidedProduct, type Finding, NoRulesInForce, type Outcome } from '../rules/evaluate.js';
import type { FactSet } from '../rules/fact-value.js';
import type { Gates } from '../rules/gates.js';
import type { ParameterSet } from '../rules/parameters.js';
import { type Actor, actingAppointment, mayActIn } from './actor.js';
import { noRuleBook, notFound, otherUnit, staleVersion, wrongStage } from './problems.js';

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

export interface DecideIntakePort {
  gather(applicationId: string, on: string): Promise<GatheredApplication | null>;
  bookInForce(on: string): Promise<BookInForce | null>;
  /** Writes decision, findings, stage, audit row and outbox row at once; false where the version moved on. */
  write(decision: DecisionRecord): Promise<boolean>;
}

export interface DecisionView {
  readonly id: string;
  readonly applicationId: string;
  readonly checkpoint: 'intake' | 'release';
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

/**
 * Runs the intake checkpoint (M2, G2, I2): facts gathered now, rules in force, everything it saw kept. BLOCK holds the
 * application at intake; otherwise it goes on to investigation, where REFER findings wait for their written answers.
 */
export async function decideIntake(
  port: DecideIntakePort,
  gates: Gates,
  actor: Actor,
  command: { applicationId: string; decisionId: string },
): Promise<Result<DecisionView, Problem>> {
  const gathered = await port.gather(command.applicationId, actor.businessDate);
  if (gathered === null) return err(notFound({ zh: '申请', en: 'application' }));
  if (!mayActIn(actor, 'intake:decide', gathered.branchId)) return err(otherUnit());
  if (nextStage(gathered.stage, 'accept') === null)
    return err(wrongStage(gathered.stage, { zh: '受理', en: 'decided at intake' }));
  const inForce = await port.bookInForce(actor.businessDate);
  if (inForce === null) return err(noRuleBook());
  const outcome = await decided(gates, inForce, gathered, actor);
  if (outcome === null) return err(noRuleBook());
  const held = outcome.verdict === 'BLOCK';
  const stage = nextStage(gathered.stage, held ? 'hold' : 'accept') ?? gathered.stage;
  const record: DecisionRecord = {
    id: command.decisionId,
    applicationId: gathered.id,
    expectedVersion: gathered.version,
    nextStage: stage,
    waitingFor: held && gathered.bureauOutstanding ? 'bureau' : null,
    bookHash: inForce.book.hash,
    parameterSetHash: inForce.parameters.hash,
    productCode: gathered.product.code,
    facts: gathered.facts,
    outcome,
    route: held ? null : gathered.route,
    actor,
    appointmentId: actingAppointment(actor, 'intake:decide'),
  };
  if (!(await port.write(record))) return err(staleVersion(gathered.version + 1));
  return ok(viewOf(record));
}

async function decided(
  gates: Gates,
  inForce: BookInForce,
  gathered: GatheredApplication,
  actor: Actor,
): Promise<Outcome | null> {
  try {
    const gate = gates.gate(inForce.book, inForce.parameters, 'intake', gathered.product, actor.businessDate);
    return await gate.decide(gathered.facts);
  } catch (cause) {
    if (cause instanceof NoRulesInForce) return null;
    throw cause;
  }
}

const viewOf = (record: DecisionRecord): DecisionView => ({
  id: record.id,
  applicationId: record.applicationId,
  checkpoint: 'intake',
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
