import { err, ok, type Result } from 'neverthrow';
import { fault, type Problem } from '../domain/problem.js';
import type { Actor } from './actor.js';
import type { FirmsPort, FirmView } from './appraisal-firms.js';
import { futureDate, invalidInput, notFound } from './problems.js';
import { auditOf } from './records.js';

type CourtOutcome = FirmView['courtOutcomes'][number];

export interface CourtOutcomePort extends FirmsPort {
  addCourtOutcome(firmId: string, outcome: CourtOutcome, staffId: string | null, at: Date): Promise<void>;
}

/** Records what a court said of a firm's report: it answers for its value, and the rules count it (G3). */
export async function recordCourtOutcome(
  port: CourtOutcomePort,
  actor: Actor,
  command: { firmId: string; outcome: CourtOutcome },
): Promise<Result<CourtOutcome & { firmId: string }, Problem>> {
  const { firmId, outcome } = command;
  const firm = (await port.firms()).find(({ id }) => id === firmId);
  if (firm === undefined) return err(notFound({ zh: '评估机构', en: 'appraisal firm' }));
  const faults = [];
  if (outcome.decidedOn > actor.businessDate) faults.push(futureDate('/decidedOn'));
  if (firm.courtOutcomes.some(({ caseNo }) => caseNo === outcome.caseNo))
    faults.push(fault('/caseNo', 'firm.case-recorded', { zh: '该案已登记', en: 'this case is recorded already' }));
  if (faults.length > 0) return err(invalidInput(faults));
  await port.addCourtOutcome(firmId, outcome, actor.staffId, actor.at);
  await port.audit(
    auditOf(actor, 'appraiser:manage', 'firm.court', { kind: 'appraisal_firm', id: firmId }, { after: outcome }),
  );
  return ok({ firmId, ...outcome });
}
