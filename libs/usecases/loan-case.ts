import { err, ok, type Result } from 'neverthrow';
import { type AuthorityRoute, clauseOfRoute, holdersOf, LOAN_POST_NAMES, type LoanPost } from '../domain/authority.js';
import type { DayCount, RepaymentMethod } from '../domain/instalment-plan.js';
import type { PaymentMode } from '../domain/payment-mode.js';
import { POSTS, type Post } from '../domain/post.js';
import { otherPostOf, type RecordedAct } from '../domain/post-acts.js';
import { type Problem, problem } from '../domain/problem.js';
import type { Verdict } from '../domain/verdict.js';
import { type ApplicationEvent, type ApplicationStage, nextStage } from '../domain/workflow.js';
import type { ActiveAppointment, Actor } from './actor.js';
import { notFound, staleVersion, wrongStage } from './problems.js';
import type { RecordsPort } from './records.js';
import type { ApplicationView } from './views.js';

export interface OpenFinding {
  readonly id: string;
  readonly verdict: Verdict;
  readonly checkpoint: 'intake' | 'review' | 'release';
  readonly ruleId: string;
  /** Of the book that the finding was made by. */
  readonly bookHash: string;
  readonly excepted: string | null;
  readonly answered: boolean;
}

export interface MeetingMember {
  readonly staffId: string;
  readonly conflict: string | null;
}

export interface Meeting {
  readonly id: string;
  readonly round: number;
  readonly amountFen: number;
  readonly closed: boolean;
  readonly outcome: 'carried' | 'rejected' | null;
  readonly members: readonly MeetingMember[];
}

export interface CaseAct extends RecordedAct {
  readonly id: string;
  readonly appointmentPost: Post;
  readonly staffName: string;
  readonly actedAt: string;
  readonly deliberationId: string | null;
  readonly choice: 'support' | 'oppose' | 'abstain' | null;
  readonly opinion: string;
}

export interface AgreedTerms {
  readonly amountFen: number;
  readonly termMonths: number;
  readonly rateTenThousandths: number;
  readonly method: RepaymentMethod;
  readonly dayCount: DayCount;
  readonly payee: string;
  /** Entrusted payment to the payee, or to the borrower's own account. */
  readonly paymentMode: PaymentMode;
  readonly conditions: readonly string[];
}

/** An application with everything that its posts have done. */
export interface LoanCase {
  readonly application: ApplicationView;
  readonly route: AuthorityRoute | null;
  readonly round: number;
  /** In the order in which they were done. */
  readonly acts: readonly CaseAct[];
  /** REFER findings of the newest decision at each checkpoint; answered once where they are found again alike. */
  readonly referrals: readonly OpenFinding[];
  /** BLOCK findings of the same decisions; answered where they are waived. */
  readonly blocks: readonly OpenFinding[];
  readonly meeting: Meeting | null;
  readonly terms: AgreedTerms | null;
  readonly bookHash: string | null;
  /** The newest decision of the review's checkpoint. */
  readonly reviewCheck: { readonly outcomeHash: string; readonly verdict: Verdict } | null;
  /** Conditions of the approval that the newest contract shows met. */
  readonly conditionsMet: number;
  /** The paper that links the payee to the purpose, by the newest contract. */
  readonly purposeDocumentId: string | null;
}

export interface NewAct {
  readonly post: LoanPost;
  readonly action: RecordedAct['action'];
  readonly staffId: string;
  readonly appointmentId: string;
  readonly opinion: string;
  readonly content?: object;
  readonly deliberationId?: string;
  readonly choice?: 'support' | 'oppose' | 'abstain';
  readonly returnTo?: ApplicationStage;
}

export interface Move {
  readonly stage: ApplicationStage;
  readonly route?: AuthorityRoute;
  readonly round?: number;
  readonly approvedAmountFen?: number | null;
  readonly closedReason?: string;
}

/** What every command at a post needs of the database. */
export interface CasePort extends RecordsPort {
  loanCase(id: string): Promise<LoanCase | null>;
  recordAct(loanCase: LoanCase, act: NewAct, at: Date): Promise<void>;
  /** Null where the version is no longer the one given. */
  move(id: string, version: number, move: Move, at: Date): Promise<ApplicationView | null>;
}

export interface CaseCommand {
  readonly id: string;
  readonly version: number;
}

/** A case that the actor may act on at a post now, under the appointment that gives it. */
export interface TakenCase {
  readonly loanCase: LoanCase;
  readonly route: AuthorityRoute;
  readonly staffId: string;
  readonly appointment: ActiveAppointment & { readonly id: string };
}

const notThisPost = (route: AuthorityRoute, post: LoanPost): Problem => {
  const names = holdersOf(route, post).map((one) => POSTS[one]);
  return problem(
    'forbidden',
    'post.not-held',
    {
      zh: `${LOAN_POST_NAMES[post].zh}由${names.map(({ zh }) => zh).join('、')}担任，您没有有效的聘任`,
      en: `${LOAN_POST_NAMES[post].en} belongs to: ${names.map(({ en }) => en).join(', ')}; you hold no such post here today`,
    },
    { clause: clauseOfRoute(route) },
  );
};

export const actedElsewhere = (other: LoanPost): Problem =>
  problem(
    'forbidden',
    'post.acted-at-another',
    {
      zh: `您已在${LOAN_POST_NAMES[other].zh}经办本笔贷款，不得再任他岗`,
      en: `you have acted on this loan at ${LOAN_POST_NAMES[other].en}: nobody acts at two posts`,
    },
    { clause: 'G1' },
  );

/** The appointment in force that gives `post` on `route` for a branch. */
function appointmentFor(
  appointments: readonly ActiveAppointment[],
  route: AuthorityRoute,
  post: LoanPost,
  branchId: string,
) {
  const holders = holdersOf(route, post);
  return appointments.find(
    (one): one is ActiveAppointment & { id: string } =>
      one.id !== null && holders.includes(one.post) && (route === 'within' ? one.unitId === branchId : one.headOffice),
  );
}

/** The case at its present version, in a stage that `event` leaves. */
export async function caseFor(
  port: CasePort,
  { id, version }: CaseCommand,
  event: ApplicationEvent,
  act: { zh: string; en: string },
): Promise<Result<LoanCase, Problem>> {
  const loanCase = await port.loanCase(id);
  if (loanCase === null) return err(notFound({ zh: '申请', en: 'application' }));
  const { application } = loanCase;
  if (application.version !== version) return err(staleVersion(application.version));
  if (nextStage(application.stage, event) === null) return err(wrongStage(application.stage, act));
  return ok(loanCase);
}

/** Takes a case for an act at a post: right stage, right post on its route, nobody who acted at another post (G1). */
export async function takeCase(
  port: CasePort,
  actor: Actor,
  command: CaseCommand,
  post: LoanPost,
  event: ApplicationEvent,
  act: { zh: string; en: string },
): Promise<Result<TakenCase, Problem>> {
  const found = await caseFor(port, command, event, act);
  return found.andThen((loanCase) => entitled(loanCase, actor, post));
}

/** Whether the actor may act on a case at a post, whatever its stage. */
export function entitled(loanCase: LoanCase, actor: Actor, post: LoanPost): Result<TakenCase, Problem> {
  const { application, route, acts } = loanCase;
  if (route === null || actor.staffId === null)
    return err(wrongStage(application.stage, { zh: '经办', en: 'acted on' }));
  const appointment = appointmentFor(actor.appointments, route, post, application.branchId);
  if (appointment === undefined) return err(notThisPost(route, post));
  const other = otherPostOf(acts, actor.staffId, post);
  if (other !== null) return err(actedElsewhere(other));
  return ok({ loanCase, route, staffId: actor.staffId, appointment });
}
