import { err, ok, type Result } from 'neverthrow';
import type { ComparisonOutcome, SpecimenKind } from '../domain/collateral.js';
import { type Fault, fault, type Problem, problem } from '../domain/problem.js';
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

export interface LodgedSpecimen {
  readonly kind: SpecimenKind;
  readonly holder: string;
  readonly lodgedById: string | null;
}

export interface CompareSpecimenPort extends SecurityPort {
  /** The specimen, if the report's firm had lodged it before the report came in, for the day of the report. */
  lodgedSpecimen(appraisalId: string, specimenId: string): Promise<LodgedSpecimen | null>;
  addComparison(
    appraisalId: string,
    comparison: NewComparison,
    by: { staffId: string; appointmentId: string },
    at: Date,
  ): Promise<void>;
}

const notLodged = (): Fault =>
  fault('/specimenId', 'specimen.not-of-firm', {
    zh: '不是该评估机构在报告提交前留存的印鉴',
    en: 'is no specimen that the firm had lodged before its report came in',
  });

const otherSigner = (signer: string): Fault =>
  fault('/specimenId', 'specimen.other-signer', {
    zh: `报告由${signer}签字，须与其本人样本比对`,
    en: `the report is signed by ${signer}: compare it with that person's specimen`,
  });

const tookItIn = (): Problem =>
  problem(
    'forbidden',
    'specimen.lodged-by-you',
    { zh: '样本由您留存，须由他人比对', en: 'you took this specimen in: somebody else compares it' },
    { clause: 'G3' },
  );

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
    const specimen = await port.lodgedSpecimen(appraisal.id, comparison.specimenId);
    if (specimen === null) return err(invalidInput([notLodged()]));
    if (specimen.kind === 'signature' && specimen.holder !== appraisal.signer)
      return err(invalidInput([otherSigner(appraisal.signer)]));
    if (specimen.lodgedById === staffId) return err(tookItIn());
    await port.addComparison(appraisal.id, comparison, { staffId, appointmentId: appointment.id }, actor.at);
    return ok({ collateralId, told: { appraisalId: appraisal.id, ...comparison } });
  });
}
