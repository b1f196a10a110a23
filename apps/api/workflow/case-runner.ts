import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Result } from 'neverthrow';
import type { Problem } from '#libs/domain/problem.js';
import { ReleaseStore } from '#libs/persistence/stores/release-store.js';
import { CommandRunner } from '../http/command-runner.js';
import { SERVICES, type Services } from '../http/services.js';
import type { SignedInRequest } from '../http/session.guard.js';

/** Runs an act at a post in one transaction over the posts' store. */
@Injectable()
export class CaseRunner {
  constructor(
    @Inject(SERVICES) private readonly services: Services,
    @Inject(CommandRunner) private readonly commands: CommandRunner,
  ) {}

  run<T>(
    request: SignedInRequest,
    reply: FastifyReply,
    status: number,
    act: (port: ReleaseStore) => Promise<Result<T, Problem>>,
  ): Promise<unknown> {
    const { tools, books } = this.services;
    return this.commands.runSql(request, reply, status, (sql) =>
      act(new ReleaseStore(sql, tools.ids, request.actor, books)),
    );
  }
}
