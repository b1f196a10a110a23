import { err, ok, type Result } from 'neverthrow';
import type { DocumentKind } from '../domain/document-kind.js';
import type { Problem } from '../domain/problem.js';
import { LIVE_STAGES } from '../domain/workflow.js';
import { type Actor, actingAppointment, mayActIn } from './actor.js';
import type { CasePort } from './loan-case.js';
import { notFound, otherUnit, unknownType, wrongStage } from './problems.js';
import { auditOnCase } from './records.js';

export interface DocumentView {
  readonly id: string;
  readonly applicationId: string;
  readonly kind: DocumentKind;
  /** A newer paper of the same kind has the next number; older ones stay. */
  readonly number: number;
  readonly sha256: string;
  readonly mediaType: string;
  readonly bytes: number;
  readonly fileName: string;
}

export interface AddDocumentPort extends CasePort {
  addDocument(document: Omit<DocumentView, 'id' | 'number'>, staffId: string, at: Date): Promise<DocumentView>;
}

/** Adds a paper to a loan file. Papers are numbered by kind and never overwritten. */
export async function addDocument(
  port: AddDocumentPort,
  actor: Actor,
  command: {
    id: string;
    kind: DocumentKind;
    fileName: string;
    sha256: string;
    mediaType: string | null;
    bytes: number;
  },
): Promise<Result<DocumentView, Problem>> {
  const loanCase = await port.loanCase(command.id);
  if (loanCase === null) return err(notFound({ zh: '申请', en: 'application' }));
  const { application } = loanCase;
  if (actor.staffId === null || !mayActIn(actor, 'document:add', application.branchId)) return err(otherUnit());
  if (!LIVE_STAGES.includes(application.stage))
    return err(wrongStage(application.stage, { zh: '添加资料', en: 'added to' }));
  const { kind, fileName, sha256, mediaType, bytes } = command;
  if (mediaType === null) return err(unknownType());
  const view = await port.addDocument(
    { applicationId: application.id, kind, fileName, sha256, mediaType, bytes },
    actor.staffId,
    actor.at,
  );
  await port.audit(
    auditOnCase(actor, actingAppointment(actor, 'document:add', application.branchId), 'document.add', application.id, {
      documentId: view.id,
      kind,
      number: view.number,
      sha256,
    }),
  );
  return ok(view);
}
