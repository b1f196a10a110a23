import { Body, Controller, Get, HttpCode, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { type WebhookBody, webhookBody, webhooksView, webhookView } from '#libs/contracts/http/notifications.js';
import { uuid } from '#libs/contracts/http/values.js';
import { inUnion } from '#libs/persistence/pool.js';
import { ofNoUnit, reading } from '#libs/persistence/scope.js';
import { WebhookStore } from '#libs/persistence/stores/webhook-store.js';
import { addWebhook, stopWebhook } from '#libs/usecases/webhooks.js';
import { Answers } from '../http/answers.decorator.js';
import { CommandRunner } from '../http/command-runner.js';
import { Idempotent } from '../http/idempotent.decorator.js';
import { Needs } from '../http/permission.decorator.js';
import { SERVICES, type Services } from '../http/services.js';
import type { SignedInRequest } from '../http/session.guard.js';
import { StoreRunner } from '../http/store-runner.js';

@ApiTags('webhooks')
@Controller('api/v1/webhooks')
export class WebhooksController {
  private readonly webhooks: StoreRunner<WebhookStore>;

  constructor(
    @Inject(SERVICES) private readonly services: Services,
    @Inject(CommandRunner) commands: CommandRunner,
  ) {
    const { tools } = services;
    this.webhooks = new StoreRunner(
      tools.pool,
      commands,
      (sql, actor) => new WebhookStore(sql, tools.ids, actor, tools.vault),
    );
  }

  @Get()
  @Needs('webhook:manage')
  @ApiOperation({ summary: 'Endpoints of other systems 推送地址' })
  @Answers(200, webhooksView, 'Those that were stopped too')
  list(@Req() request: SignedInRequest) {
    return inUnion(this.services.tools.pool, reading(ofNoUnit(request.actor.unionId)), async (sql) => ({
      items: await this.webhooks.open(sql, request.actor).webhooks(),
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
    return this.webhooks.run(request, reply, 201, (port) => addWebhook(port, request.actor, body));
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
    return this.webhooks.run(request, reply, 200, (port) => stopWebhook(port, request.actor, { id }));
  }
}
