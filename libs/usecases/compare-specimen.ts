import { err, ok, type Result } from 'neverthrow';
import type { ComparisonOutcome } from '../domain/collateral.js';
import { fault, type Problem } from '../domain/problem.js';
import type { Actor } from './actor.js';
import { invalidInput, notFound } from './problems.js';
import {
  type CollateralCommand,
  type CollateralView,
  collateralIn,
  type SecurityPort,
  workOnSecurity,
} from './security-work.js';

export interface NewComparison {
  readonly specimenId: string;
  readonly outcome: ComparisonOutcome;
  readonly opinion: string;
}

export interface CompareSpecimenPort extends SecurityPort {
  /** Whether the firm had lodged the specimen by that day. */
  specimenOf(firmId: string, specimenId: string, on: string): Promise<boolean>;
  addComparison(
    appraisalId: string,
    comparison: NewComparison,
    by: { staffId: string; appointmentId: string },
    at: Date,
  ): Promise<void>;
}

/** A reviewer sets a report's seal or signature against the firm's specimen and says what he sees (G3). */
export function compareSpecimen(
  port: CompareSpecimenPort,
  actor: Actor,
  command: CollateralCommand & { appraisalId: string; comparison: NewComparison },
): Promise<Result<CollateralView, Problem>> {
  const { comparison, collateralId } = command;
  const act = {
    name: 'collateral.compare',
    done: { zh: '比对印鉴', en: 'compared with specimens' },
    opinion: comparison.opinion,
  };
  return workOnSecurity(port, actor, command, 'review', act, async ({ staffId, appointment }) => {
    const collateral = await collateralIn(port, command);
    if (collateral.isErr()) return err(collateral.error);
    const appraisal = collateral.value.appraisals.find(({ id }) => id === command.appraisalId);
    if (appraisal === undefined) return err(notFound({ zh: '评估报告', en: 'appraisal' }));
    const lodged =
      appraisal.firmId !== null &&
      (await port.specimenOf(appraisal.firmId, comparison.specimenId, appraisal.appraisedOn));
    if (!lodged) {
      return err(
        invalidInput([
          fault('/specimenId', 'specimen.not-of-firm', {
            zh: '不是该评估机构在评估日留存的印鉴',
            en: 'is no specimen that the firm had lodged on the day of its report',
          }),
        ]),
      );
    }
    await port.addComparison(appraisal.id, comparison, { staffId, appointmentId: appointment.id }, actor.at);
    return ok({ collateralId, told: { appraisalId: appraisal.id, ...comparison } });
  });
}
