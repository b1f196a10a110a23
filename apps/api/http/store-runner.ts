import type { FastifyReply } from 'fastify';
import type { Result } from 'neverthrow';
import type pg from 'pg';
import type { Permission } from '#libs/domain/permission.js';
import type { Problem } from '#libs/domain/problem.js';
import { inUnion } from '#libs/persistence/pool.js';
import { reachOf, reading } from '#libs/persistence/scope.js';
import type { Actor } from '#libs/usecases/actor.js';
import type { CommandRunner } from './command-runner.js';
import type { SignedInRequest } from './session.guard.js';

/** Runs a controller's commands over one kind of store, each in its transaction, and reads through it. */
export class StoreRunner<Store> {
  constructor(
    private readonly pool: pg.Pool,
    private readonly commands: CommandRunner,
    /** A store over a transaction, for who asks. */
    readonly open: (sql: pg.PoolClient, actor: Actor) => Store,
  ) {}

  run<T>(
    request: SignedInRequest,
    reply: FastifyReply,
    status: number,
    act: (port: Store) => Promise<Result<T, Problem>>,
  ): Promise<unknown> {
    return this.commands.runSql(request, reply, status, (sql) => act(this.open(sql, request.actor)));
  }

  /** Reads what the actor's posts reach by the permission. */
  read<T>({ actor }: SignedInRequest, permission: Permission, read: (port: Store) => Promise<T>): Promise<T> {
    return inUnion(this.pool, reading(reachOf(actor, permission)), (sql) => read(this.open(sql, actor)));
  }
}
