import { ExponentialBackoff, handleWhen, retry } from 'cockatiel';
import type { Result } from 'neverthrow';
import type pg from 'pg';
import { type Problem, problem } from '../domain/problem.js';
import { contentHash } from '../rules/content-hash.js';
import type { Actor, Units } from '../usecases/actor.js';
import { isCollision, refusedByDatabase } from './database-refusals.js';
import { inUnion } from './pool.js';
import { inUnionTransaction, type PrismaTransaction } from './prisma.js';
import type { Scope } from './scope.js';
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

/** Who acts, and the units whose rows the act sees and writes. */
export interface Acting {
  readonly actor: Actor;
  readonly units: Units;
}

/** Thrown inside a transaction to undo it; carries the failure out as a value. */
class Undone extends Error {
  constructor(readonly problem: Problem) {
    super(problem.code);
  }
}

/** Runs one statement in the command's transaction, whatever client holds it. */
type RunSql = (text: string, values: unknown[]) => Promise<readonly object[]>;

const CLAIM_SQL = `
insert into idempotency_key (id, union_id, key, actor_id, route, body_hash, created_at)
values ($1::uuid, $2::uuid, $3, $4::uuid, $5, $6, $7::timestamptz) on conflict (union_id, actor_id, route, key) do nothing returning id`;
const EARLIER_SQL =
  'select status, response, body_hash from idempotency_key where actor_id = $1::uuid and route = $2 and key = $3';
const KEEP_SQL = 'update idempotency_key set status = $2::int, response = $3::jsonb where id = $1::uuid returning id';

const keyReused = (): Problem =>
  problem('unprocessable', 'idempotency.key-reused', {
    zh: '该幂等键已用于不同的内容',
    en: 'this Idempotency-Key was used for another content',
  });

/**
 * Runs a command in one transaction. Sent again with the same key and content it gives the stored answer; the unique
 * index makes two at once wait for each other. A failure undoes everything, its key included.
 */
export function runCommand<T>(
  tools: PersistenceTools,
  acting: Acting,
  idempotency: IdempotencyRequest,
  successStatus: number,
  work: (tx: PrismaTransaction) => Promise<Result<T, Problem>>,
): Promise<CommandAnswer | Problem> {
  return undoable(() =>
    inUnionTransaction(tools.prisma, scopeOf(acting), (tx) => {
      const run: RunSql = (text, values) => tx.$queryRawUnsafe(text, ...values);
      return once(run, tools, acting.actor, idempotency, successStatus, () => work(tx));
    }),
  );
}

/** The same for a command whose statements are written by hand over the pool. */
export function runSqlCommand<T>(
  tools: PersistenceTools,
  acting: Acting,
  idempotency: IdempotencyRequest,
  successStatus: number,
  work: (sql: pg.PoolClient) => Promise<Result<T, Problem>>,
): Promise<CommandAnswer | Problem> {
  return undoable(() =>
    inUnion(tools.pool, scopeOf(acting), (sql) => {
      const run: RunSql = async (text, values) => (await sql.query(text, values)).rows;
      return once(run, tools, acting.actor, idempotency, successStatus, () => work(sql));
    }),
  );
}

/** The same for an act whose answer holds a secret: nothing of it is kept, and sent again it is done again. */
export function runUnkeptCommand<T>(
  tools: PersistenceTools,
  acting: Acting,
  successStatus: number,
  work: (sql: pg.PoolClient) => Promise<Result<T, Problem>>,
): Promise<CommandAnswer | Problem> {
  return undoable(() =>
    inUnion(tools.pool, scopeOf(acting), async (sql) => {
      const outcome = await work(sql);
      if (outcome.isErr()) throw new Undone(outcome.error);
      return { status: successStatus, body: outcome.value, repeated: false };
    }),
  );
}

/** A transaction that collided with another is begun again: nothing of it has happened. */
const AGAIN = retry(handleWhen(isCollision), {
  maxAttempts: 4,
  backoff: new ExponentialBackoff({ initialDelay: 20, maxDelay: 400 }),
});
const scopeOf = ({ actor, units }: Acting): Scope => ({ unionId: actor.unionId, units });

async function undoable(transaction: () => Promise<CommandAnswer>): Promise<CommandAnswer | Problem> {
  try {
    return await AGAIN.execute(transaction);
  } catch (cause) {
    const refused = cause instanceof Undone ? cause.problem : refusedByDatabase(cause);
    if (refused === null) throw cause;
    return refused;
  }
}

async function once<T>(
  run: RunSql,
  tools: PersistenceTools,
  actor: Actor,
  { key, route, body }: IdempotencyRequest,
  successStatus: number,
  work: () => Promise<Result<T, Problem>>,
): Promise<CommandAnswer> {
  const bodyHash = contentHash({ body: body ?? null });
  const id = tools.ids.next();
  const actorId = actor.staffId ?? actor.unionId;
  const claimed = await run(CLAIM_SQL, [id, actor.unionId, key, actorId, route, bodyHash, actor.at]);
  if (claimed.length === 0) {
    const [stored] = (await run(EARLIER_SQL, [actorId, route, key])) as {
      status: number | null;
      response: unknown;
      body_hash: string;
    }[];
    if (stored === undefined || stored.status === null || stored.body_hash !== bodyHash) throw new Undone(keyReused());
    return { status: stored.status, body: stored.response, repeated: true };
  }
  const outcome = await work();
  if (outcome.isErr()) throw new Undone(outcome.error);
  await run(KEEP_SQL, [id, successStatus, JSON.stringify(outcome.value)]);
  return { status: successStatus, body: outcome.value, repeated: false };
}

/** Whether an answer is a failure. */
export const isProblem = (answer: CommandAnswer | Problem): answer is Problem => 'kind' in answer;
