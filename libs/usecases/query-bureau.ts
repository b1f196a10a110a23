import { err, ok, type Result } from 'neverthrow';
import type { Problem } from '../domain/problem.js';
import { type ApplicationStage, LIVE_STAGES } from '../domain/workflow.js';
import type { BureauSummaryKey } from '../rules/bureau-summary.js';
import { type Actor, mayActIn } from './actor.js';
import { noConsent, noIdentity, notFound, otherUnit, wrongStage } from './problems.js';
import { auditOf, type RecordsPort } from './records.js';

/** A summary holds only what the bureau stated: a missing key is unknown, `{ never: true }` is known. */
export type BureauSummary = Readonly<
  Partial<Record<BureauSummaryKey | 'monthlyRepaymentFen', number | { never: true }>>
>;

export interface BureauReportReceived {
  readonly reportedOn: string;
  readonly summary: BureauSummary;
  /** The answer as it came. */
  readonly whole: string;
}

export type BureauAnswer =
  | { readonly kind: 'answered'; readonly report: BureauReportReceived }
  | { readonly kind: 'unavailable' | 'invalid'; readonly detail: string };

export interface BureauRequest {
  readonly identityNumber: string;
  readonly name: string;
  readonly purpose: string;
  readonly consentId: string;
  readonly queryId: string;
}

/** The credit bureau (人行征信), by whatever way it is reached. It never throws: a failure is an answer. */
export interface CreditBureau {
  readonly provider: string;
  fetchReport(request: BureauRequest): Promise<BureauAnswer>;
}

export interface PreparedQuery {
  readonly queryId: string;
  readonly customerId: string;
  readonly request: BureauRequest;
}

export interface OpenQueryPort extends RecordsPort {
  applicant(applicationId: string): Promise<{
    branchId: string;
    customerId: string;
    name: string;
    identityNumber: string | null;
    stage: ApplicationStage;
  } | null>;
  consentInForce(customerId: string, on: string): Promise<{ id: string; purpose: string } | null>;
  openQuery(
    query: { applicationId: string; customerId: string; consentId: string; purpose: string },
    actor: Actor,
  ): Promise<string>;
}

/** First half: without a consent in force nothing is asked (M2). The query is recorded before it leaves the house. */
export async function openBureauQuery(
  port: OpenQueryPort,
  actor: Actor,
  applicationId: string,
): Promise<Result<PreparedQuery, Problem>> {
  const applicant = await port.applicant(applicationId);
  if (applicant === null) return err(notFound({ zh: '申请', en: 'application' }));
  if (!mayActIn(actor, 'bureau:query', applicant.branchId)) return err(otherUnit());
  if (!LIVE_STAGES.includes(applicant.stage))
    return err(wrongStage(applicant.stage, { zh: '查询征信', en: 'asked about' }));
  if (applicant.identityNumber === null) return err(noIdentity());
  const consent = await port.consentInForce(applicant.customerId, actor.businessDate);
  if (consent === null) return err(noConsent());
  const { customerId, name, identityNumber } = applicant;
  const queryId = await port.openQuery(
    { applicationId, customerId, consentId: consent.id, purpose: consent.purpose },
    actor,
  );
  await port.audit(
    auditOf(
      actor,
      'bureau:query',
      'bureau.query',
      { kind: 'application', id: applicationId },
      { after: { queryId, consentId: consent.id } },
    ),
  );
  return ok({
    queryId,
    customerId,
    request: { identityNumber, name, purpose: consent.purpose, consentId: consent.id, queryId },
  });
}

export interface CloseQueryPort extends RecordsPort {
  closeQuery(
    queryId: string,
    outcome: 'answered' | 'unavailable' | 'invalid',
    detail: string | null,
    at: Date,
  ): Promise<void>;
  keepReport(
    report: BureauReportReceived,
    query: { queryId: string; customerId: string; provider: string },
    at: Date,
  ): Promise<string>;
}

export interface BureauQueryView {
  readonly queryId: string;
  readonly outcome: 'pending' | 'answered' | 'unavailable' | 'invalid';
  readonly reportId: string | null;
  readonly detail: string | null;
}

/**
 * Second half: a proper report is kept whole; anything else leaves the facts unknown, the application waiting, and a retry due
 * (which a retry itself does not ask for again).
 */
export async function closeBureauQuery(
  port: CloseQueryPort,
  actor: Actor,
  query: PreparedQuery,
  answer: BureauAnswer,
  provider: string,
  retry: 'retry-later' | 'quiet' = 'retry-later',
): Promise<BureauQueryView> {
  const detail = answer.kind === 'answered' ? null : answer.detail;
  await port.closeQuery(query.queryId, answer.kind, detail, actor.at);
  const reportId =
    answer.kind === 'answered'
      ? await port.keepReport(
          answer.report,
          { queryId: query.queryId, customerId: query.customerId, provider },
          actor.at,
        )
      : null;
  const view = { queryId: query.queryId, outcome: answer.kind, reportId, detail };
  await port.audit(
    auditOf(
      actor,
      'bureau:query',
      'bureau.answer',
      { kind: 'bureauQuery', id: query.queryId },
      { after: { outcome: answer.kind, reportId } },
    ),
  );
  if (answer.kind !== 'answered' && retry === 'retry-later')
    await port.outbox('bureau.retry', { queryId: query.queryId });
  return view;
}
