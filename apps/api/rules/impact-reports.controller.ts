import { Readable } from 'node:stream';
import { Controller, Get, Inject, Param, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { changedLine, changedTable } from '#libs/bulk/impact/changed-line.js';
import { changesSheet, impactSheets, MOST_CHANGES_ON_SHEET } from '#libs/bulk/impact/sheets.js';
import { type ChangesQuery, changesPage, changesQuery } from '#libs/contracts/http/impact.js';
import { uuid } from '#libs/contracts/http/values.js';
import { VERDICTS } from '#libs/domain/verdict.js';
import { changesOf, type StoredChange } from '#libs/persistence/impact/read-runs.js';
import { pageOf } from '#libs/persistence/page.js';
import { inUnion } from '#libs/persistence/pool.js';
import { reachOf, reading } from '#libs/persistence/scope.js';
import { writeWorkbook, XLSX_TYPE } from '#libs/platform/xlsx/write-workbook.js';
import { Answers, AnswersFile } from '../http/answers.decorator.js';
import { Needs } from '../http/permission.decorator.js';
import { SERVICES, type Services } from '../http/services.js';
import type { SignedInRequest } from '../http/session.guard.js';
import { doneResult, impactResult } from './impact-result.js';

const READ_AT_ONCE = 1000;

const shown = ({ before, after, ...change }: StoredChange) => ({
  ...change,
  before: VERDICTS[before],
  after: VERDICTS[after],
});

/** The changed cases of an impact run, and its report. */
@ApiTags('rules')
@Controller('api/v1/impact-runs/:id')
export class ImpactReportsController {
  constructor(@Inject(SERVICES) private readonly services: Services) {}

  private page({ actor }: SignedInRequest, id: string, query: ChangesQuery): Promise<StoredChange[]> {
    const { pool } = this.services.tools;
    const asked = { ...query, cursor: query.cursor ?? null, limit: query.limit + 1 };
    return inUnion(pool, reading(reachOf(actor, 'rules:read')), (sql) => changesOf(sql, actor.unionId, id, asked));
  }

  /** Every changed case as a line of a table, read a page at a time: a slow reader holds no transaction. */
  private async *lines(request: SignedInRequest, id: string, most: number): AsyncGenerator<string[]> {
    let cursor: string | null = null;
    for (let left = most; left > 0; ) {
      const limit = Math.min(READ_AT_ONCE, left);
      const page: StoredChange[] = await this.page(request, id, { limit, ...(cursor === null ? {} : { cursor }) });
      const items = page.slice(0, limit);
      yield* items.map(changedLine);
      left -= items.length;
      cursor = items.at(-1)?.id ?? null;
      if (page.length <= limit || cursor === null) return;
    }
  }

  @Get('changes')
  @Needs('rules:read')
  @ApiOperation({ summary: 'Cases whose verdict or findings would be others 变化的案例' })
  @Answers(200, changesPage, 'One page; of a run that is not done, those found so far')
  async changes(
    @Req() request: SignedInRequest,
    @Param('id', { schema: uuid }) id: string,
    @Query({ schema: changesQuery }) query: ChangesQuery,
  ) {
    await impactResult(this.services, request.actor, id);
    return pageOf(await this.page(request, id, query), query.limit, shown);
  }

  @Get('changes.csv')
  @Needs('rules:read')
  @ApiOperation({ summary: 'All changed cases as CSV 变化案例表' })
  @AnswersFile(
    ['text/csv'],
    'A line for each; text that a spreadsheet would run as a formula begins with an apostrophe',
  )
  async csv(
    @Req() request: SignedInRequest,
    @Res() reply: FastifyReply,
    @Param('id', { schema: uuid }) id: string,
  ): Promise<void> {
    await doneResult(this.services, request.actor, id);
    const table = changedTable();
    const lines = Readable.from(this.lines(request, id, Number.POSITIVE_INFINITY));
    lines.on('error', (cause) => table.destroy(cause));
    await reply.type('text/csv; charset=utf-8').send(lines.pipe(table));
  }

  @Get('report.xlsx')
  @Needs('rules:read')
  @ApiOperation({ summary: 'The report of a run as a workbook 测算报告' })
  @AnswersFile(
    [XLSX_TYPE],
    `Matrices, rules, outcomes, the curve, and the first ${MOST_CHANGES_ON_SHEET} changed cases`,
  )
  async report(
    @Req() request: SignedInRequest,
    @Res() reply: FastifyReply,
    @Param('id', { schema: uuid }) id: string,
  ): Promise<void> {
    const { summary, curve } = await doneResult(this.services, request.actor, id);
    const lines: string[][] = [];
    for await (const line of this.lines(request, id, MOST_CHANGES_ON_SHEET)) lines.push(line);
    const sheets = [...impactSheets(summary, curve), changesSheet(lines, summary.changed)];
    await reply.type(XLSX_TYPE).send(await writeWorkbook(sheets));
  }
}
