import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { err, ok } from 'neverthrow';
import {
  type EmailBody,
  emailBody,
  emailView,
  type NotificationsQuery,
  notificationsQuery,
  notificationsView,
  readView,
} from '#libs/contracts/http/notifications.js';
import { uuid } from '#libs/contracts/http/values.js';
import { notificationText } from '#libs/domain/notification-text.js';
import { inUnion } from '#libs/persistence/pool.js';
import { reading } from '#libs/persistence/scope.js';
import { NotificationStore } from '#libs/persistence/stores/notification-store.js';
import { notFound } from '#libs/usecases/problems.js';
import { setOwnEmail } from '#libs/usecases/set-own-email.js';
import { Answers } from '../http/answers.decorator.js';
import { CommandRunner } from '../http/command-runner.js';
import { Idempotent } from '../http/idempotent.decorator.js';
import { Needs } from '../http/permission.decorator.js';
import { preferredLanguage } from '../http/problem-response.js';
import { SERVICES, type Services } from '../http/services.js';
import type { SignedInRequest } from '../http/session.guard.js';

/** What each person is told: nobody reads another's. */
@ApiTags('notifications')
@Controller('api/v1')
export class NotificationsController {
  constructor(
    @Inject(SERVICES) private readonly services: Services,
    @Inject(CommandRunner) private readonly commands: CommandRunner,
  ) {}

  @Get('notifications')
  @Needs('signed-in')
  @ApiOperation({ summary: 'What I am told, newest first 我的通知' })
  @Answers(200, notificationsView, 'One page')
  async list(@Req() request: SignedInRequest, @Query({ schema: notificationsQuery }) query: NotificationsQuery) {
    const { actor, units } = request;
    const { tools, books } = this.services;
    const language = preferredLanguage(request.headers['accept-language']);
    const found = await inUnion(tools.pool, reading({ unionId: actor.unionId, units }), (sql) =>
      new NotificationStore(sql, tools.ids, actor, books, tools.vault).notificationsOf(
        actor.staffId ?? actor.unionId,
        query.unread === 'true',
        query.cursor ?? null,
        query.limit + 1,
      ),
    );
    const items = found.slice(0, query.limit).map((one) => ({ ...one, text: notificationText(one)[language] }));
    return { items, nextCursor: found.length > query.limit ? (items.at(-1)?.id ?? null) : null };
  }

  @Post('notifications/:id/reading')
  @HttpCode(200)
  @Needs('signed-in')
  @Idempotent()
  @ApiOperation({ summary: 'I have read it 已读' })
  @Answers(200, readView, 'Read')
  read(
    @Req() request: SignedInRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id', { schema: uuid }) id: string,
  ) {
    const { tools, books } = this.services;
    const { actor } = request;
    return this.commands.runSql(request, reply, 200, async (sql) => {
      const store = new NotificationStore(sql, tools.ids, actor, books, tools.vault);
      const read = actor.staffId !== null && (await store.markRead(actor.staffId, id, actor.at));
      return read ? ok({ id }) : err(notFound({ zh: '通知', en: 'notification' }));
    });
  }

  @Post('me/email')
  @HttpCode(200)
  @Needs('signed-in')
  @Idempotent()
  @ApiOperation({ summary: 'Where notifications are mailed to me 我的邮箱' })
  @Answers(200, emailView, 'Whether they are mailed now')
  email(
    @Req() request: SignedInRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Body({ schema: emailBody }) { email }: EmailBody,
  ) {
    const { tools, books } = this.services;
    return this.commands.runSql(request, reply, 200, (sql) =>
      setOwnEmail(new NotificationStore(sql, tools.ids, request.actor, books, tools.vault), request.actor, email),
    );
  }
}
