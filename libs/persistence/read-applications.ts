import type { ListApplicationsQuery } from '../contracts/http/applications.js';
import { type CivilDate, civilDateFromUtc } from '../domain/civil-date.js';
import type { Language } from '../domain/text.js';
import { CATALOGUE } from '../rules/catalogue/index.js';
import type { FactSet } from '../rules/fact-value.js';
import type { ApplicationView } from '../usecases/views.js';
import type { PrismaTransaction } from './prisma.js';
import { applicationView, WITH_PRODUCT } from './stores/application-store.js';

/** One page of applications of the units in reach, newest first. */
export async function listApplications(
  tx: PrismaTransaction,
  units: 'all' | readonly string[],
  query: ListApplicationsQuery,
): Promise<{ items: ApplicationView[]; nextCursor: string | null }> {
  const rows = await tx.loanApplication.findMany({
    where: {
      AND: [
        units === 'all' ? {} : { branchId: { in: [...units] } },
        query.branchId === undefined ? {} : { branchId: query.branchId },
      ],
      ...(query.stage === undefined ? {} : { stage: query.stage }),
      ...(query.cursor === undefined ? {} : { id: { lt: query.cursor } }),
    },
    include: WITH_PRODUCT,
    orderBy: { id: 'desc' },
    take: query.limit + 1,
  });
  const page = rows.slice(0, query.limit);
  return { items: page.map(applicationView), nextCursor: rows.length > query.limit ? (page.at(-1)?.id ?? null) : null };
}

export interface DecisionReading {
  readonly id: string;
  readonly applicationId: string;
  readonly checkpoint: string;
  readonly businessDate: CivilDate;
  readonly decidedAt: string;
  readonly verdict: string;
  readonly bookHash: string;
  readonly parameterSetHash: string;
  readonly findings: readonly object[];
  readonly facts: readonly object[];
}

/** Decisions of an application, newest first, with facts, sources and reasons in one language. */
export async function readDecisions(
  tx: PrismaTransaction,
  where: { applicationId: string } | { id: string },
  language: Language,
): Promise<DecisionReading[]> {
  const rows = await tx.decision.findMany({
    where,
    include: { findings: { orderBy: { position: 'asc' } } },
    orderBy: { decidedAt: 'desc' },
    take: 100,
  });
  return rows.map((row) => ({
    id: row.id,
    applicationId: row.applicationId,
    checkpoint: row.checkpoint,
    businessDate: civilDateFromUtc(row.businessDate),
    decidedAt: row.decidedAt.toISOString(),
    verdict: row.verdict,
    bookHash: row.bookHash,
    parameterSetHash: row.parameterSetHash,
    findings: row.findings.map(
      ({ ruleId, clause, severity, verdict, judged, excepted, operands, reasonZh, reasonEn }) => ({
        ruleId,
        clause,
        severity,
        verdict,
        judged,
        excepted,
        operands,
        reason: language === 'zh' ? reasonZh : reasonEn,
      }),
    ),
    facts: Object.entries(row.facts as unknown as FactSet).map(([name, fact]) => ({
      name,
      label: CATALOGUE.get(name)?.label[language] ?? name,
      ...fact,
    })),
  }));
}
