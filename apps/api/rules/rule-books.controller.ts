import { Controller, Get, Inject, Param, Query, Req } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  type AttentionQuery,
  attentionQuery,
  attentionView,
  bookHash,
  bookView,
  type DiffQuery,
  diffQuery,
  diffView,
  parametersView,
  publicationsView,
} from '#libs/contracts/http/rules.js';
import { addDays, type CivilDate } from '#libs/domain/civil-date.js';
import { inUnion, type Sql } from '#libs/persistence/pool.js';
import { publicationsOf } from '#libs/persistence/publications.js';
import { expiringParameters, parameterRows, unconfirmedParameters } from '#libs/persistence/read-parameters.js';
import { reachOf, reading } from '#libs/persistence/scope.js';
import { bookContent, type RuleBook } from '#libs/rules/book.js';
import { bookDifference } from '#libs/rules/diff/book-difference.js';
import { parametersMissing } from '#libs/rules/parameters-named.js';
import { notFound } from '#libs/usecases/problems.js';
import { Answers } from '../http/answers.decorator.js';
import { Needs } from '../http/permission.decorator.js';
import { HttpProblem } from '../http/problem-response.js';
import { SERVICES, type Services } from '../http/services.js';
import type { SignedInRequest } from '../http/session.guard.js';

/** What was in force when, by whom, and what it said. */
@ApiTags('rules')
@Controller('api/v1')
export class RuleBooksController {
  constructor(@Inject(SERVICES) private readonly services: Services) {}

  private read<T>({ actor }: SignedInRequest, read: (sql: Sql) => Promise<T>): Promise<T> {
    return inUnion(this.services.tools.pool, reading(reachOf(actor, 'rules:read')), read);
  }

  private async bookOf({ actor }: SignedInRequest, hash: string): Promise<RuleBook> {
    const book = await this.services.books.published(actor.unionId, hash);
    if (book === null) throw new HttpProblem(notFound({ zh: '规则书', en: 'rule book' }));
    return book;
  }

  @Get('rule-publications')
  @Needs('rules:read')
  @ApiOperation({ summary: 'Which book was in force when, by whom 规则发布记录' })
  @Answers(200, publicationsView, 'Newest first')
  async publications(@Req() request: SignedInRequest) {
    const found = await this.read(request, (sql) => publicationsOf(sql, request.actor.unionId));
    // Of one date the newest alone came into force: the others end before they begin.
    return {
      items: found.map((one, at) => {
        const next = found[at - 1];
        return { ...one, effectiveTo: next === undefined ? null : addDays(next.effectiveFrom as CivilDate, -1) };
      }),
    };
  }

  @Get('rule-books/:hash')
  @Needs('rules:read')
  @ApiOperation({ summary: 'A published book with its rules and tables 查看规则书' })
  @Answers(200, bookView, 'The book')
  async book(@Req() request: SignedInRequest, @Param('hash', { schema: bookHash }) hash: string) {
    const { manifest, rules, tables = [] } = bookContent(await this.bookOf(request, hash));
    return { hash, manifest, rules, tables };
  }

  @Get('rule-books/:hash/difference')
  @Needs('rules:read')
  @ApiOperation({ summary: 'What one published book has otherwise than another 规则书比较' })
  @Answers(200, diffView, 'Rules and tables field by field, and in words')
  async difference(
    @Req() request: SignedInRequest,
    @Param('hash', { schema: bookHash }) from: string,
    @Query({ schema: diffQuery }) { to }: DiffQuery,
  ) {
    return { from, to, ...bookDifference(await this.bookOf(request, from), await this.bookOf(request, to)) };
  }

  @Get('policy-parameters')
  @Needs('rules:read')
  @ApiOperation({ summary: 'Every value of every parameter with its dates 政策参数' })
  @Answers(200, parametersView, 'By key and date')
  async parameters(@Req() request: SignedInRequest) {
    return { items: await this.read(request, (sql) => parameterRows(sql, request.actor.unionId)) };
  }

  @Get('policy-parameters/attention')
  @Needs('rules:read')
  @ApiOperation({ summary: 'Parameters that run out, are missing, or wait to be confirmed 参数提示' })
  @Answers(200, attentionView, 'What somebody of the compliance post must look at')
  async attention(@Req() request: SignedInRequest, @Query({ schema: attentionQuery }) { days }: AttentionQuery) {
    const { unionId, businessDate } = request.actor;
    const inForce = await this.services.books.inForce(unionId, businessDate);
    const missing = inForce === null ? [] : parametersMissing(inForce.book, inForce.parameters.values);
    return this.read(request, async (sql) => ({
      expiring: await expiringParameters(sql, unionId, businessDate, days),
      unconfirmed: await unconfirmedParameters(sql, unionId, businessDate),
      missing,
    }));
  }
}
