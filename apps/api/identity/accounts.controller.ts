import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import {
  type AccountChangeBody,
  accountChangeBody,
  accountsPage,
  accountView,
  accountWithPasswordView,
  type OpenAccountBody,
  openAccountBody,
} from '#libs/contracts/http/sessions.js';
import { type CursorQuery, cursorQuery, uuid } from '#libs/contracts/http/values.js';
import { pageOf } from '#libs/persistence/page.js';
import { inUnion, type Sql } from '#libs/persistence/pool.js';
import { ofNoUnit, reading } from '#libs/persistence/scope.js';
import { AccountStore } from '#libs/persistence/stores/account-store.js';
import { changeAccount, openAccount, resetPassword } from '#libs/usecases/accounts.js';
import { Answers } from '../http/answers.decorator.js';
import { CommandRunner } from '../http/command-runner.js';
import { Idempotent } from '../http/idempotent.decorator.js';
import { Needs } from '../http/permission.decorator.js';
import { SERVICES, type Services } from '../http/services.js';
import type { SignedInRequest } from '../http/session.guard.js';

@ApiTags('accounts')
@Controller('api/v1/accounts')
export class AccountsController {
  constructor(
    @Inject(SERVICES) private readonly services: Services,
    @Inject(CommandRunner) private readonly commands: CommandRunner,
  ) {}

  private store(sql: Sql, { actor }: SignedInRequest): AccountStore {
    const { tools } = this.services;
    return new AccountStore(sql, tools.ids, actor, tools.vault);
  }

  @Get()
  @Needs('account:manage')
  @ApiOperation({ summary: 'Accounts of the union 账号列表' })
  @Answers(200, accountsPage, 'One page')
  list(@Req() request: SignedInRequest, @Query({ schema: cursorQuery }) { cursor, limit }: CursorQuery) {
    return inUnion(this.services.tools.pool, reading(ofNoUnit(request.actor.unionId)), async (sql) => {
      const rows = await this.store(sql, request).accounts({ after: cursor ?? null, limit: limit + 1 });
      return pageOf(rows, limit, (row) => row);
    });
  }

  @Post()
  @Needs('account:manage')
  @ApiOperation({ summary: 'Open an account with a one-time password 开立账号' })
  @Answers(201, accountWithPasswordView, 'The account; its password is shown this once')
  open(
    @Req() request: SignedInRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Body({ schema: openAccountBody }) body: OpenAccountBody,
  ) {
    return this.commands.runUnkept(request, reply, 201, (sql) =>
      openAccount(this.store(sql, request), request.actor, body),
    );
  }

  @Post(':id/password-resets')
  @Needs('account:manage')
  @ApiOperation({ summary: 'Give a new one-time password; all sessions of the account end 重置密码' })
  @Answers(201, accountWithPasswordView, 'The account; its password is shown this once')
  reset(
    @Req() request: SignedInRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id', { schema: uuid }) id: string,
  ) {
    return this.commands.runUnkept(request, reply, 201, (sql) =>
      resetPassword(this.store(sql, request), request.actor, { id }),
    );
  }

  @Post(':id/changes')
  @HttpCode(200)
  @Needs('account:manage')
  @Idempotent()
  @ApiOperation({
    summary: 'Disable, enable, unlock, or take a lost second factor away 停用、启用、解锁、撤销动态验证码',
  })
  @Answers(200, accountView, 'The account as changed')
  change(
    @Req() request: SignedInRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id', { schema: uuid }) id: string,
    @Body({ schema: accountChangeBody }) { change }: AccountChangeBody,
  ) {
    return this.commands.runSql(request, reply, 200, (sql) =>
      changeAccount(this.store(sql, request), request.actor, { id, change }),
    );
  }
}
