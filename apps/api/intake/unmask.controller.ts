import { Body, Controller, HttpCode, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { personalDataView, type UnmaskBody, unmaskBody } from '#libs/contracts/http/unmask.js';
import { uuid } from '#libs/contracts/http/values.js';
import { UnmaskStore } from '#libs/persistence/stores/unmask-store.js';
import { unmaskCustomer } from '#libs/usecases/unmask-customer.js';
import { Answers } from '../http/answers.decorator.js';
import { CommandRunner } from '../http/command-runner.js';
import { Needs } from '../http/permission.decorator.js';
import { SERVICES, type Services } from '../http/services.js';
import type { SignedInRequest } from '../http/session.guard.js';

@ApiTags('customers')
@Controller('api/v1')
export class UnmaskController {
  constructor(
    @Inject(SERVICES) private readonly services: Services,
    @Inject(CommandRunner) private readonly commands: CommandRunner,
  ) {}

  @Post('customers/:id/unmaskings')
  @HttpCode(200)
  @Needs('personal-data:unmask')
  @ApiOperation({
    summary: 'See personal data in the clear, for a stated purpose 查看完整证件号码、电话、账号',
    description: 'Who, whose, which kinds and why are kept in the audit trail. The answer is kept nowhere.',
  })
  @Answers(200, personalDataView, 'What was asked for')
  unmask(
    @Req() request: SignedInRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id', { schema: uuid }) id: string,
    @Body({ schema: unmaskBody }) { purpose, wanted }: UnmaskBody,
  ) {
    const { ids, vault } = this.services.tools;
    return this.commands.runUnkept(request, reply, 200, (sql) =>
      unmaskCustomer(new UnmaskStore(sql, ids, request.actor, vault), request.actor, { id, purpose, wanted }),
    );
  }
}
