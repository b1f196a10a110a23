import { ok, type Result } from 'neverthrow';
import type { Problem } from '../domain/problem.js';
import { type Actor, unitsFor } from '../usecases/actor.js';
import {
  type BureauQueryView,
  type CreditBureau,
  closeBureauQuery,
  openBureauQuery,
  type PreparedQuery,
} from '../usecases/query-bureau.js';
import { type CommandAnswer, type IdempotencyRequest, isProblem, runCommand } from './commands.js';
import { inUnionTransaction } from './prisma.js';
import { reachOf } from './scope.js';
import { ApplicationStore } from './stores/application-store.js';
import type { PersistenceTools } from './tools.js';

/**
 * Asks the bureau about an applicant, once for each key: every query counts against the customer. No transaction is
 * open while the bureau answers, however slow it is.
 */
export async function askBureau(
  tools: PersistenceTools,
  bureau: CreditBureau,
  actor: Actor,
  idempotency: IdempotencyRequest,
  applicationId: string,
): Promise<CommandAnswer | Problem> {
  let prepared: PreparedQuery | undefined;
  const opened = await runCommand(
    tools,
    { actor, units: unitsFor(actor, 'bureau:query') },
    idempotency,
    201,
    async (tx): Promise<Result<{ queryId: string }, Problem>> => {
      const outcome = await openBureauQuery(new ApplicationStore(tx, tools, actor), actor, applicationId);
      if (outcome.isErr()) return outcome.map(({ queryId }) => ({ queryId }));
      prepared = outcome.value;
      return ok({ queryId: outcome.value.queryId }); // the identity number is not kept with the key
    },
  );
  if (isProblem(opened)) return opened;
  const body =
    prepared === undefined
      ? await earlierQuery(tools, actor, opened.body as { queryId: string })
      : await fetchAndClose(tools, bureau, actor, prepared);
  return { ...opened, body };
}

/** Sends a query that was opened before, and records what came back. */
export async function fetchAndClose(
  tools: PersistenceTools,
  bureau: CreditBureau,
  actor: Actor,
  query: PreparedQuery,
  retry: 'retry-later' | 'quiet' = 'retry-later',
): Promise<BureauQueryView> {
  const answer = await bureau.fetchReport(query.request);
  return inUnionTransaction(tools.prisma, reachOf(actor, 'bureau:query'), (tx) =>
    closeBureauQuery(new ApplicationStore(tx, tools, actor), actor, query, answer, bureau.provider, retry),
  );
}

async function earlierQuery(
  tools: PersistenceTools,
  actor: Actor,
  { queryId }: { queryId: string },
): Promise<BureauQueryView> {
  const found = await inUnionTransaction(tools.prisma, reachOf(actor, 'bureau:query'), (tx) =>
    tx.bureauQuery.findFirstOrThrow({
      where: { id: queryId },
      select: { outcome: true, detail: true, reports: { select: { id: true } } },
    }),
  );
  return { queryId, outcome: found.outcome, reportId: found.reports[0]?.id ?? null, detail: found.detail };
}
