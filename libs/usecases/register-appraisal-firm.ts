import { err, ok, type Result } from 'neverthrow';
import { fault, type Problem } from '../domain/problem.js';
import type { Actor } from './actor.js';
import type { FirmsPort } from './appraisal-firms.js';
import { invalidInput } from './problems.js';
import { auditOf } from './records.js';

export interface RegisterFirmPort extends FirmsPort {
  addFirm(firm: { name: string; creditCode: string }): Promise<string>;
}

/** Registers an appraisal firm: that alone puts it on no panel (G3). */
export async function registerAppraisalFirm(
  port: RegisterFirmPort,
  actor: Actor,
  firm: { name: string; creditCode: string },
): Promise<Result<{ id: string; name: string; creditCode: string }, Problem>> {
  if ((await port.firms()).some(({ creditCode }) => creditCode === firm.creditCode)) {
    return err(
      invalidInput([
        fault('/creditCode', 'firm.registered', { zh: '该机构已登记', en: 'this firm is registered already' }),
      ]),
    );
  }
  const id = await port.addFirm(firm);
  await port.audit(
    auditOf(actor, 'appraiser:manage', 'firm.register', { kind: 'appraisal_firm', id }, { after: firm }),
  );
  return ok({ id, ...firm });
}
