import { Body, Controller, Get, HttpCode, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Result } from 'neverthrow';
import { type WebhookBody, webhookBody, webhooksView, webhookView } from '#libs/contracts/http/notifications.js';
import { uuid } from '#libs/contracts/http/values.js';
import type { Problem } from '#libs/domain/problem.js';
import { inUnion, type Sql } from '#libs/persistence/pool.js';
import { ofNoUnit, reading } from '#libs/persistence/scope.js';
import { WebhookStore } from '#libs/persistence/stores/webhook-store.js';
import { addWebhook, stopWebhook } from '#libs/usecases/webhooks.js';
import { Answers } from '../http/answers.decorator.js';
import { CommandRunner } from '../http/command-runner.js';
import { Idempotent } from '../http/idempotent.decorator.js';
import { Needs } from '../http/permission.decorator.js';
import { SERVICES, type Services } from '../http/services.js';
import type { SignedInRequest } from '../http/session.guard.js';

@ApiTags('webhooks')
@Controller('api/v1/webhooks')
export class WebhooksController {
  constructor(
    @Inject(SERVICES) private readonly services: Services,
    @Inject(CommandRunner) private readonly commands: CommandRunner,
  ) {}

  private store(sql: Sql, { actor }: SignedInRequest): WebhookStore {
    const { tools } = this.services;
    return new WebhookStore(sql, tools.ids, actor, tools.vault);
  }

  private run<T>(
    request: SignedInRequest,
    reply: FastifyReply,
    status: number,
    act: (port: WebhookStore) => Promise<Result<T, Problem>>,
  ): Promise<unknown> {
    return this.commands.runSql(request, reply, status, (sql) => act(this.store(sql, request)));
  }

  @Get()
  @Needs('webhook:manage')
  @ApiOperation({ summary: 'Endpoints of other systems 推送地址' })
  @Answers(200, webhooksView, 'Those that were stopped too')
  list(@Req() request: SignedInRequest) {
    return inUnion(this.services.tools.pool, reading(ofNoUnit(request.actor.unionId)), async (sql) => ({
      items: await this.store(sql, request).webhooks(),
    }));
  }

  @Post()
  @Needs('webhook:manage')
  @Idempotent()
  @ApiOperation({
    summary: 'Add an endpoint 新增推送地址',
    description:
      'Messages carry ids only and are signed as Standard Webhooks has it, under a secret that both sides know.',
  })
  @Answers(201, webhookView, 'The endpoint')
  add(
    @Req() request: SignedInRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Body({ schema: webhookBody }) body: WebhookBody,
  ) {
    return this.run(request, reply, 201, (port) => addWebhook(port, request.actor, body));
  }

  @Post(':id/stopping')
  @HttpCode(200)
  @Needs('webhook:manage')
  @Idempotent()
  @ApiOperation({ summary: 'Stop an endpoint 停止推送' })
  @Answers(200, webhookView, 'Stopped')
  stop(
    @Req() request: SignedInRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id', { schema: uuid }) id: string,
  ) {
    return this.run(request, reply, 200, (port) => stopWebhook(port, request.actor, { id }));
  }
}
