import { err, ok, type Result } from 'neverthrow';
import { fault, type Problem } from '../domain/problem.js';
import { type Actor, actingAppointment } from './actor.js';
import { actedElsewhere, type CasePort } from './loan-case.js';
import { invalidInput, notFound, wrongStage } from './problems.js';
import { auditOnCase } from './records.js';

export interface DocumentSet {
  /** SHA-256 over kind, number and content of every paper in force. */
  readonly hash: string;
  readonly documents: number;
}

export interface LegalSignatureView {
  readonly id: string;
  readonly applicationId: string;
  readonly documentSetHash: string;
  readonly documents: number;
  readonly outcome: 'signed' | 'signed_with_conditions' | 'refused';
}

export interface SignLegallyPort extends CasePort {
  documentSet(applicationId: string): Promise<DocumentSet>;
  addSignature(
    signature: Omit<LegalSignatureView, 'id'>,
    signer: { staffId: string; appointmentId: string; opinion: string },
    at: Date,
  ): Promise<string>;
}

const SIGNED_AT: readonly string[] = ['contract', 'release'];

/**
 * The legal adviser signs over the exact set of papers that was read, named by its hash; a paper added since voids it
 * (G4). The adviser may sign with conditions or refuse, with the reason.
 */
export async function signLegally(
  port: SignLegallyPort,
  actor: Actor,
  command: { id: string; documentSetHash: string; outcome: LegalSignatureView['outcome']; opinion: string },
): Promise<Result<LegalSignatureView, Problem>> {
  const loanCase = await port.loanCase(command.id);
  if (loanCase === null) return err(notFound({ zh: '申请', en: 'application' }));
  const { application } = loanCase;
  if (!SIGNED_AT.includes(application.stage))
    return err(wrongStage(application.stage, { zh: '法律审查', en: 'legally signed' }));
  const set = await port.documentSet(application.id);
  if (set.documents === 0 || set.hash !== command.documentSetHash) {
    return err(
      invalidInput([
        fault('/documentSetHash', 'legal.other-papers', {
          zh: '资料已变更，请重新阅读后签署',
          en: 'the papers are not those that were read: read them again',
        }),
      ]),
    );
  }
  const appointmentId = actingAppointment(actor, 'legal:sign');
  if (actor.staffId === null || appointmentId === null) return err(notFound({ zh: '聘任', en: 'appointment' }));
  const handled = loanCase.acts.find(({ staffId }) => staffId === actor.staffId);
  if (handled !== undefined) return err(actedElsewhere(handled.post));
  const signature = {
    applicationId: application.id,
    documentSetHash: set.hash,
    documents: set.documents,
    outcome: command.outcome,
  };
  const id = await port.addSignature(
    signature,
    { staffId: actor.staffId, appointmentId, opinion: command.opinion },
    actor.at,
  );
  await port.audit(auditOnCase(actor, appointmentId, 'legal.sign', application.id, { id, ...signature }));
  return ok({ id, ...signature });
}
