import { Body, Controller, Get, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import {
  type ListApplicationsQuery,
  listApplicationsQuery,
  type SubmitApplicationBody,
  submitApplicationBody,
  type WithdrawApplicationBody,
  withdrawApplicationBody,
} from '#libs/contracts/http/applications.js';
import { uuid } from '#libs/contracts/http/values.js';
import { applicationSchema, applicationsPage, bureauQuerySchema } from '#libs/contracts/http/views.js';
import { askBureau } from '#libs/persistence/ask-bureau.js';
import { inUnionTransaction, type PrismaTransaction } from '#libs/persistence/prisma.js';
import { listApplications } from '#libs/persistence/read-applications.js';
import { reachOf, reading } from '#libs/persistence/scope.js';
import { ApplicationStore } from '#libs/persistence/stores/application-store.js';
import { submitApplication } from '#libs/usecases/submit-application.js';
import { withdrawApplication } from '#libs/usecases/withdraw-application.js';
import { Answers } from '../http/answers.decorator.js';
import { CommandRunner, setEtag, versionOf } from '../http/command-runner.js';
import { Idempotent, OfVersion } from '../http/idempotent.decorator.js';
import { Needs } from '../http/permission.decorator.js';
import { SERVICES, type Services } from '../http/services.js';
import type { SignedInRequest } from '../http/session.guard.js';
import { applicationInReach } from './application-in-reach.js';

@ApiTags('applications')
@Controller('api/v1')
export class ApplicationsController {
  constructor(
    @Inject(SERVICES) private readonly services: Services,
    @Inject(CommandRunner) private readonly commands: CommandRunner,
  ) {}

  private store(tx: PrismaTransaction, { actor }: SignedInRequest): ApplicationStore {
    return new ApplicationStore(tx, this.services.tools, actor);
  }

  @Post('applications')
  @Needs('application:submit')
  @Idempotent()
  @ApiOperation({ summary: 'Submit an application 提交贷款申请' })
  @Answers(201, applicationSchema, 'The application, at intake')
  submit(
    @Req() request: SignedInRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Body({ schema: submitApplicationBody }) body: SubmitApplicationBody,
  ) {
    return this.commands.run(request, reply, 201, (tx) =>
      submitApplication(this.store(tx, request), request.actor, body),
    );
  }

  @Get('applications')
  @Needs('application:read')
  @ApiOperation({ summary: 'Applications of the units in reach, newest first 申请列表' })
  @Answers(200, applicationsPage, 'One page')
  list(@Req() request: SignedInRequest, @Query({ schema: listApplicationsQuery }) query: ListApplicationsQuery) {
    const reach = reading(reachOf(request.actor, 'application:read'));
    return inUnionTransaction(this.services.tools.prisma, reach, (tx) => listApplications(tx, reach.units, query));
  }

  @Get('applications/:id')
  @Needs('application:read')
  @ApiOperation({ summary: 'An application 查看申请' })
  @Answers(200, applicationSchema, 'The application')
  async read(
    @Req() request: SignedInRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id', { schema: uuid }) id: string,
  ) {
    const found = await applicationInReach(this.services, request.actor, id, 'application:read');
    setEtag(reply, found);
    return found;
  }

  @Post('applications/:id/withdrawal')
  @Needs('application:withdraw')
  @Idempotent()
  @OfVersion()
  @ApiOperation({ summary: 'Withdraw an application 撤回申请' })
  @Answers(200, applicationSchema, 'The application, withdrawn')
  withdraw(
    @Req() request: SignedInRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id', { schema: uuid }) id: string,
    @Body({ schema: withdrawApplicationBody }) { reason }: WithdrawApplicationBody,
  ) {
    const version = versionOf(request);
    return this.commands.run(request, reply, 200, (tx) =>
      withdrawApplication(this.store(tx, request), request.actor, { id, version, reason }),
    );
  }

  @Post('applications/:id/bureau-queries')
  @Needs('bureau:query')
  @Idempotent()
  @ApiOperation({
    summary: 'Ask the credit bureau about the applicant 查询征信',
    description:
      'Without a consent in force nothing is asked. An answer of unavailable or invalid leaves the application waiting; the query is tried again in the background.',
  })
  @Answers(201, bureauQuerySchema, 'What came of the query')
  askBureau(
    @Req() request: SignedInRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id', { schema: uuid }) id: string,
  ) {
    const { tools, bureau } = this.services;
    return this.commands.runOwn(request, reply, (idempotency) =>
      askBureau(tools, bureau, request.actor, idempotency, id),
    );
  }
}
