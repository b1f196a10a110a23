import { civilDateFromUtc } from '../domain/civil-date.js';
import type { Bilingual } from '../domain/text.js';
import type { Verdict } from '../domain/verdict.js';
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
        ({ ruleId, clause, severity, verdict: told, judged, excepted, operands, reasonZh, reasonEn, ...by }) => ({
          ruleId,
          clause,
          severity,
          verdict: told,
          judged,
          excepted,
          operands: operands as unknown as FindingOperand[],
          reason: { zh: reasonZh, en: reasonEn },
          bookHash: by.bookHash,
        }),
      ),
      facts: row.facts as unknown as FactSet,
    }),
  );
}
