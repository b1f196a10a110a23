import { Body, Controller, HttpCode, Inject, Post, Req } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { type AuthoredBody, answersView, authoredBody, lintView } from '#libs/contracts/http/rules.js';
import type { CivilDate } from '#libs/domain/civil-date.js';
import { parametersInForceOn } from '#libs/persistence/parameters-in-force.js';
import { inUnion, type Sql } from '#libs/persistence/pool.js';
import { datedParameters } from '#libs/persistence/read-parameters.js';
import { reachOf, reading } from '#libs/persistence/scope.js';
import { lintDraft } from '#libs/rules/lint/lint-draft.js';
import { testDraft } from '#libs/rules/test-draft.js';
import { invalidInput } from '#libs/usecases/problems.js';
import { Answers } from '../http/answers.decorator.js';
import { Needs } from '../http/permission.decorator.js';
import { HttpProblem } from '../http/problem-response.js';
import { SERVICES, type Services } from '../http/services.js';
import type { SignedInRequest } from '../http/session.guard.js';

/** What an author asks of a book while writing it: nothing is kept. */
@ApiTags('rules')
@Controller('api/v1/rule-books')
export class RuleAuthoringController {
  constructor(@Inject(SERVICES) private readonly services: Services) {}

  private read<T>({ actor }: SignedInRequest, read: (sql: Sql) => Promise<T>): Promise<T> {
    return inUnion(this.services.tools.pool, reading(reachOf(actor, 'rules:make')), read);
  }

  @Post('lint')
  @HttpCode(200)
  @Needs('rules:make')
  @ApiOperation({ summary: 'Check a book that is being written 检查规则' })
  @Answers(200, lintView, 'What is wrong with it, where, and how to mend it')
  async lint(@Req() request: SignedInRequest, @Body({ schema: authoredBody }) { on, ...draft }: AuthoredBody) {
    const { unionId, businessDate } = request.actor;
    const known = await this.read(request, (sql) => datedParameters(sql, unionId));
    const messages = lintDraft(draft, known, (on ?? businessDate) as CivilDate);
    const errors = messages.filter(({ level }) => level === 'error').length;
    return { errors, warnings: messages.length - errors, messages };
  }

  @Post('test')
  @HttpCode(200)
  @Needs('rules:make')
  @ApiOperation({ summary: 'Run the cases of a book that is being written 试算案例' })
  @Answers(200, answersView, 'What it answers to each of them')
  async test(@Req() request: SignedInRequest, @Body({ schema: authoredBody }) { on, ...draft }: AuthoredBody) {
    const { unionId, businessDate } = request.actor;
    const effectiveFrom = (on ?? businessDate) as CivilDate;
    const values = await this.read(request, (sql) => parametersInForceOn(sql, unionId, effectiveFrom));
    const tested = await testDraft(draft, { effectiveFrom, values });
    if ('faults' in tested) throw new HttpProblem(invalidInput(tested.faults));
    const answers = tested.answers.map(({ file, index, rule, name, expected, got }) => {
      return { path: `/cases/${file}/cases/${index}`, rule, name, expected, got };
    });
    return { cases: answers.length, passed: answers.filter(({ expected, got }) => got === expected).length, answers };
  }
}
