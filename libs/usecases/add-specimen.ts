import { err, ok, type Result } from 'neverthrow';
import type { SpecimenKind } from '../domain/collateral.js';
import type { Problem } from '../domain/problem.js';
import type { Actor } from './actor.js';
import type { FirmsPort } from './appraisal-firms.js';
import { futureDate, invalidInput, notFound } from './problems.js';
import { auditOf } from './records.js';

export interface NewSpecimen {
  readonly kind: SpecimenKind;
  readonly holder: string;
  readonly validFrom: string;
  readonly mediaType: string;
  readonly sha256: string;
  readonly image: Buffer;
}

export interface AddSpecimenPort extends FirmsPort {
  addSpecimen(firmId: string, specimen: NewSpecimen, staffId: string | null, at: Date): Promise<string>;
}

/** Keeps a firm's seal or handwritten signature as a specimen that later reports are set against (G3). */
export async function addSpecimen(
  port: AddSpecimenPort,
  actor: Actor,
  command: { firmId: string; specimen: NewSpecimen },
): Promise<Result<{ id: string; firmId: string; kind: SpecimenKind; holder: string; sha256: string }, Problem>> {
  const { firmId, specimen } = command;
  if (!(await port.firms()).some(({ id }) => id === firmId))
    return err(notFound({ zh: '评估机构', en: 'appraisal firm' }));
  if (specimen.validFrom > actor.businessDate) return err(invalidInput([futureDate('/validFrom')]));
  const id = await port.addSpecimen(firmId, specimen, actor.staffId, actor.at);
  const { kind, holder, sha256 } = specimen;
  await port.audit(
    auditOf(
      actor,
      'appraiser:manage',
      'firm.specimen',
      { kind: 'appraisal_firm', id: firmId },
      { after: { specimenId: id, kind, holder, sha256 } },
    ),
  );
  return ok({ id, firmId, kind, holder, sha256 });
}
