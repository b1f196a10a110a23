import { sealAudit, unsealedSince } from '#libs/persistence/seal-audit.js';
import type { Services } from '#libs/persistence/services.js';

/** Seals are made each second: who waits for so long tells that sealing does not work. */
const LATE_AFTER_MS = 10_000;

/** Seals what waits in every union; a union that fails, or whose rows wait for long, is told of and holds up no other. */
export async function sealEveryUnion(services: Services, onError: (error: Error) => void): Promise<number> {
  const unions = await services.tools.pool.query<{ id: string }>('select id from county_union order by code');
  let sealed = 0;
  for (const { id } of unions.rows) {
    sealed += await sealUnion(services, id, onError).catch((cause: Error) => {
      onError(cause);
      return 0;
    });
  }
  return sealed;
}

async function sealUnion(
  { tools, clock }: Services,
  unionId: string,
  onError: (error: Error) => void,
): Promise<number> {
  const sealed = await sealAudit(tools.pool, tools.ids, unionId, clock.now());
  const since = await unsealedSince(tools.pool, unionId);
  if (since !== null && clock.now().getTime() - since.getTime() > LATE_AFTER_MS)
    onError(new Error(`audit rows of union ${unionId} wait for their seal since ${since.toISOString()}`));
  return sealed;
}
