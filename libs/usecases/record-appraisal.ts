import { err, ok, type Result } from 'neverthrow';
import { type Fault, fault, type Problem } from '../domain/problem.js';
import type { Actor } from './actor.js';
import type { DocumentView } from './add-document.js';
import { futureDate, invalidInput, unknownRecord } from './problems.js';
import {
  type CollateralCommand,
  type CollateralView,
  collateralIn,
  type SecurityPort,
  workOnSecurity,
} from './security-work.js';

export interface NewAppraisal {
  readonly firmName: string;
  readonly firmCreditCode: string;
  readonly reportNo: string;
  readonly signer: string;
  readonly appraisedOn: string;
  readonly validUntil: string;
  readonly valueFen: number;
  /** The report itself: a paper of this loan file. */
  readonly documentId: string;
}

export interface RecordAppraisalPort extends SecurityPort {
  documents(applicationId: string): Promise<DocumentView[]>;
  addAppraisal(
    collateralId: string,
    appraisal: NewAppraisal & { sha256: string },
    staffId: string,
    at: Date,
  ): Promise<void>;
}

/**
 * Records a firm's report on a thing (G3). Whether the firm is on the panel, and its seal the specimen's, is not asked
 * here: what came in is recorded as it is, and the rules of the later checkpoints find what is wrong with it.
 */
export function recordAppraisal(
  port: RecordAppraisalPort,
  actor: Actor,
  command: CollateralCommand & { appraisal: NewAppraisal },
): Promise<Result<CollateralView, Problem>> {
  const { appraisal, collateralId } = command;
  const act = {
    name: 'collateral.appraise',
    done: { zh: '登记评估报告', en: 'appraised' },
    opinion: `登记评估报告 ${appraisal.reportNo}`,
  };
  return workOnSecurity(port, actor, command, 'investigation', act, async ({ staffId }) => {
    const found = await collateralIn(port, command);
    if (found.isErr()) return err(found.error);
    const paper = (await port.documents(command.id)).find(
      ({ id, kind }) => id === appraisal.documentId && kind === 'appraisal_report',
    );
    const faults: Fault[] = [];
    if (appraisal.appraisedOn > actor.businessDate) faults.push(futureDate('/appraisedOn'));
    if (appraisal.validUntil < appraisal.appraisedOn)
      faults.push(fault('/validUntil', 'input.dates', { zh: '早于评估日', en: 'is before the day of the appraisal' }));
    if (paper === undefined) faults.push(unknownRecord('/documentId', { zh: '评估报告', en: 'appraisal report' }));
    if (paper === undefined || faults.length > 0) return err(invalidInput(faults));
    await port.addAppraisal(collateralId, { ...appraisal, sha256: paper.sha256 }, staffId, actor.at);
    return ok({ collateralId, told: appraisal });
  });
}
