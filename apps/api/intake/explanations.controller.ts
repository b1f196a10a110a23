import { Controller, Get, Header, Inject, Param, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import {
  type ExplanationPageQuery,
  explanationPageQuery,
  explanationView,
} from '#libs/contracts/http/explanation-view.js';
import { uuid } from '#libs/contracts/http/values.js';
import { explainMatter, readMatter } from '#libs/persistence/explain-decision.js';
import { inUnion } from '#libs/persistence/pool.js';
import { reachOf, reading } from '#libs/persistence/scope.js';
import type { ExplainedDecision } from '#libs/rules/explain/explained-decision.js';
import type { Actor } from '#libs/usecases/actor.js';
import { notFound, pagesBusy } from '#libs/usecases/problems.js';
import { Answers, AnswersFile } from '../http/answers.decorator.js';
import { Needs } from '../http/permission.decorator.js';
import { HttpProblem } from '../http/problem-response.js';
import { SERVICES, type Services } from '../http/services.js';
import type { SignedInRequest } from '../http/session.guard.js';
import { applicationInReach } from './application-in-reach.js';

@ApiTags('decisions')
@Controller('api/v1/decisions/:id')
export class ExplanationsController {
  constructor(@Inject(SERVICES) private readonly services: Services) {}

  private async explained(actor: Actor, id: string): Promise<ExplainedDecision> {
    const { tools, books } = this.services;
    const found = await inUnion(tools.pool, reading(reachOf(actor, 'decision:read')), (sql) =>
      readMatter(sql, books, actor.unionId, id),
    );
    if (found === null) throw new HttpProblem(notFound({ zh: '判定', en: 'decision' }));
    await applicationInReach(this.services, actor, found.decision.applicationId, 'decision:read');
    return explainMatter(found);
  }

  @Get('explanation')
  @Needs('decision:read')
  @ApiOperation({
    summary: 'Why a decision says what it says, and what would have to be otherwise 判定说明',
    description:
      'Every rule that was asked with its tree of conditions, what each compared, and the nearest single changes that would turn the verdict.',
  })
  @Answers(200, explanationView, 'The explanation, in both languages')
  explanation(
    @Req() { actor }: SignedInRequest,
    @Param('id', { schema: uuid }) id: string,
  ): Promise<ExplainedDecision> {
    return this.explained(actor, id);
  }

  @Get('explanation.pdf')
  @Needs('decision:read')
  @Header('x-content-type-options', 'nosniff')
  @ApiOperation({ summary: 'The explanation as a page to print 打印判定说明' })
  @AnswersFile(['application/pdf'], 'The same bytes for the same decision')
  async page(
    @Req() { actor }: SignedInRequest,
    @Res() reply: FastifyReply,
    @Param('id', { schema: uuid }) id: string,
    @Query({ schema: explanationPageQuery }) { language }: ExplanationPageQuery,
  ): Promise<void> {
    const explained = await this.explained(actor, id);
    const pdf = await this.services.pages.explanation(explained, language === 'en' ? 'en' : 'zh');
    if (pdf === null) throw new HttpProblem(pagesBusy());
    await reply
      .type('application/pdf')
      .header('cache-control', 'no-store')
      .header('content-disposition', `inline; filename="explanation-${id}.pdf"`)
      .send(pdf);
  }
}
