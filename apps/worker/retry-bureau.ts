import { civilDateOf, dateAtUtc } from '#libs/domain/civil-date.js';
import { fetchAndClose } from '#libs/persistence/ask-bureau.js';
import { inUnion } from '#libs/persistence/pool.js';
import { inUnionTransaction } from '#libs/persistence/prisma.js';
import { reachOf, wholeUnion } from '#libs/persistence/scope.js';
import type { Services } from '#libs/persistence/services.js';
import { DecisionStore } from '#libs/persistence/stores/decision-store.js';
import type { JobPayload } from '#libs/queue/jobs.js';
import { decideIntake } from '#libs/usecases/decide-intake.js';
import { jobActor } from './job-actor.js';

/**
 * Asks the bureau again where it had not answered properly, and runs the intake checkpoint for an application that
 * waited for it. Throws while the bureau still does not answer, so that the queue tries again later.
 */
export async function retryBureau(
  services: Services,
  { unionId, queryId, outboxId }: JobPayload<'bureau.retry'>,
): Promise<'not-needed' | 'no-consent' | 'answered' | 'decided'> {
  const { tools, bureau, books, gates } = services;
  const query = await inUnionTransaction(tools.prisma, wholeUnion(unionId), (tx) =>
    tx.bureauQuery.findFirst({
      where: { id: queryId },
      select: {
        outcome: true,
        purpose: true,
        consentId: true,
        consent: { select: { expiresOn: true, revokedOn: true } },
        partyId: true,
        party: { select: { name: true, identityCipher: true } },
        application: { select: { id: true, branchId: true, stage: true, waitingFor: true } },
      },
    }),
  );
  const { application, party } = query ?? {};
  if (
    !query ||
    !application ||
    !party?.identityCipher ||
    query.outcome === 'answered' ||
    application.stage !== 'intake'
  )
    return 'not-needed';
  if (!inForce(query.consent, services.clock.now())) return 'no-consent'; // a query needs one on the day it is sent
  const actor = jobActor(services, unionId, { job: 'bureau.retry', id: outboxId, branchId: application.branchId });
  const request = {
    identityNumber: tools.vault.decrypt(party.identityCipher),
    name: party.name,
    purpose: query.purpose,
    consentId: query.consentId,
    queryId,
  };
  const view = await fetchAndClose(tools, bureau, actor, { queryId, customerId: query.partyId, request }, 'quiet');
  if (view.outcome !== 'answered') throw new Error(`the bureau has not answered: ${view.detail ?? view.outcome}`);
  if (application.waitingFor !== 'bureau') return 'answered';
  const decided = await inUnion(tools.pool, reachOf(actor, 'intake:decide'), (sql) =>
    decideIntake(new DecisionStore(sql, unionId, books, tools.ids), gates, actor, {
      applicationId: application.id,
      decisionId: tools.ids.next(),
    }),
  );
  return decided.isOk() ? 'decided' : 'answered';
}

function inForce({ expiresOn, revokedOn }: { expiresOn: Date; revokedOn: Date | null }, at: Date): boolean {
  const today = dateAtUtc(civilDateOf(at));
  return expiresOn >= today && (revokedOn === null || revokedOn > today);
}
