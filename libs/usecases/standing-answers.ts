import { contentHash } from '../rules/content-hash.js';
import type { Finding } from '../rules/evaluate.js';

/** An answer, or a waiver that has not ended, to a finding of an application. */
export interface AnsweredFinding {
  readonly checkpoint: string;
  readonly ruleId: string;
  readonly excepted: string | null;
  readonly operands: unknown;
  readonly waived: boolean;
}

export interface StandingAnswersPort {
  /** The findings of every checkpoint that are answered or waived on a day, since the review was last sent back to. */
  standingAnswers(applicationId: string, on: string): Promise<AnsweredFinding[]>;
}

type Found = Pick<Finding, 'ruleId' | 'excepted' | 'operands'>;

const alike = (one: { operands: unknown }, other: { operands: unknown }): boolean =>
  contentHash(one.operands) === contentHash(other.operands);

/**
 * Whether what was found at release was answered: that very finding at an earlier attempt; or, of an exception, what the
 * intake found of the same figures (C9).
 */
export const isAnswered = (found: Found, answers: readonly AnsweredFinding[]): boolean =>
  answers.some(
    (answer) =>
      alike(answer, found) &&
      ((answer.checkpoint === 'release' && answer.ruleId === found.ruleId) ||
        (found.excepted !== null && answer.excepted === found.excepted)),
  );

/** Whether a finding is waived: that very finding, of the same figures, at the same checkpoint. */
export const isWaived = (found: Found, checkpoint: string, answers: readonly AnsweredFinding[]): boolean =>
  answers.some(
    (answer) =>
      answer.waived && answer.checkpoint === checkpoint && answer.ruleId === found.ruleId && alike(answer, found),
  );
