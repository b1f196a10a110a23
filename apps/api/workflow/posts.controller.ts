import { Body, Controller, Get, HttpCode, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { uuid } from '#libs/contracts/http/values.js';
import { applicationSchema } from '#libs/contracts/http/views.js';
import {
  type ApprovalBody,
  approvalBody,
  type FindingAnswerBody,
  findingAnswerBody,
  type InvestigationBody,
  investigationBody,
  type OpinionBody,
  opinionBody,
  type ReasonBody,
  type ReturnBody,
  type ReviewBody,
  reasonBody,
  returnBody,
  reviewBody,
} from '#libs/contracts/http/workflow.js';
import { caseView, findingAnswerView } from '#libs/contracts/http/workflow-views.js';
import { inUnion } from '#libs/persistence/pool.js';
import { reachOf, reading } from '#libs/persistence/scope.js';
import { ReleaseStore } from '#libs/persistence/stores/release-store.js';
import { answerFinding } from '#libs/usecases/answer-finding.js';
import { approveApplication } from '#libs/usecases/approve-application.js';
import { confirmInvestigation } from '#libs/usecases/confirm-investigation.js';
import { investigateApplication } from '#libs/usecases/investigate-application.js';
import { passReview } from '#libs/usecases/pass-review.js';
import { refuseApplication } from '#libs/usecases/refuse-application.js';
import { sendBack } from '#libs/usecases/send-back.js';
import { Answers } from '../http/answers.decorator.js';
import { versionOf } from '../http/command-runner.js';
import { Idempotent, OfVersion } from '../http/idempotent.decorator.js';
import { Needs } from '../http/permission.decorator.js';
import { SERVICES, type Services } from '../http/services.js';
import type { SignedInRequest } from '../http/session.guard.js';
import { applicationInReach } from '../intake/application-in-reach.js';
import { CaseRunner } from './case-runner.js';

@ApiTags('posts')
@Controller('api/v1/applications/:id')
export class PostsController {
  constructor(
    @Inject(SERVICES) private readonly services: Services,
    @Inject(CaseRunner) private readonly cases: CaseRunner,
  ) {}

  @Get('case')
  @Needs('application:read')
  @ApiOperation({ summary: 'What the posts have done on an application 五岗经办情况' })
  @Answers(200, caseView, 'Acts in their order, findings to answer, meeting, terms')
  async case(@Req() { actor }: SignedInRequest, @Param('id', { schema: uuid }) id: string) {
    await applicationInReach(this.services, actor, id, 'application:read');
    const { tools, books } = this.services;
    const reach = reading(reachOf(actor, 'application:read'));
    return inUnion(tools.pool, reach, (sql) => new ReleaseStore(sql, tools.ids, actor, books).readCase(id));
  }

  @Post('investigation')
  @HttpCode(200)
  @Needs('case:act')
  @Idempotent()
  @OfVersion()
  @ApiOperation({ summary: 'File the investigation 调查岗' })
  @Answers(200, applicationSchema, 'The application; at investigation still where a second investigator is awaited')
  investigate(
    @Req() request: SignedInRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id', { schema: uuid }) id: string,
    @Body({ schema: investigationBody }) report: InvestigationBody,
  ) {
    const version = versionOf(request);
    return this.cases.run(request, reply, 200, (port) =>
      investigateApplication(port, request.actor, { id, version, report }),
    );
  }

  @Post('investigation/confirmation')
  @HttpCode(200)
  @Needs('case:act')
  @Idempotent()
  @OfVersion()
  @ApiOperation({ summary: 'The second investigator confirms 同行调查人确认' })
  @Answers(200, applicationSchema, 'The application, at review')
  confirm(
    @Req() request: SignedInRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id', { schema: uuid }) id: string,
    @Body({ schema: opinionBody }) { opinion }: OpinionBody,
  ) {
    const version = versionOf(request);
    return this.cases.run(request, reply, 200, (port) =>
      confirmInvestigation(port, request.actor, { id, version, opinion }),
    );
  }

  @Post('finding-answers')
  @Needs('case:act')
  @Idempotent()
  @ApiOperation({ summary: 'Answer a referred finding in writing 答复转审发现' })
  @Answers(201, findingAnswerView, 'Which finding was answered, by which post')
  answer(
    @Req() request: SignedInRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id', { schema: uuid }) id: string,
    @Body({ schema: findingAnswerBody }) body: FindingAnswerBody,
  ) {
    return this.cases.run(request, reply, 201, (port) => answerFinding(port, request.actor, { id, ...body }));
  }

  @Post('review')
  @HttpCode(200)
  @Needs('case:act')
  @Idempotent()
  @OfVersion()
  @ApiOperation({ summary: 'Pass the review 审查岗' })
  @Answers(200, applicationSchema, 'The application; at review still where the other reviewer is awaited')
  review(
    @Req() request: SignedInRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id', { schema: uuid }) id: string,
    @Body({ schema: reviewBody }) body: ReviewBody,
  ) {
    const version = versionOf(request);
    return this.cases.run(request, reply, 200, (port) =>
      passReview(port, this.services.gates, request.actor, { id, version, ...body }),
    );
  }

  @Post('approval')
  @HttpCode(200)
  @Needs('case:act')
  @Idempotent()
  @OfVersion()
  @ApiOperation({ summary: 'Approve, lower, attach conditions 审批岗' })
  @Answers(200, applicationSchema, 'The application, with its terms frozen')
  approve(
    @Req() request: SignedInRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id', { schema: uuid }) id: string,
    @Body({ schema: approvalBody }) body: ApprovalBody,
  ) {
    const version = versionOf(request);
    return this.cases.run(request, reply, 200, (port) =>
      approveApplication(port, request.actor, { id, version, ...body }),
    );
  }

  @Post('refusal')
  @HttpCode(200)
  @Needs('case:act')
  @Idempotent()
  @OfVersion()
  @ApiOperation({ summary: 'Refuse at the post where it stands, with the reason 否决' })
  @Answers(200, applicationSchema, 'The application, refused')
  refuse(
    @Req() request: SignedInRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id', { schema: uuid }) id: string,
    @Body({ schema: reasonBody }) { reason }: ReasonBody,
  ) {
    const version = versionOf(request);
    return this.cases.run(request, reply, 200, (port) =>
      refuseApplication(port, request.actor, { id, version, reason }),
    );
  }

  @Post('returns')
  @HttpCode(200)
  @Needs('case:act')
  @Idempotent()
  @OfVersion()
  @ApiOperation({ summary: 'Send back to an earlier post, with the reason 退回' })
  @Answers(200, applicationSchema, 'The application, at the earlier post')
  sendBack(
    @Req() request: SignedInRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id', { schema: uuid }) id: string,
    @Body({ schema: returnBody }) body: ReturnBody,
  ) {
    const version = versionOf(request);
    return this.cases.run(request, reply, 200, (port) => sendBack(port, request.actor, { id, version, ...body }));
  }
}
