import { Body, Controller, Get, Headers, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiTags } from '@nestjs/swagger';
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
import type { Permission } from '#libs/domain/permission.js';
import { askBureau } from '#libs/persistence/ask-bureau.js';
import { inUnionTransaction, type PrismaTransaction } from '#libs/persistence/prisma.js';
import { listApplications, readDecisions } from '#libs/persistence/read-applications.js';
import { ApplicationStore } from '#libs/persistence/stores/application-store.js';
import { DecisionStore } from '#libs/persistence/stores/decision-store.js';
import { mayActIn, unitsFor } from '#libs/usecases/actor.js';
import { decideIntake } from '#libs/usecases/decide-intake.js';
import { notFound } from '#libs/usecases/problems.js';
import { submitApplication } from '#libs/usecases/submit-application.js';
import type { ApplicationView } from '#libs/usecases/views.js';
import { withdrawApplication } from '#libs/usecases/withdraw-application.js';
import { CommandRunner, setEtag, versionOf } from '../http/command-runner.js';
import { Needs } from '../http/permission.decorator.js';
import { HttpProblem, preferredLanguage } from '../http/problem-response.js';
import { SERVICES, type Services } from '../http/services.js';
import type { SignedInRequest } from '../http/session.guard.js';

const IDEMPOTENT = {
  name: 'Idempotency-Key',
  required: true,
  description: 'Unique to the act; the same key again gives the same answer',
};

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

  private inUnion<T>({ actor }: SignedInRequest, work: (tx: PrismaTransaction) => Promise<T>): Promise<T> {
    return inUnionTransaction(this.services.tools.prisma, actor.unionId, work);
  }

  /** The application, if the actor's posts reach its branch; else it is as if it were not there. */
  private async inReach(request: SignedInRequest, id: string, permission: Permission): Promise<ApplicationView> {
    const found = await this.inUnion(request, (tx) => this.store(tx, request).application(id));
    if (found === null || !mayActIn(request.actor, permission, found.branchId))
      throw new HttpProblem(notFound({ zh: '申请', en: 'application' }));
    return found;
  }

  @Post('applications')
  @Needs('application:submit')
  @ApiHeader(IDEMPOTENT)
  @ApiOperation({ summary: 'Submit an application 提交贷款申请' })
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
  list(@Req() request: SignedInRequest, @Query({ schema: listApplicationsQuery }) query: ListApplicationsQuery) {
    return this.inUnion(request, (tx) => listApplications(tx, unitsFor(request.actor, 'application:read'), query));
  }

  @Get('applications/:id')
  @Needs('application:read')
  @ApiOperation({ summary: 'An application 查看申请' })
  async read(
    @Req() request: SignedInRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id', { schema: uuid }) id: string,
  ) {
    const found = await this.inReach(request, id, 'application:read');
    setEtag(reply, found);
    return found;
  }

  @Post('applications/:id/withdrawal')
  @Needs('application:withdraw')
  @ApiHeader(IDEMPOTENT)
  @ApiHeader({ name: 'If-Match', required: true })
  @ApiOperation({ summary: 'Withdraw an application 撤回申请' })
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
  @ApiHeader(IDEMPOTENT)
  @ApiOperation({
    summary: 'Ask the credit bureau about the applicant 查询征信',
    description:
      'Without a consent in force nothing is asked. An answer of unavailable or invalid leaves the application waiting; the query is tried again in the background.',
  })
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

  @Post('applications/:id/intake-decisions')
  @Needs('intake:decide')
  @ApiHeader(IDEMPOTENT)
  @ApiOperation({ summary: 'Run the intake checkpoint 受理检查' })
  decide(
    @Req() request: SignedInRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id', { schema: uuid }) applicationId: string,
  ) {
    const { books, gates, tools } = this.services;
    return this.commands.runSql(request, reply, 201, (sql) => {
      const port = new DecisionStore(sql, request.actor.unionId, books, tools.ids);
      return decideIntake(port, gates, request.actor, { applicationId, decisionId: tools.ids.next() });
    });
  }

  @Get('applications/:id/decisions')
  @Needs('decision:read')
  @ApiOperation({ summary: 'Decisions on an application, newest first 申请的全部判定' })
  async decisions(
    @Req() request: SignedInRequest,
    @Param('id', { schema: uuid }) id: string,
    @Headers('accept-language') accepted: string | undefined,
  ) {
    await this.inReach(request, id, 'decision:read');
    return {
      items: await this.inUnion(request, (tx) => readDecisions(tx, { applicationId: id }, preferredLanguage(accepted))),
    };
  }

  @Get('decisions/:id')
  @Needs('decision:read')
  @ApiOperation({ summary: 'A decision with its facts, sources and reasons 查看判定' })
  async decision(
    @Req() request: SignedInRequest,
    @Param('id', { schema: uuid }) id: string,
    @Headers('accept-language') accepted: string | undefined,
  ) {
    const [found] = await this.inUnion(request, (tx) => readDecisions(tx, { id }, preferredLanguage(accepted)));
    if (found === undefined) throw new HttpProblem(notFound({ zh: '判定', en: 'decision' }));
    await this.inReach(request, found.applicationId, 'decision:read');
    return found;
  }
}
