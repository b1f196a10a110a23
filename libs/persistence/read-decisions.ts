import { civilDateFromUtc } from '../domain/civil-date.js';
import type { Bilingual } from '../domain/text.js';
import type { Verdict } from '../domain/verdict.js';
import { contentHash } from '../rules/content-hash.js';
import type { FindingOperand } from '../rules/evaluate.js';
import type { FactSet } from '../rules/fact-value.js';
import type { Checkpoint } from '../rules/rule-format.js';
import type { PrismaTransaction } from './prisma.js';

/** A finding as stored. */
export interface StoredFinding {
  readonly ruleId: string;
  readonly clause: string;
  readonly severity: Verdict;
  readonly verdict: Verdict;
  readonly judged: boolean;
  readonly excepted: string | null;
  readonly operands: readonly FindingOperand[];
  readonly reason: Bilingual;
  /** The book that found it, where not the decision's own. */
  readonly bookHash: string | null;
  /** Null in the answer of the act that found it. */
  readonly id?: string;
  readonly words?: readonly FindingWord[];
}

/** What was said to a finding by the post that its rule names; a waiver until its last day. */
export interface FindingWord {
  readonly by: string;
  readonly opinion: string;
  readonly at: string;
  readonly waivedUntil: string | null;
}

/** A decision as stored, in both languages. */
export interface StoredDecision {
  readonly id: string;
  readonly applicationId: string;
  readonly checkpoint: Checkpoint;
  readonly businessDate: string;
  readonly decidedAt: string;
  readonly verdict: Verdict;
  readonly bookHash: string;
  readonly pinnedBookHash: string | null;
  readonly parameterSetHash: string;
  readonly findings: readonly StoredFinding[];
  readonly facts: FactSet;
}

const MOST = 100;

/** Decisions of an application, newest first, or one by its id. */
export async function readDecisions(
  tx: PrismaTransaction,
  where: { applicationId: string } | { id: string },
): Promise<StoredDecision[]> {
  const words = await wordsOf(tx, where);
  const rows = await tx.decision.findMany({
    where,
    include: { findings: { orderBy: { position: 'asc' } } },
    orderBy: { decidedAt: 'desc' },
    take: MOST,
  });
  return rows.map(
    ({
      id,
      applicationId,
      checkpoint,
      businessDate,
      decidedAt,
      verdict,
      bookHash,
      pinnedBookHash,
      parameterSetHash,
      ...row
    }) => ({
      id,
      applicationId,
      checkpoint: checkpoint.replaceAll('_', '-') as Checkpoint,
      businessDate: civilDateFromUtc(businessDate),
      decidedAt: decidedAt.toISOString(),
      verdict,
      bookHash,
      pinnedBookHash,
      parameterSetHash,
      findings: row.findings.map(
        ({ ruleId, clause, severity, verdict: told, judged, excepted, operands, reasonZh, reasonEn, ...found }) => ({
          ruleId,
          clause,
          severity,
          verdict: told,
          judged,
          excepted,
          operands: operands as unknown as FindingOperand[],
          reason: { zh: reasonZh, en: reasonEn },
          bookHash: found.bookHash,
          id: found.id,
          words: words(found.id, `${checkpoint} ${ruleId} ${contentHash(operands)}`, decidedAt),
        }),
      ),
      facts: row.facts as unknown as FactSet,
    }),
  );
}

/**
 * What was said to each finding: to itself, and the waivers of the same finding, of the same figures, at an earlier decision of
 * the checkpoint.
 */
async function wordsOf(tx: PrismaTransaction, decision: { applicationId: string } | { id: string }) {
  const of = 'id' in decision ? { application: { decisions: { some: decision } } } : decision;
  const rows = await tx.findingAnswer.findMany({
    where: { finding: { decision: of } },
    include: { staff: true, finding: { include: { decision: { select: { checkpoint: true } } } } },
    orderBy: { answeredAt: 'asc' },
  });
  const said = rows.map(({ findingId, finding, staff, opinion, answeredAt, waivedUntil }) => ({
    findingId,
    alike: `${finding.decision.checkpoint} ${finding.ruleId} ${contentHash(finding.operands)}`,
    answeredAt,
    word: {
      by: staff.name,
      opinion,
      at: answeredAt.toISOString(),
      waivedUntil: waivedUntil === null ? null : civilDateFromUtc(waivedUntil),
    },
  }));
  return (id: string, alike: string, decidedAt: Date): FindingWord[] =>
    said
      .filter(
        (one) =>
          one.findingId === id || (one.word.waivedUntil !== null && one.alike === alike && one.answeredAt <= decidedAt),
      )
      .map(({ word }) => word);
}
