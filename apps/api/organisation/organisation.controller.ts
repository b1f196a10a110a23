import { Controller, Get, Inject, Req } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { productsView, unitsView } from '#libs/contracts/http/views.js';
import { inUnionTransaction } from '#libs/persistence/prisma.js';
import { ofNoUnit, reading } from '#libs/persistence/scope.js';
import { Answers } from '../http/answers.decorator.js';
import { Needs } from '../http/permission.decorator.js';
import { SERVICES, type Services } from '../http/services.js';
import type { SignedInRequest } from '../http/session.guard.js';

@ApiTags('organisation')
@Controller('api/v1')
export class OrganisationController {
  constructor(@Inject(SERVICES) private readonly services: Services) {}

  @Get('org-units')
  @Answers(200, unitsView, 'Units')
  @Needs('organisation:read')
  @ApiOperation({ summary: 'Units of the union 机构' })
  async units(@Req() { actor }: SignedInRequest) {
    const items = await inUnionTransaction(this.services.tools.prisma, reading(ofNoUnit(actor.unionId)), (tx) =>
      tx.orgUnit.findMany({
        select: { id: true, parentId: true, kind: true, code: true, name: true, location: true },
        orderBy: { code: 'asc' },
      }),
    );
    return { items };
  }

  @Get('products')
  @Answers(200, productsView, 'Products')
  @Needs('product:read')
  @ApiOperation({ summary: 'Loan products 贷款品种' })
  async products(@Req() { actor }: SignedInRequest) {
    const items = await inUnionTransaction(this.services.tools.prisma, reading(ofNoUnit(actor.unionId)), (tx) =>
      tx.product.findMany({
        select: {
          id: true,
          code: true,
          nameZh: true,
          nameEn: true,
          category: true,
          customerKind: true,
          unsecured: true,
        },
        orderBy: { code: 'asc' },
      }),
    );
    return { items };
  }
}
