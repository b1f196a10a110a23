export interface Ballot {
  /** Members when the meeting was convened. */
  readonly members: number;
  readonly votes: readonly ('support' | 'oppose' | 'abstain')[];
}

export interface DeliberationPolicy {
  /** A meeting needs this share of its members, in percent, and at least so many. */
  readonly quorumPercent: number;
  readonly fewestMembers: number;
  /** It carries with this share of those present, in percent. */
  readonly carryPercent: number;
}

export const quorumReached = ({ members, votes }: Ballot, policy: DeliberationPolicy): boolean =>
  votes.length >= policy.fewestMembers && votes.length * 100 >= members * policy.quorumPercent;

/** Those who abstain are present. */
export const carried = ({ votes }: Ballot, policy: DeliberationPolicy): boolean =>
  votes.filter((vote) => vote === 'support').length * 100 >= votes.length * policy.carryPercent;
