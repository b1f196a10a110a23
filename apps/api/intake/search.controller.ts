import { Body, Controller, HttpCode, Inject, Post, Req } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { type InHouseSearchBody, inHouseSearchBody } from '#libs/contracts/http/customers.js';
import { searchView } from '#libs/contracts/http/views.js';
import { searchInHouse } from '#libs/persistence/in-house-search.js';
import { inUnion } from '#libs/persistence/pool.js';
import { recordSearch } from '#libs/persistence/record-search.js';
import { reachOf } from '#libs/persistence/scope.js';
import { Answers } from '../http/answers.decorator.js';
import { Needs } from '../http/permission.decorator.js';
import { SERVICES, type Services } from '../http/services.js';
import type { SignedInRequest } from '../http/session.guard.js';

@ApiTags('search')
@Controller('api/v1')
export class SearchController {
  constructor(@Inject(SERVICES) private readonly services: Services) {}

  @Post('in-house-searches')
  @Answers(200, searchView, 'What was searched and when, and whom it found')
  @HttpCode(200)
  @Needs('search:in-house')
  @ApiOperation({
    summary: 'Search all branches of the union 全数据库检索',
    description:
      'Identity numbers travel in the body, never in an address. Every search is kept in the audit trail with its purpose.',
  })
  search(@Req() { actor }: SignedInRequest, @Body({ schema: inHouseSearchBody }) body: InHouseSearchBody) {
    const { vault, ids } = this.services.tools;
    const { purpose, ...terms } = body;
    return inUnion(this.services.tools.pool, reachOf(actor, 'search:in-house'), async (sql) => {
      const reply = await searchInHouse(sql, terms, { vault, at: actor.at, on: actor.businessDate });
      await recordSearch(
        sql,
        actor,
        { purpose, by: reply.searched.by, found: reply.customers.map(({ customerId }) => customerId) },
        ids,
      );
      return reply;
    });
  }
}
