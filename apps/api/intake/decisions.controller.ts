import { Controller, Get, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { uuid } from '#libs/contracts/http/values.js';
import {
  type DecisionMade,
  type DecisionReading,
  decisionMadeSchema,
  decisionSchema,
  decisionsView,
} from '#libs/contracts/http/views.js';
import { inUnionTransaction } from '#libs/persistence/prisma.js';
import { readDecisions, type StoredDecision } from '#libs/persistence/read-decisions.js';
import { reachOf, reading } from '#libs/persistence/scope.js';
import { DecisionStore } from '#libs/persistence/stores/decision-store.js';
import type { DecisionView } from '#libs/usecases/checkpoint.js';
import { decideIntake } from '#libs/usecases/decide-intake.js';
import { notFound } from '#libs/usecases/problems.js';
import { Answers } from '../http/answers.decorator.js';
import { CommandRunner } from '../http/command-runner.js';
import { Idempotent } from '../http/idempotent.decorator.js';
import { Needs } from '../http/permission.decorator.js';
import { HttpProblem, preferredLanguage } from '../http/problem-response.js';
import { SERVICES, type Services } from '../http/services.js';
import type { SignedInRequest } from '../http/session.guard.js';
import { applicationInReach } from './application-in-reach.js';
import { booksOf, presentDecision, presentMade } from './present-decision.js';

@ApiTags('decisions')
@Controller('api/v1')
export class DecisionsController {
  constructor(
    @Inject(SERVICES) private readonly services: Services,
    @Inject(CommandRunner) private readonly commands: CommandRunner,
  ) {}

  private async present(request: SignedInRequest, decision: StoredDecision): Promise<DecisionReading> {
    const books = await booksOf(this.services.books, request.actor.unionId, decision);
    return presentDecision(decision, books, preferredLanguage(request.headers['accept-language']));
  }

  private stored(request: SignedInRequest, where: Parameters<typeof readDecisions>[1]): Promise<StoredDecision[]> {
    const reach = reading(reachOf(request.actor, 'decision:read'));
    return inUnionTransaction(this.services.tools.prisma, reach, (tx) => readDecisions(tx, where));
  }

  @Post('applications/:id/intake-decisions')
  @Needs('intake:decide')
  @Idempotent()
  @ApiOperation({ summary: 'Run the intake checkpoint 受理检查' })
  @Answers(201, decisionMadeSchema, 'The decision, and where the application stands now')
  async decide(
    @Req() request: SignedInRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id', { schema: uuid }) applicationId: string,
  ): Promise<DecisionMade> {
    const { books, gates, tools } = this.services;
    const answer = await this.commands.runSql(request, reply, 201, (sql) => {
      const port = new DecisionStore(sql, request.actor.unionId, books, tools.ids);
      return decideIntake(port, gates, request.actor, { applicationId, decisionId: tools.ids.next() });
    });
    return presentMade(this.services, request, answer as DecisionView);
  }

  @Get('applications/:id/decisions')
  @Needs('decision:read')
  @ApiOperation({ summary: 'Decisions on an application, newest first 申请的全部判定' })
  @Answers(200, decisionsView, 'At most the newest hundred')
  async decisions(@Req() request: SignedInRequest, @Param('id', { schema: uuid }) id: string) {
    await applicationInReach(this.services, request.actor, id, 'decision:read');
    const stored = await this.stored(request, { applicationId: id });
    return { items: await Promise.all(stored.map((one) => this.present(request, one))) };
  }

  @Get('decisions/:id')
  @Needs('decision:read')
  @ApiOperation({ summary: 'A decision with its facts, sources and reasons 查看判定' })
  @Answers(200, decisionSchema, 'The decision')
  async decision(@Req() request: SignedInRequest, @Param('id', { schema: uuid }) id: string): Promise<DecisionReading> {
    const [found] = await this.stored(request, { id });
    if (found === undefined) throw new HttpProblem(notFound({ zh: '判定', en: 'decision' }));
    await applicationInReach(this.services, request.actor, found.applicationId, 'decision:read');
    return this.present(request, found);
  }
}
