import type { IdSource } from '../../domain/clock.js';
import { contentHash } from '../../rules/content-hash.js';
import { type DecisionRecord, foundBy } from '../../usecases/checkpoint.js';

interface DecisionWriting {
  readonly checkpoint: string;
  readonly action: string;
  /** What the application becomes: $4 stage, $5 verdict, $6 what it waits for, $25 route. */
  readonly set: string;
}

/**
 * One statement: the application moves on only if nobody moved it, and only then are decision, findings, audit row
 * and outbox row written. It stands on the path of every loan, so it is one round trip.
 */
const writing = ({ checkpoint, action, set }: DecisionWriting): string => `
with moved as (
  update loan_application set ${set}, version = version + 1,
    stage_since = case when stage = $4::application_stage then stage_since else $15::timestamptz end
  where union_id = $1 and id = $2 and version = $3 returning id),
decided as (
  insert into decision (id, union_id, application_id, checkpoint, business_date, book_hash, pinned_book_hash, parameter_set_hash, product_code,
    verdict, facts, facts_hash, outcome_hash, decided_at, decided_by_id)
  select $8, $1, id, '${checkpoint}', $9, $7, $26, $10, $11, $5::verdict, $12::jsonb, $13, $14, $15, $16 from moved returning id),
found as (
  insert into finding (id, union_id, decision_id, position, rule_id, clause, severity, verdict, judged, excepted, operands, book_hash, reason_zh, reason_en)
  select f.id, $1, decided.id, f.position, f.rule_id, f.clause, f.severity, f.verdict, f.judged, f.excepted, f.operands, f.book_hash, f.reason_zh, f.reason_en
  from decided cross join jsonb_to_recordset($17::jsonb) as f(id uuid, position int, rule_id text, clause text, severity verdict,
    verdict verdict, judged boolean, excepted text, operands jsonb, book_hash text, reason_zh text, reason_en text)),
audited as (
  insert into audit_event (id, union_id, at, actor_id, actor_name, appointment_id, request_id, action, subject_kind, subject_id, after)
  select $18, $1, $15, $16, $19, $20, $21, '${action}', 'application', id, $22::jsonb from moved),
told as (
  insert into outbox_event (id, union_id, topic, payload, created_at)
  select $23, $1, 'application.decided', $24::jsonb, $15 from moved)
select id from decided`;

/** With $27, as what the application goes on. */
export const WRITE_INTAKE_SQL = writing({
  checkpoint: 'intake',
  action: 'application.decide-intake',
  set: 'stage = $4::application_stage, intake_verdict = $27::verdict, waiting_for = $6, book_hash = $7, route = $25::authority_route',
});

export const WRITE_REVIEW_SQL = writing({
  checkpoint: 'review',
  action: 'application.check-review',
  set: 'stage = $4::application_stage, waiting_for = $6, route = coalesce(route, $25::authority_route)',
});

export const WRITE_RELEASE_SQL = writing({
  checkpoint: 'release',
  action: 'application.decide-release',
  set: `stage = $4::application_stage, waiting_for = $6, route = coalesce(route, $25::authority_route),
    closed_at = case when $4::application_stage = 'released' then $15::timestamptz end`,
});

/** The values of these statements, in their order. */
export function decisionValues(decision: DecisionRecord, unionId: string, ids: IdSource): unknown[] {
  const { actor, outcome } = decision;
  const findings = outcome.findings.map((finding, position) => ({
    id: ids.next(),
    position,
    rule_id: finding.ruleId,
    clause: finding.clause,
    severity: finding.severity,
    verdict: finding.verdict,
    judged: finding.judged,
    excepted: finding.excepted,
    operands: finding.operands,
    book_hash: foundBy(decision, finding),
    reason_zh: finding.reason.zh,
    reason_en: finding.reason.en,
  }));
  const after = {
    decisionId: decision.id,
    verdict: outcome.verdict,
    stage: decision.nextStage,
    waitingFor: decision.waitingFor,
  };
  return [
    unionId,
    decision.applicationId,
    decision.expectedVersion,
    decision.nextStage,
    outcome.verdict,
    decision.waitingFor,
    decision.bookHash,
    decision.id,
    actor.businessDate,
    decision.parameterSetHash,
    decision.productCode,
    JSON.stringify(decision.facts),
    contentHash(decision.facts),
    outcome.hash,
    actor.at,
    actor.staffId,
    JSON.stringify(findings),
    ids.next(),
    actor.name,
    decision.appointmentId,
    actor.requestId,
    JSON.stringify(after),
    ids.next(),
    JSON.stringify({ applicationId: decision.applicationId, decisionId: decision.id }),
    decision.route,
    decision.pinnedBookHash,
  ];
}
