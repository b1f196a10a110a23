import type { Explanation } from './explain.js';

/** A decision as kept, explained again from its own facts, book and parameters. */
export interface ExplainedDecision {
  readonly id: string;
  readonly applicationId: string;
  readonly fileNo: string;
  /** Name of the branch. */
  readonly branch: string;
  /** ISO 8601, UTC. */
  readonly decidedAt: string;
  /** False where deciding again does not give the stored verdict and findings: see `wugang replay`. */
  readonly reproduced: boolean;
  readonly explanation: Explanation;
}
