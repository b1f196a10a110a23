import type { Post } from './post.js';
import type { Bilingual } from './text.js';

/** Days that a post may be handed on for at a time, the first and the last counted. The database holds to it too. */
export const DELEGATION_DAYS_AT_MOST = 31;

const VOTES: Bilingual = { zh: '成员须本人表决（G1）', en: 'a member votes in person (G1)' };

/** Posts that are of the person who holds them, with the reason. */
const IN_PERSON: Readonly<Partial<Record<Post, Bilingual>>> = {
  deliberation_group_member: VOTES,
  approval_group_member: VOTES,
  responsible_credit_officer: {
    zh: '责任信贷员由本人考试、评议竞聘（I2）',
    en: 'who is responsible won the post by an exam and a vote of his own (I2)',
  },
};

/** Why a post cannot be handed on, or null where it can. */
export const heldInPerson = (post: Post): Bilingual | null => IN_PERSON[post] ?? null;
