import type { RuleBook } from '../rules/book.js';
import type { ParameterSet } from '../rules/parameters.js';

export interface BookInForce {
  readonly book: RuleBook;
  readonly parameters: ParameterSet;
}

/** The books that decide, the second beside the first where the stricter of both counts. */
export interface DecidingBooks {
  readonly first: RuleBook;
  readonly second: RuleBook | null;
}

/**
 * By which book an application is decided after its acceptance (policy.stageBook): the one pinned to it, the current one, or the
 * stricter of both, which is also what counts where the policy is missing. Null where the pinned book is not there.
 */
export async function decidingBooks(
  port: { publishedBook(hash: string): Promise<RuleBook | null> },
  { book, parameters }: BookInForce,
  pinnedHash: string | null,
): Promise<DecidingBooks | null> {
  const policy = parameters.values['policy.stageBook'];
  if (pinnedHash === null || pinnedHash === book.hash || policy === 'current') return { first: book, second: null };
  const pinned = await port.publishedBook(pinnedHash);
  if (pinned === null) return null;
  return policy === 'pinned' ? { first: pinned, second: null } : { first: book, second: pinned };
}
