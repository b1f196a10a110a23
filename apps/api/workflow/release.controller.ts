import { Body, Controller, HttpCode, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { uuid } from '#libs/contracts/http/values.js';
import { applicationSchema } from '#libs/contracts/http/views.js';
import { type ContractBody, contractBody } from '#libs/contracts/http/workflow.js';
import { releaseView } from '#libs/contracts/http/workflow-views.js';
import { recordContract } from '#libs/usecases/record-contract.js';
import { type ReleaseView, releaseLoan } from '#libs/usecases/release-loan.js';
import { Answers } from '../http/answers.decorator.js';
import { versionOf } from '../http/command-runner.js';
import { Idempotent, OfVersion } from '../http/idempotent.decorator.js';
import { Needs } from '../http/permission.decorator.js';
import { SERVICES, type Services } from '../http/services.js';
import type { SignedInRequest } from '../http/session.guard.js';
import { presentMade } from '../intake/present-decision.js';
import { CaseRunner } from './case-runner.js';

@ApiTags('release')
@Controller('api/v1/applications/:id')
export class ReleaseController {
  constructor(
    @Inject(SERVICES) private readonly services: Services,
    @Inject(CaseRunner) private readonly cases: CaseRunner,
  ) {}

  @Post('contract')
  @HttpCode(200)
  @Needs('contract:record')
  @Idempotent()
  @OfVersion()
  @ApiOperation({ summary: 'Record the signed contract and the conditions met 登记合同' })
  @Answers(200, applicationSchema, 'The application, ready for release')
  contract(
    @Req() request: SignedInRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id', { schema: uuid }) id: string,
    @Body({ schema: contractBody }) contract: ContractBody,
  ) {
    const version = versionOf(request);
    return this.cases.run(request, reply, 200, (port) =>
      recordContract(port, request.actor, { id, version, contract }),
    );
  }

  @Post('release')
  @HttpCode(200)
  @Needs('loan:release')
  @Idempotent()
  @OfVersion()
  @ApiOperation({
    summary: 'Check everything again and release 放款',
    description:
      'Releases of a union stand in line. A loan that the checkpoint holds stays, with the decision that says why.',
  })
  @Answers(200, releaseView, 'The decision, and the loan with its instalments where it was released')
  async release(
    @Req() request: SignedInRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id', { schema: uuid }) id: string,
  ) {
    const version = versionOf(request);
    const { gates, tools } = this.services;
    const answer = await this.cases.run(request, reply, 200, (port) =>
      releaseLoan(port, gates, request.actor, { id, version, decisionId: tools.ids.next() }),
    );
    const { decision, loan } = answer as ReleaseView;
    return { decision: await presentMade(this.services, request, decision), loan };
  }
}
