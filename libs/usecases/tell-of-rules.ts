import type { NotificationKind } from '../domain/notification-kind.js';
import type { Post } from '../domain/post.js';
import { STOP_POSTS } from '../domain/product-stop.js';
import type { HappenedEvent, NoticesPort } from './notices.js';

interface Word {
  readonly kind: NotificationKind;
  readonly posts: readonly Post[];
  /** The one person whose turn it is beside the posts, by the payload. */
  readonly person?: 'makerId' | 'requestedById';
}

const COMPLIANCE: readonly Post[] = ['compliance_maker', 'compliance_checker'];
const HEADS: readonly Post[] = ['president', 'vice_president', 'head_of_credit_department', 'auditor'];
/** Who can accept nothing of a stopped product, and answers to the customers for it. */
const LENDERS: readonly Post[] = ['branch_director', 'field_credit_officer', 'customer_department_investigator'];

const WORDS: Readonly<Record<string, Word>> = {
  'rules.submitted': { kind: 'draft_submitted', posts: ['compliance_checker'] },
  'rules.checked': { kind: 'draft_checked', posts: [], person: 'makerId' },
  'rules.returned': { kind: 'draft_returned', posts: [], person: 'makerId' },
  'rules.published': { kind: 'rules_published', posts: [...COMPLIANCE, ...HEADS] },
  'product.stop-ordered': { kind: 'stop_ordered', posts: STOP_POSTS },
  'product.stopped': { kind: 'product_stopped', posts: [...STOP_POSTS, ...LENDERS] },
  'product.lifting-ordered': { kind: 'lifting_ordered', posts: STOP_POSTS },
  'product.resumed': { kind: 'stop_lifted', posts: [...STOP_POSTS, ...LENDERS] },
  'impact.done': { kind: 'impact_done', posts: [], person: 'requestedById' },
  'impact.failed': { kind: 'impact_failed', posts: [], person: 'requestedById' },
};

/** Tells those who act next on a draft or a stop, those whom it binds, and who asked for an impact run, but for who did it; null for another topic. */
export async function tellOfRules(
  port: NoticesPort,
  { id, topic, payload }: HappenedEvent,
  on: string,
  at: Date,
): Promise<string[] | null> {
  const word = WORDS[topic];
  const subjectId = payload['draftId'] ?? payload['stopId'] ?? payload['runId'];
  if (word === undefined || subjectId === undefined) return null;
  const maker = word.person === undefined ? undefined : payload[word.person];
  const holders = await port.holdersAnywhere(word.posts, on);
  const told = [...holders, ...(maker === undefined ? [] : [maker])].filter((staffId) => staffId !== payload['byId']);
  return port.notify(told, { kind: word.kind, applicationId: null, unitId: null, stage: null, subjectId }, id, at);
}
