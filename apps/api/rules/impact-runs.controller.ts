import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { err } from 'neverthrow';
import {
  type ImpactBody,
  impactBody,
  impactResultView,
  impactRunsPage,
  impactRunView,
  impactsQuery,
} from '#libs/contracts/http/impact.js';
import { type CursorQuery, uuid } from '#libs/contracts/http/values.js';
import type { CivilDate } from '#libs/domain/civil-date.js';
import { ImpactStore } from '#libs/persistence/impact/impact-store.js';
import { impactRuns } from '#libs/persistence/impact/read-runs.js';
import { pageOf } from '#libs/persistence/page.js';
import { inUnion } from '#libs/persistence/pool.js';
import { reachOf, reading } from '#libs/persistence/scope.js';
import { noRuleBook } from '#libs/usecases/problems.js';
import { requestImpact } from '#libs/usecases/request-impact.js';
import { resumeImpact } from '#libs/usecases/resume-impact.js';
import { stopImpact } from '#libs/usecases/stop-impact.js';
import { Answers } from '../http/answers.decorator.js';
import { CommandRunner } from '../http/command-runner.js';
import { Idempotent } from '../http/idempotent.decorator.js';
import { Needs } from '../http/permission.decorator.js';
import { SERVICES, type Services } from '../http/services.js';
import type { SignedInRequest } from '../http/session.guard.js';
import { StoreRunner } from '../http/store-runner.js';
import { impactResult } from './impact-result.js';

/** What a draft or a parameter would change, over past decisions. */
@ApiTags('rules')
@Controller('api/v1/impact-runs')
export class ImpactRunsController {
  private readonly runs: StoreRunner<ImpactStore>;

  constructor(
    @Inject(SERVICES) private readonly services: Services,
    @Inject(CommandRunner) commands: CommandRunner,
  ) {
    const { tools } = services;
    this.runs = new StoreRunner(tools.pool, commands, (sql, actor) => new ImpactStore(sql, tools.ids, actor));
  }

  @Post()
  @HttpCode(202)
  @Needs('rules:impact')
  @Idempotent()
  @ApiOperation({ summary: 'Run a policy over past decisions before it is published 规则影响测算' })
  @Answers(202, impactRunView, 'The run; it is cut into parts, which workers do')
  async request(
    @Req() request: SignedInRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Body({ schema: impactBody }) body: ImpactBody,
  ) {
    const { unionId, businessDate } = request.actor;
    const on = (body.on ?? businessDate) as CivilDate;
    const before = await this.services.books.inForce(unionId, on);
    return this.runs.run(request, reply, 202, async (port) =>
      before === null ? err(noRuleBook()) : requestImpact(port, request.actor, before, { ...body, on }),
    );
  }

  @Get()
  @Needs('rules:read')
  @ApiOperation({ summary: 'Impact runs, newest first 测算记录' })
  @Answers(200, impactRunsPage, 'One page')
  async list(@Req() { actor }: SignedInRequest, @Query({ schema: impactsQuery }) { cursor, limit }: CursorQuery) {
    const page = { cursor: cursor ?? null, limit: limit + 1 };
    const found = await inUnion(this.services.tools.pool, reading(reachOf(actor, 'rules:read')), (sql) =>
      impactRuns(sql, actor.unionId, page),
    );
    return pageOf(found, limit, (run) => run);
  }

  @Get(':id')
  @Needs('rules:read')
  @ApiOperation({ summary: 'A run with its progress and, once done, what it found 查看测算' })
  @Answers(200, impactResultView, 'The run')
  async result(@Req() { actor }: SignedInRequest, @Param('id', { schema: uuid }) id: string) {
    const { run, summary, curve } = await impactResult(this.services, actor, id);
    return { ...run, summary, curve };
  }

  @Post(':id/resume')
  @HttpCode(200)
  @Needs('rules:impact')
  @Idempotent()
  @ApiOperation({ summary: 'Take up what is not done of a run 继续测算' })
  @Answers(200, impactRunView, 'The run; what is done is not done again')
  resume(
    @Req() request: SignedInRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id', { schema: uuid }) id: string,
  ) {
    return this.runs.run(request, reply, 200, (port) => resumeImpact(port, request.actor, { id }));
  }

  @Post(':id/stop')
  @HttpCode(200)
  @Needs('rules:impact')
  @Idempotent()
  @ApiOperation({ summary: 'Stop a run 停止测算' })
  @Answers(200, impactRunView, 'The run; no further part begins')
  stop(
    @Req() request: SignedInRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id', { schema: uuid }) id: string,
  ) {
    return this.runs.run(request, reply, 200, (port) => stopImpact(port, request.actor, { id }));
  }
}
