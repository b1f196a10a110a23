import { Body, Controller, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { uuid } from '#libs/contracts/http/values.js';
import { type DecisionMade, decisionMadeSchema } from '#libs/contracts/http/views.js';
import { type WaiverBody, waiverBody } from '#libs/contracts/http/workflow.js';
import { waiverView } from '#libs/contracts/http/workflow-views.js';
import { checkReview } from '#libs/usecases/check-review.js';
import type { DecisionView } from '#libs/usecases/checkpoint.js';
import { waiveFinding } from '#libs/usecases/waive-finding.js';
import { Answers } from '../http/answers.decorator.js';
import { versionOf } from '../http/command-runner.js';
import { Idempotent, OfVersion } from '../http/idempotent.decorator.js';
import { Needs } from '../http/permission.decorator.js';
import { SERVICES, type Services } from '../http/services.js';
import type { SignedInRequest } from '../http/session.guard.js';
import { presentMade } from '../intake/present-decision.js';
import { CaseRunner } from './case-runner.js';

@ApiTags('posts')
@Controller('api/v1/applications/:id')
export class ChecksController {
  constructor(
    @Inject(SERVICES) private readonly services: Services,
    @Inject(CaseRunner) private readonly cases: CaseRunner,
  ) {}

  @Post('review-checks')
  @Needs('case:act')
  @Idempotent()
  @OfVersion()
  @ApiOperation({
    summary: 'Run the review checkpoint 审查核验',
    description:
      'Papers, collateral, reports, titles. The review passes only what this check, as things stand, lets pass.',
  })
  @Answers(201, decisionMadeSchema, 'What was found; the application stays at review')
  async check(
    @Req() request: SignedInRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id', { schema: uuid }) id: string,
  ): Promise<DecisionMade> {
    const { gates, tools } = this.services;
    const command = { id, version: versionOf(request), decisionId: tools.ids.next() };
    const answer = await this.cases.run(request, reply, 201, (port) =>
      checkReview(port, gates, request.actor, command),
    );
    return presentMade(this.services, request, answer as DecisionView);
  }

  @Post('waivers')
  @Needs('case:act')
  @Idempotent()
  @ApiOperation({
    summary: 'Waive one finding until a day 豁免发现',
    description:
      'By the post that its rule names in `waivedBy`; nobody where it names none. It stays a finding, and is open again after the day.',
  })
  @Answers(201, waiverView, 'Which finding is waived, by which post, until when')
  waive(
    @Req() request: SignedInRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id', { schema: uuid }) id: string,
    @Body({ schema: waiverBody }) body: WaiverBody,
  ) {
    return this.cases.run(request, reply, 201, (port) => waiveFinding(port, request.actor, { id, ...body }));
  }
}
