import type { Response } from 'supertest';
import { TODAY } from './api.js';
import type { Session } from './session.js';

interface ApplicationTraits {
  readonly branchId: string;
  readonly customerId: string;
  readonly productCode?: string;
  readonly amountFen?: number;
  readonly monthlyInstalmentFen?: number;
  readonly guarantorIds?: readonly string[];
  readonly exception?: { clause: string; papers: readonly string[] };
}

export const application = (traits: ApplicationTraits) => ({
  productCode: 'rural-personal',
  amountFen: 2_000_000,
  termMonths: 24,
  monthlyInstalmentFen: 90_000,
  purpose: '购买化肥和种子',
  ...traits,
});

export const consent = { purpose: '贷款申请', signedOn: TODAY, expiresOn: '2026-12-31', evidence: 'ARCHIVE-2026-001' };

/** From consent to decision, as an officer does it; every step must succeed. */
export async function takeIn(session: Session, traits: ApplicationTraits): Promise<Response> {
  const id = await submitted(session, traits);
  await ask(session, traits.customerId, id);
  return must(201, await session.post(`/api/v1/applications/${id}/intake-decisions`));
}

export async function submitted(session: Session, traits: ApplicationTraits): Promise<string> {
  return must(201, await session.post('/api/v1/applications', application(traits))).body.id;
}

export async function takeConsent(session: Session, customerId: string): Promise<void> {
  must(201, await session.post(`/api/v1/customers/${customerId}/bureau-consents`, consent));
}

export async function ask(session: Session, customerId: string, applicationId: string): Promise<Response> {
  await takeConsent(session, customerId);
  return must(201, await session.post(`/api/v1/applications/${applicationId}/bureau-queries`));
}

export function must(status: number, response: Response): Response {
  if (response.status !== status) throw new Error(`${response.status} instead of ${status}: ${response.text}`);
  return response;
}

/** The rules that found something, with what each says. */
export const findingsOf = (response: Response): Record<string, string> =>
  Object.fromEntries(
    (response.body.findings as { ruleId: string; verdict: string; judged: boolean }[]).map(
      ({ ruleId, verdict, judged }) => [ruleId, judged ? verdict : `${verdict} unknown`],
    ),
  );
