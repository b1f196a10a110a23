import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Result } from 'neverthrow';
import type pg from 'pg';
import { type Problem, problem } from '#libs/domain/problem.js';
import {
  type CommandAnswer,
  type IdempotencyRequest,
  isProblem,
  runCommand,
  runSqlCommand,
  runUnkeptCommand,
} from '#libs/persistence/commands.js';
import type { PrismaTransaction } from '#libs/persistence/prisma.js';
import { unitOfRecord } from '#libs/persistence/unit-of-record.js';
import { sha256Of } from '#libs/platform/documents/document-store.js';
import { otherUnit } from '#libs/usecases/problems.js';
import { HttpProblem } from './problem-response.js';
import { SERVICES, type Services } from './services.js';
import type { SignedInRequest } from './session.guard.js';

const noKey = () =>
  problem('precondition-missing', 'idempotency.missing', {
    zh: '须带 Idempotency-Key（8至200个字符）',
    en: 'send an Idempotency-Key of 8 to 200 characters',
  });
const noVersion = () =>
  problem('precondition-missing', 'if-match.missing', {
    zh: '须带 If-Match，值为所见的 ETag',
    en: 'send If-Match with the ETag that you saw',
  });

/** Runs commands for routes: idempotency key, transaction, status, ETag. */
@Injectable()
export class CommandRunner {
  constructor(@Inject(SERVICES) private readonly services: Services) {}

  async run<T>(
    request: SignedInRequest,
    reply: FastifyReply,
    status: number,
    work: (tx: PrismaTransaction) => Promise<Result<T, Problem>>,
  ): Promise<unknown> {
    return this.answer(request, reply, await runCommand(this.services.tools, request, keyOf(request), status, work));
  }

  async runSql<T>(
    request: SignedInRequest,
    reply: FastifyReply,
    status: number,
    work: (sql: pg.PoolClient) => Promise<Result<T, Problem>>,
  ): Promise<unknown> {
    return this.answer(request, reply, await runSqlCommand(this.services.tools, request, keyOf(request), status, work));
  }

  /** For a command whose answer holds a secret: it takes no key, since its answer is never kept. */
  async runUnkept<T>(
    request: SignedInRequest,
    reply: FastifyReply,
    status: number,
    work: (sql: pg.PoolClient) => Promise<Result<T, Problem>>,
  ): Promise<unknown> {
    return this.reply(reply, await runUnkeptCommand(this.services.tools, request, status, work));
  }

  /** For a command that keeps its own transactions. */
  async runOwn(
    request: SignedInRequest,
    reply: FastifyReply,
    work: (idempotency: IdempotencyRequest) => Promise<CommandAnswer | Problem>,
  ): Promise<unknown> {
    return this.answer(request, reply, await work(keyOf(request)));
  }

  /** What the actor's units hide from an act is told as another unit's, not as missing (G1). */
  private async answer(
    request: SignedInRequest,
    reply: FastifyReply,
    answer: CommandAnswer | Problem,
  ): Promise<unknown> {
    const { actor, units } = request;
    const { id } = request.params as { id?: string };
    const hidden = isProblem(answer) && answer.code === 'record.not-found' && id !== undefined && units !== 'all';
    const unit = hidden ? await unitOfRecord(this.services.tools.pool, actor.unionId, id) : null;
    return this.reply(reply, unit !== null && !units.includes(unit) ? otherUnit() : answer);
  }

  private reply(reply: FastifyReply, answer: CommandAnswer | Problem): unknown {
    if (isProblem(answer)) throw new HttpProblem(answer);
    reply.status(answer.status);
    if (answer.repeated) reply.header('idempotency-replayed', 'true');
    setEtag(reply, answer.body);
    return answer.body;
  }
}

/** The version of what is shown, as a strong ETag. */
export function setEtag(reply: FastifyReply, body: unknown): void {
  const version = (body as { version?: unknown } | null)?.version;
  if (typeof version === 'number') reply.header('etag', `"${version}"`);
}

function keyOf(request: SignedInRequest) {
  const key = request.headers['idempotency-key'];
  if (typeof key !== 'string' || key.length < 8 || key.length > 200) throw new HttpProblem(noKey());
  return {
    key,
    route: `${request.method} ${request.url.split('?')[0]}`,
    body: contentOf(request),
  };
}

/** What a key is bound to: the body, a paper's by its hash, with what the address asks beside it. */
function contentOf({ body, query }: SignedInRequest): unknown {
  const content = Buffer.isBuffer(body) ? { sha256: sha256Of(body) } : body;
  return Object.keys(query as object).length === 0 ? content : { content, of: query };
}

/** The version that the sender saw, from If-Match. */
export function versionOf(request: SignedInRequest): number {
  const match = /^"(\d{1,9})"$/.exec(request.headers['if-match'] ?? '');
  if (match?.[1] === undefined) throw new HttpProblem(noVersion());
  return Number(match[1]);
}
