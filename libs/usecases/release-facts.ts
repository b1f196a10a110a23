import { LOAN_POSTS } from '../domain/authority.js';
import type { CivilDate } from '../domain/civil-date.js';
import { standingActs } from '../domain/post-acts.js';
import type { FactSet, GatheredFact } from '../rules/fact-value.js';
import type { GatheredApplication } from './checkpoint.js';
import type { CaseAct, LoanCase } from './loan-case.js';

/** The acts that a post is done with. */
const DECIDING: readonly string[] = ['investigate', 'pass_review', 'vote', 'approve'];

/** What the posts have done, as facts for the release's rules. */
export function factsOfCase(
  loanCase: LoanCase,
  legallySigned: boolean,
  today: GatheredApplication,
  asOf: CivilDate,
): FactSet {
  const { meeting, terms, referrals, blocks, conditionsMet, acts } = loanCase;
  const standing = standingActs(acts).filter(({ action }) => DECIDING.includes(action));
  const fact = (value: unknown): GatheredFact => ({ value, source: 'workflow', asOf });
  const deliberated = meeting?.outcome === 'carried' ? meeting.amountFen : 0;
  const open = [...referrals, ...blocks].filter(({ checkpoint, answered }) => checkpoint !== 'release' && !answered);
  const votes = standing.filter(({ deliberationId, choice }) => choice !== null && deliberationId === meeting?.id);
  const supports = votes.filter(({ choice }) => choice === 'support');
  const share = (part: number, whole: number): number => (whole === 0 ? 0 : (part * 100) / whole);
  return {
    'release.postsActed': fact(LOAN_POSTS.filter((post) => standing.some((act) => act.post === post)).length),
    'release.reviewCheckStands': fact(
      loanCase.reviewCheck !== null &&
        !open.some(({ checkpoint, verdict }) => checkpoint === 'review' && verdict === 'BLOCK'),
    ),
    'release.distinctPeople': fact(distinct(acts)),
    'release.unansweredFindings': fact(open.length),
    'release.membersVoted': fact(votes.length),
    'release.membersVotedPercent': fact(share(votes.length, meeting?.members.length ?? 0)),
    'release.membersSupportPercent': fact(share(supports.length, votes.length)),
    'release.aboveDeliberatedFen': fact(Math.max(0, (terms?.amountFen ?? 0) - deliberated)),
    'release.overAuthority': fact(loanCase.route === 'within' && today.route === 'over'),
    'release.legalSignatureStands': fact(legallySigned),
    'release.conditionsUnmet': fact(Math.max(0, (terms?.conditions.length ?? 0) - conditionsMet)),
    'release.paymentMode': terms === null ? { unknown: 'not-stated', source: 'workflow' } : fact(terms.paymentMode),
    'release.payeeLinked': fact(loanCase.purposeDocumentId !== null),
  };
}

/** Whether nobody has acted at two posts of the loan, in whatever round (G1). */
const distinct = (acts: readonly CaseAct[]): boolean =>
  acts.every(({ staffId, post }) => acts.every((other) => other.staffId !== staffId || other.post === post));
