import { Body, Controller, Get, HttpCode, Inject, Post, Put, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Result } from 'neverthrow';
import {
  type ChangePasswordBody,
  type CodeBody,
  changePasswordBody,
  codeBody,
  type PasswordAndCodeBody,
  type PasswordBody,
  passwordAndCodeBody,
  passwordBody,
  recoveryCodesView,
  secondFactorView,
} from '#libs/contracts/http/sessions.js';
import { meView } from '#libs/contracts/http/views.js';
import { permissionsOf } from '#libs/domain/permission.js';
import type { Problem } from '#libs/domain/problem.js';
import { AccountStore } from '#libs/persistence/stores/account-store.js';
import { changePassword } from '#libs/usecases/change-password.js';
import {
  beginSecondFactor,
  confirmSecondFactor,
  removeSecondFactor,
  renewRecoveryCodes,
} from '#libs/usecases/second-factor.js';
import { checkCode, checkPassword, type SignInAccount } from '#libs/usecases/sign-in.js';
import { Answers, AnswersNothing } from '../http/answers.decorator.js';
import { CommandRunner } from '../http/command-runner.js';
import { Needs } from '../http/permission.decorator.js';
import { HttpProblem } from '../http/problem-response.js';
import { SERVICES, type Services } from '../http/services.js';
import type { SignedInRequest } from '../http/session.guard.js';

/** One's own account. Whoever changes how one signs in gives the password again: an open screen is not enough. */
@ApiTags('sessions')
@Controller('api/v1/me')
export class OwnAccountController {
  constructor(
    @Inject(SERVICES) private readonly services: Services,
    @Inject(CommandRunner) private readonly commands: CommandRunner,
  ) {}

  @Get()
  @Answers(200, meView, 'Posts in force and what they allow')
  @Needs('signed-in')
  @ApiOperation({ summary: 'Who I am, and what my posts in force allow 当前用户' })
  me(@Req() { actor, session }: SignedInRequest) {
    const permissions = [...new Set(actor.appointments.flatMap(({ post }) => permissionsOf(post)))].sort();
    return {
      login: actor.name,
      staffId: actor.staffId,
      businessDate: actor.businessDate,
      appointments: actor.appointments,
      permissions,
      passwordOneTime: session.passwordOneTime,
      secondFactor: session.secondFactor,
    };
  }

  @Put('password')
  @HttpCode(204)
  @Needs('signed-in')
  @AnswersNothing('Changed; every other session of mine has ended')
  @ApiOperation({ summary: 'Change my password 修改密码' })
  async password(
    @Req() request: SignedInRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Body({ schema: changePasswordBody }) { current, next }: ChangePasswordBody,
  ): Promise<void> {
    await this.confirmed(request, current);
    const { accountId } = request.session;
    await this.run(request, reply, 204, (port) =>
      changePassword(port, request.actor, { accountId, token: request.sessionToken, current, next }),
    );
  }

  @Post('second-factor')
  @Needs('signed-in')
  @ApiOperation({ summary: 'Begin a second factor: it counts from its first code on 登记动态验证码' })
  @Answers(201, secondFactorView, 'For an authenticator')
  async begin(
    @Req() request: SignedInRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Body({ schema: passwordBody }) { password }: PasswordBody,
  ) {
    await this.confirmed(request, password);
    return this.run(request, reply, 201, (port) => beginSecondFactor(port, request.actor, request.session));
  }

  @Post('second-factor/confirmation')
  @HttpCode(200)
  @Needs('signed-in')
  @ApiOperation({ summary: 'Confirm the second factor by a code 启用动态验证码' })
  @Answers(200, recoveryCodesView, 'The second factor counts; recovery codes')
  confirm(
    @Req() request: SignedInRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Body({ schema: codeBody }) { code }: CodeBody,
  ) {
    const { accountId } = request.session;
    return this.run(request, reply, 200, (port) => confirmSecondFactor(port, request.actor, { accountId, code }));
  }

  @Post('second-factor/removal')
  @HttpCode(204)
  @Needs('signed-in')
  @AnswersNothing('The account has no second factor')
  @ApiOperation({ summary: 'Remove my second factor 停用动态验证码' })
  async remove(
    @Req() request: SignedInRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Body({ schema: passwordAndCodeBody }) { password, code }: PasswordAndCodeBody,
  ): Promise<void> {
    const account = await this.confirmed(request, password);
    const taken = await checkCode(this.services.signIn, account, code, request.actor.at);
    if (taken.isErr()) throw new HttpProblem(taken.error);
    await this.run(request, reply, 204, (port) => removeSecondFactor(port, request.actor, request.session));
  }

  @Post('recovery-codes')
  @Needs('signed-in')
  @ApiOperation({ summary: 'A new set of recovery codes; the old set is void 重新生成备用码' })
  @Answers(201, recoveryCodesView, 'Recovery codes')
  async recoveryCodes(
    @Req() request: SignedInRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Body({ schema: passwordBody }) { password }: PasswordBody,
  ) {
    await this.confirmed(request, password);
    return this.run(request, reply, 201, (port) => renewRecoveryCodes(port, request.actor, request.session));
  }

  /** The account of the session, whose password this is; guesses are counted as at signing in. */
  private async confirmed(request: SignedInRequest, password: string): Promise<SignInAccount> {
    const checked = await checkPassword(
      this.services.signIn,
      { login: request.actor.name, password },
      request.actor.at,
    );
    if (checked.isErr()) throw new HttpProblem(checked.error);
    return checked.value;
  }

  private run<T>(
    request: SignedInRequest,
    reply: FastifyReply,
    status: number,
    act: (port: AccountStore) => Promise<Result<T, Problem>>,
  ): Promise<unknown> {
    const { tools } = this.services;
    return this.commands.runUnkept(request, reply, status, (sql) =>
      act(new AccountStore(sql, tools.ids, request.actor, tools.vault)),
    );
  }
}
