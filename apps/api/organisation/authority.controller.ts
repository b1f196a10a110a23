import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import {
  authorityTablesView,
  authorityTableView,
  type PeriodQuery,
  periodQuery,
  type RatingsBody,
  ratingsBody,
  ratingsView,
  suspensionsView,
  suspensionView,
  type TableQuery,
  tableQuery,
} from '#libs/contracts/http/authority.js';
import { uuid } from '#libs/contracts/http/values.js';
import { type ReasonBody, reasonBody } from '#libs/contracts/http/workflow.js';
import type { CivilDate } from '#libs/domain/civil-date.js';
import { AuthorityStore } from '#libs/persistence/stores/authority-store.js';
import { readLimits, writeLimits } from '#libs/platform/csv/authority-csv.js';
import { XLSX_TYPE } from '#libs/platform/xlsx/write-workbook.js';
import { mayActIn } from '#libs/usecases/actor.js';
import { liftSuspension } from '#libs/usecases/lift-suspension.js';
import { proposedTable } from '#libs/usecases/propose-authority.js';
import { rateBranches } from '#libs/usecases/rate-branches.js';
import { setAuthority } from '#libs/usecases/set-authority.js';
import { Answers, AnswersFile } from '../http/answers.decorator.js';
import { CommandRunner } from '../http/command-runner.js';
import { Idempotent } from '../http/idempotent.decorator.js';
import { Needs } from '../http/permission.decorator.js';
import { SERVICES, type Services } from '../http/services.js';
import type { SignedInRequest } from '../http/session.guard.js';
import { StoreRunner } from '../http/store-runner.js';

/** A branch sees its own figures, head office all. */
function seen<T extends { readonly branchId: string }>({ actor }: SignedInRequest, items: readonly T[]): readonly T[] {
  return items.filter(({ branchId }) => mayActIn(actor, 'authority:read', branchId));
}

@ApiTags('authority')
@Controller('api/v1')
export class AuthorityController {
  private readonly authority: StoreRunner<AuthorityStore>;

  constructor(@Inject(SERVICES) { tools, books }: Services, @Inject(CommandRunner) commands: CommandRunner) {
    this.authority = new StoreRunner(
      tools.pool,
      commands,
      (sql, actor) => new AuthorityStore(sql, tools.ids, actor, books),
    );
  }

  @Post('branch-ratings')
  @Needs('authority:propose')
  @Idempotent()
  @ApiOperation({ summary: 'Rate every branch for a period 授权评级' })
  @Answers(201, ratingsView, 'Figures, grades, and the limits that they propose')
  rate(
    @Req() request: SignedInRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Body({ schema: ratingsBody }) body: RatingsBody,
  ) {
    return this.authority.run(request, reply, 201, (port) => rateBranches(port, request.actor, body));
  }

  @Get('branch-ratings')
  @Needs('authority:read')
  @ApiOperation({ summary: 'The newest ratings of a period 查看评级' })
  @Answers(200, ratingsView, 'One for each branch that was rated')
  ratings(@Req() request: SignedInRequest, @Query({ schema: periodQuery }) { from }: PeriodQuery) {
    return this.authority.read(request, 'authority:read', async (port) => ({
      items: seen(request, await port.ratings(from)),
    }));
  }

  @Get('authority-tables/proposal')
  @Needs('authority:propose')
  @ApiOperation({ summary: 'The table that the ratings propose, as CSV 授权建议表' })
  @AnswersFile(['text/csv'], 'Columns branch, category, from, to, limitYuan')
  async proposal(
    @Req() request: SignedInRequest,
    @Res() reply: FastifyReply,
    @Query({ schema: periodQuery }) { from, to }: PeriodQuery,
  ): Promise<void> {
    const period = { from: from as CivilDate, to: to as CivilDate };
    const rows = await this.authority.read(request, 'authority:read', (port) => proposedTable(port, period));
    await reply.type('text/csv; charset=utf-8').send(writeLimits(rows));
  }

  @Post('authority-tables')
  @Needs('authority:set')
  @Idempotent()
  @ApiConsumes('text/csv', XLSX_TYPE)
  @ApiBody({ schema: { type: 'string' } })
  @ApiOperation({
    summary: 'Set what each branch may lend by itself 年度授权',
    description:
      'The decision table is the body, CSV (UTF-8 or GB18030) or XLSX: branch, category, from, to, limitYuan. It has no gap and no overlap.',
  })
  @Answers(201, authorityTableView, 'The table, with the ratings that it was decided over')
  async set(
    @Req() request: SignedInRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Query({ schema: tableQuery }) { from, to, basis }: TableQuery,
    @Body() body: unknown,
  ) {
    const read = await readLimits(Buffer.isBuffer(body) ? body : Buffer.alloc(0));
    const period = { from: from as CivilDate, to: to as CivilDate };
    return this.authority.run(request, reply, 201, (port) =>
      setAuthority(port, request.actor, { period, basis, ...read }),
    );
  }

  @Get('authority-tables')
  @Needs('authority:read')
  @ApiOperation({ summary: 'Tables of limits, newest first 授权表' })
  @Answers(200, authorityTablesView, 'Every table')
  tables(@Req() request: SignedInRequest) {
    return this.authority.read(request, 'authority:read', async (port) => ({ items: await port.tables() }));
  }

  @Get('authority-suspensions')
  @Needs('authority:read')
  @ApiOperation({ summary: 'Branches without authority for their non-performing loans 暂停授权' })
  @Answers(200, suspensionsView, 'Those that were lifted too')
  suspensions(@Req() request: SignedInRequest) {
    return this.authority.read(request, 'authority:read', async (port) => ({
      items: seen(request, await port.suspensions()),
    }));
  }

  @Post('authority-suspensions/:id/lifting')
  @HttpCode(200)
  @Needs('authority:set')
  @Idempotent()
  @ApiOperation({ summary: 'Give a branch its authority back 恢复授权' })
  @Answers(200, suspensionView, 'With authority again from the next day on')
  lift(
    @Req() request: SignedInRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id', { schema: uuid }) id: string,
    @Body({ schema: reasonBody }) { reason }: ReasonBody,
  ) {
    return this.authority.run(request, reply, 200, (port) => liftSuspension(port, request.actor, { id, reason }));
  }
}
