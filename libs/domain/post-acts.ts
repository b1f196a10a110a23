import { LOAN_POSTS, type LoanPost } from './authority.js';
import type { ReturnStage } from './workflow.js';

export interface RecordedAct {
  readonly post: LoanPost;
  readonly action:
    | 'investigate'
    | 'accompany'
    | 'secure'
    | 'compare'
    | 'check'
    | 'answer'
    | 'pass_review'
    | 'convene'
    | 'vote'
    | 'close'
    | 'approve'
    | 'refuse'
    | 'send_back';
  readonly staffId: string;
  readonly returnTo: ReturnStage | null;
}

const reaches = (returnTo: ReturnStage, post: LoanPost): boolean => {
  const target = LOAN_POSTS.indexOf(returnTo as LoanPost);
  return target !== -1 && target <= LOAN_POSTS.indexOf(post);
};

/**
 * Of acts in the order in which they were done, those that still stand: a return to a post undoes what that post and
 * the ones behind it did before.
 */
export function standingActs<Act extends RecordedAct>(acts: readonly Act[]): Act[] {
  return acts.filter(
    (act, index) =>
      act.action !== 'send_back' &&
      !acts.slice(index + 1).some(({ returnTo }) => returnTo !== null && reaches(returnTo, act.post)),
  );
}

/** The post, other than `post`, at which somebody has acted on this loan, in whatever round; null where at none (G1). */
export const otherPostOf = (acts: readonly RecordedAct[], staffId: string, post: LoanPost): LoanPost | null =>
  acts.find((act) => act.staffId === staffId && act.post !== post)?.post ?? null;
