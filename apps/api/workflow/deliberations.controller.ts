import { Body, Controller, HttpCode, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { uuid } from '#libs/contracts/http/values.js';
import { applicationSchema } from '#libs/contracts/http/views.js';
import {
  type ClosingBody,
  type ConflictBody,
  closingBody,
  conflictBody,
  type VoteBody,
  voteBody,
} from '#libs/contracts/http/workflow.js';
import { conflictView, meetingView, voteView } from '#libs/contracts/http/workflow-views.js';
import { castVote } from '#libs/usecases/cast-vote.js';
import { closeDeliberation } from '#libs/usecases/close-deliberation.js';
import { conveneDeliberation } from '#libs/usecases/convene-deliberation.js';
import { declareConflict } from '#libs/usecases/declare-conflict.js';
import { Answers } from '../http/answers.decorator.js';
import { versionOf } from '../http/command-runner.js';
import { Idempotent, OfVersion } from '../http/idempotent.decorator.js';
import { Needs } from '../http/permission.decorator.js';
import type { SignedInRequest } from '../http/session.guard.js';
import { CaseRunner } from './case-runner.js';

@ApiTags('deliberation')
@Controller('api/v1/applications/:id/deliberation')
export class DeliberationsController {
  constructor(@Inject(CaseRunner) private readonly cases: CaseRunner) {}

  @Post()
  @Needs('case:act')
  @Idempotent()
  @OfVersion()
  @ApiOperation({ summary: 'Convene the group 召集审议会' })
  @Answers(201, meetingView, 'The meeting')
  convene(
    @Req() request: SignedInRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id', { schema: uuid }) id: string,
  ) {
    const version = versionOf(request);
    return this.cases.run(request, reply, 201, (port) => conveneDeliberation(port, request.actor, { id, version }));
  }

  @Post('conflicts')
  @Needs('case:act')
  @Idempotent()
  @ApiOperation({ summary: 'Declare a conflict of interest 申报回避' })
  @Answers(201, conflictView, 'Declared')
  conflict(
    @Req() request: SignedInRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id', { schema: uuid }) id: string,
    @Body({ schema: conflictBody }) { reason }: ConflictBody,
  ) {
    return this.cases.run(request, reply, 201, (port) => declareConflict(port, request.actor, { id, reason }));
  }

  @Post('votes')
  @Needs('case:act')
  @Idempotent()
  @ApiOperation({ summary: 'Vote with an opinion 表决' })
  @Answers(201, voteView, 'Voted')
  vote(
    @Req() request: SignedInRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id', { schema: uuid }) id: string,
    @Body({ schema: voteBody }) body: VoteBody,
  ) {
    return this.cases.run(request, reply, 201, (port) => castVote(port, request.actor, { id, ...body }));
  }

  @Post('closing')
  @HttpCode(200)
  @Needs('case:act')
  @Idempotent()
  @OfVersion()
  @ApiOperation({ summary: 'Close the meeting and freeze its minutes 结束审议' })
  @Answers(200, applicationSchema, 'The application: at approval, or refused')
  close(
    @Req() request: SignedInRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id', { schema: uuid }) id: string,
    @Body({ schema: closingBody }) { remarks }: ClosingBody,
  ) {
    const version = versionOf(request);
    return this.cases.run(request, reply, 200, (port) =>
      closeDeliberation(port, request.actor, { id, version, remarks }),
    );
  }
}
