import { createHash } from 'node:crypto';
import type { Result } from 'neverthrow';
import { type Problem, problem } from '../domain/problem.js';
import { contentHash } from '../rules/content-hash.js';
import type { Actor } from '../usecases/actor.js';
import { inUnionTransaction, type PrismaTransaction } from './prisma.js';
import type { PersistenceTools } from './tools.js';

/** The sender's key for a command that must take effect once, with what it is bound to. */
export interface IdempotencyRequest {
  readonly key: string;
  readonly route: string;
  readonly body: unknown;
}

export interface CommandAnswer {
  readonly status: number;
  readonly body: unknown;
  /** True where this is the answer that an earlier sending got. */
  readonly repeated: boolean;
}

/** Thrown inside a transaction to undo it; carries the failure out as a value. */
class Undone extends Error {
  constructor(readonly problem: Problem) {
    super(problem.code);
  }
}

const keyReused = (): Problem =>
  problem('unprocessable', 'idempotency.key-reused', { zh: '该幂等键已用于不同的内容', en: 'this Idempotency-Key was used for another content' });

/**
 * Runs a command in one transaction. Sent again with the same key and content it gives the stored answer; the unique
 * index makes two at once wait for each other. A failure undoes everything, its key included.
 */
export async function runCommand<T>(
  tools: PersistenceTools,
  actor: Actor,
  idempotency: IdempotencyRequest,
  successStatus: number,
  work: (tx: PrismaTransaction) => Promise<Result<T, Problem>>,
): Promise<CommandAnswer | Problem> {
  const bodyHash = contentHash({ body: idempotency.body ?? null });
  try {
    return await inUnionTransaction(tools.prisma, actor.unionId, async (tx) => {
      const id = tools.ids.next();
      const actorId = actor.staffId ?? actor.unionId;
      const fresh = await tx.$queryRaw<{ id: string }[]>`
        insert into idempotency_key (id, union_id, key, actor_id, route, body_hash, created_at)
        values (${id}::uuid, ${actor.unionId}::uuid, ${idempotency.key}, ${actorId}::uuid, ${idempotency.route}, ${bodyHash}, ${actor.at})
        on conflict (union_id, actor_id, route, key) do nothing returning id`;
      if (fresh.length === 0) return earlierAnswer(tx, actorId, idempotency, bodyHash);
      const outcome = await work(tx);
      if (outcome.isErr()) throw new Undone(outcome.error);
      const body: unknown = outcome.value;
      await tx.$executeRaw`update idempotency_key set status = ${successStatus}, response = ${JSON.stringify(body)}::jsonb where id = ${id}::uuid`;
      return { status: successStatus, body, repeated: false };
    });
  } catch (cause) {
    if (cause instanceof Undone) return cause.problem;
    throw cause;
  }
}

async function earlierAnswer(tx: PrismaTransaction, actorId: string, { key, route }: IdempotencyRequest, bodyHash: string): Promise<CommandAnswer> {
  const stored = await tx.idempotencyKey.findFirst({ where: { key, route, actorId } });
  if (stored === null || stored.status === null || stored.bodyHash !== bodyHash) throw new Undone(keyReused());
  return { status: stored.status, body: stored.response, repeated: true };
}

/** Whether an answer is a failure. */
export const isProblem = (answer: CommandAnswer | Problem): answer is Problem => 'kind' in answer;

/** A key for acts of our own that must take effect once, such as a job's. */
export const derivedKey = (...parts: readonly string[]): string => createHash('sha256').update(parts.join('\0')).digest('hex');
