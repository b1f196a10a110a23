import { err, ok, type Result } from 'neverthrow';
import type { LoanPost } from '../domain/authority.js';
import type { CollateralClass, ComparisonOutcome, SpecimenKind, TitleOutcome } from '../domain/collateral.js';
import type { Problem } from '../domain/problem.js';
import type { Bilingual } from '../domain/text.js';
import type { ApplicationStage } from '../domain/workflow.js';
import type { Actor } from './actor.js';
import { type CaseCommand, type CasePort, entitled, type TakenCase } from './loan-case.js';
import { notFound, staleVersion, wrongStage } from './problems.js';
import { auditOnCase } from './records.js';

interface ComparisonView {
  readonly id: string;
  readonly specimenId: string;
  readonly kind: SpecimenKind;
  readonly holder: string;
  readonly outcome: ComparisonOutcome;
  readonly opinion: string;
  readonly comparedBy: string;
}

export interface AppraisalView {
  readonly id: string;
  readonly firmId: string | null;
  readonly firmName: string;
  readonly firmCreditCode: string;
  readonly reportNo: string;
  readonly signer: string;
  readonly appraisedOn: string;
  readonly validUntil: string;
  readonly valueFen: number;
  readonly documentId: string;
  readonly comparisons: readonly ComparisonView[];
}

/** A thing that secures an application, with all that is known of it. */
export interface CollateralView {
  readonly id: string;
  readonly applicationId: string;
  readonly number: number;
  readonly class: CollateralClass;
  readonly description: string;
  readonly ownerName: string;
  readonly certificateNo: string;
  readonly securedFen: number;
  readonly withdrawn: boolean;
  readonly titleChecks: readonly {
    readonly id: string;
    readonly registry: string;
    readonly checkedOn: string;
    readonly outcome: TitleOutcome;
    readonly evidence: string;
    readonly checkedBy: string;
  }[];
  readonly marketEvidence: readonly {
    readonly id: string;
    readonly source: string;
    readonly observedOn: string;
    readonly valueFen: number;
    readonly evidence: string;
  }[];
  /** The newest last: it is the one that counts. */
  readonly appraisals: readonly AppraisalView[];
}

export interface SecurityPort extends CasePort {
  collateralOf(applicationId: string): Promise<CollateralView[]>;
  /** The application is at its next version: who saw the one before sees that something changed. */
  touch(applicationId: string): Promise<void>;
}

export type CollateralCommand = CaseCommand & { readonly collateralId: string };

const ACTIONS = { investigation: 'secure', review: 'compare' } as const satisfies Partial<Record<LoanPost, string>>;

/** One thing of a case, or a problem where it is not there or was withdrawn. */
export async function collateralIn(
  port: SecurityPort,
  { id, collateralId }: CollateralCommand,
): Promise<Result<CollateralView, Problem>> {
  const found = (await port.collateralOf(id)).find((one) => one.id === collateralId);
  return found === undefined || found.withdrawn ? err(notFound({ zh: '抵质押物', en: 'collateral' })) : ok(found);
}

/**
 * Work on what secures a loan, by the post that owns it and in its stage: the investigation records, the review
 * compares. It is an act at that post: whoever did it acts at no other (G1). Gives the thing as it is afterwards.
 */
export async function workOnSecurity(
  port: SecurityPort,
  actor: Actor,
  command: CaseCommand,
  post: keyof typeof ACTIONS,
  act: {
    readonly name: string;
    readonly done: Bilingual;
    readonly opinion: string;
    /** Stages, besides that of the post, at which it may be done. */
    readonly alsoAt?: readonly ApplicationStage[];
  },
  work: (taken: TakenCase) => Promise<Result<{ collateralId: string; told: object }, Problem>>,
): Promise<Result<CollateralView, Problem>> {
  const taken = await takeSecurity(port, actor, command, post, act);
  if (taken.isErr()) return err(taken.error);
  const worked = await work(taken.value);
  if (worked.isErr()) return err(worked.error);
  const { collateralId, told } = worked.value;
  const { loanCase, staffId, appointment } = taken.value;
  await port.recordAct(
    loanCase,
    {
      post,
      action: ACTIONS[post],
      staffId,
      appointmentId: appointment.id,
      opinion: act.opinion,
      content: { act: act.name, collateralId, ...told },
    },
    actor.at,
  );
  await port.touch(command.id);
  await port.audit(auditOnCase(actor, appointment.id, act.name, command.id, { collateralId, ...told }));
  const after = (await port.collateralOf(command.id)).find(({ id }) => id === collateralId);
  return after === undefined ? err(notFound({ zh: '抵质押物', en: 'collateral' })) : ok(after);
}

/** The case at the stage of the post, or at another stage at which the post's work goes on. */
async function takeSecurity(
  port: SecurityPort,
  actor: Actor,
  { id, version }: CaseCommand,
  post: keyof typeof ACTIONS,
  { done, alsoAt = [] }: { readonly done: Bilingual; readonly alsoAt?: readonly ApplicationStage[] },
): Promise<Result<TakenCase, Problem>> {
  const loanCase = await port.loanCase(id);
  if (loanCase === null) return err(notFound({ zh: '申请', en: 'application' }));
  const { application } = loanCase;
  if (application.version !== version) return err(staleVersion(application.version));
  if (![post, ...alsoAt].includes(application.stage)) return err(wrongStage(application.stage, done));
  return entitled(loanCase, actor, post);
}
