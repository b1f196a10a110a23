import { Controller, Get, Inject, Query, Req } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { type AuditQueryBody, auditQuery, auditView } from '#libs/contracts/http/audit.js';
import { inUnion } from '#libs/persistence/pool.js';
import { readAudit } from '#libs/persistence/read-audit.js';
import { ofNoUnit, reading } from '#libs/persistence/scope.js';
import { unitsFor } from '#libs/usecases/actor.js';
import { otherUnit } from '#libs/usecases/problems.js';
import { Answers } from '../http/answers.decorator.js';
import { Needs } from '../http/permission.decorator.js';
import { HttpProblem } from '../http/problem-response.js';
import { SERVICES, type Services } from '../http/services.js';
import type { SignedInRequest } from '../http/session.guard.js';

@ApiTags('audit')
@Controller('api/v1')
export class AuditController {
  constructor(@Inject(SERVICES) private readonly services: Services) {}

  @Get('audit-events')
  @Needs('audit:read')
  @ApiOperation({
    summary: 'The audit trail by record, person and day, newest first 审计留痕',
    description: 'The audit department alone reads it, over every branch.',
  })
  @Answers(200, auditView, 'One page')
  async trail(@Req() { actor }: SignedInRequest, @Query({ schema: auditQuery }) query: AuditQueryBody) {
    if (unitsFor(actor, 'audit:read') !== 'all') throw new HttpProblem(otherUnit());
    const { subjectId, staffId, day, cursor, limit } = query;
    const found = await inUnion(this.services.tools.pool, reading(ofNoUnit(actor.unionId)), (sql) =>
      readAudit(sql, actor.unionId, { subjectId, staffId, day, cursor, limit: limit + 1 }),
    );
    const items = found.slice(0, limit);
    return { items, nextCursor: found.length > limit ? (items.at(-1)?.id ?? null) : null };
  }
}
