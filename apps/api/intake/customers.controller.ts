import { Body, Controller, Get, Inject, Param, Patch, Post, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import {
  type AmendCustomerBody,
  amendCustomerBody,
  type LinkCustomersBody,
  linkCustomersBody,
  type RecordConsentBody,
  type RegisterCustomerBody,
  type RegisterHouseholdBody,
  recordConsentBody,
  registerCustomerBody,
  registerHouseholdBody,
} from '#libs/contracts/http/customers.js';
import { uuid } from '#libs/contracts/http/values.js';
import { inUnionTransaction, type PrismaTransaction } from '#libs/persistence/prisma.js';
import { CustomerStore } from '#libs/persistence/stores/customer-store.js';
import { mayActIn } from '#libs/usecases/actor.js';
import { amendCustomer } from '#libs/usecases/amend-customer.js';
import { linkCustomers } from '#libs/usecases/link-customers.js';
import { notFound } from '#libs/usecases/problems.js';
import { recordConsent } from '#libs/usecases/record-consent.js';
import { registerCustomer } from '#libs/usecases/register-customer.js';
import { registerHousehold } from '#libs/usecases/register-household.js';
import { CommandRunner, setEtag, versionOf } from '../http/command-runner.js';
import { Needs } from '../http/permission.decorator.js';
import { HttpProblem } from '../http/problem-response.js';
import { SERVICES, type Services } from '../http/services.js';
import type { SignedInRequest } from '../http/session.guard.js';

const IDEMPOTENT = {
  name: 'Idempotency-Key',
  required: true,
  description: 'Unique to the act; the same key again gives the same answer',
};

@ApiTags('customers')
@Controller('api/v1')
export class CustomersController {
  constructor(
    @Inject(SERVICES) private readonly services: Services,
    @Inject(CommandRunner) private readonly commands: CommandRunner,
  ) {}

  private store(tx: PrismaTransaction, { actor }: SignedInRequest): CustomerStore {
    return new CustomerStore(tx, this.services.tools, actor);
  }

  @Post('customers')
  @Needs('customer:write')
  @ApiHeader(IDEMPOTENT)
  @ApiOperation({ summary: 'Register a customer 登记客户' })
  register(
    @Req() request: SignedInRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Body({ schema: registerCustomerBody }) body: RegisterCustomerBody,
  ) {
    return this.commands.run(request, reply, 201, (tx) =>
      registerCustomer(this.store(tx, request), request.actor, body),
    );
  }

  @Get('customers/:id')
  @Needs('customer:read')
  @ApiOperation({ summary: 'A customer of a unit in reach 查看客户' })
  async read(
    @Req() request: SignedInRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id', { schema: uuid }) id: string,
  ) {
    const found = await inUnionTransaction(this.services.tools.prisma, request.actor.unionId, (tx) =>
      this.store(tx, request).customer(id),
    );
    if (found === null || found.homeUnitId === null || !mayActIn(request.actor, 'customer:read', found.homeUnitId)) {
      throw new HttpProblem(notFound({ zh: '客户', en: 'customer' }));
    }
    setEtag(reply, found);
    return found;
  }

  @Patch('customers/:id')
  @Needs('customer:write')
  @ApiHeader(IDEMPOTENT)
  @ApiHeader({ name: 'If-Match', required: true })
  @ApiOperation({ summary: 'Change what is told of a customer 修改客户资料' })
  amend(
    @Req() request: SignedInRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id', { schema: uuid }) id: string,
    @Body({ schema: amendCustomerBody }) particulars: AmendCustomerBody,
  ) {
    const version = versionOf(request);
    return this.commands.run(request, reply, 200, (tx) =>
      amendCustomer(this.store(tx, request), request.actor, { id, version, particulars }),
    );
  }

  @Post('households')
  @Needs('customer:write')
  @ApiHeader(IDEMPOTENT)
  @ApiOperation({ summary: 'Register a household with its members 登记户' })
  household(
    @Req() request: SignedInRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Body({ schema: registerHouseholdBody }) body: RegisterHouseholdBody,
  ) {
    return this.commands.run(request, reply, 201, (tx) =>
      registerHousehold(this.store(tx, request), request.actor, body),
    );
  }

  @Post('customers/:id/links')
  @Needs('customer:write')
  @ApiHeader(IDEMPOTENT)
  @ApiOperation({ summary: 'Record a link between two customers 登记关联关系' })
  link(
    @Req() request: SignedInRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id', { schema: uuid }) customerId: string,
    @Body({ schema: linkCustomersBody }) body: LinkCustomersBody,
  ) {
    return this.commands.run(request, reply, 201, (tx) =>
      linkCustomers(this.store(tx, request), request.actor, { customerId, ...body }),
    );
  }

  @Post('customers/:id/bureau-consents')
  @Needs('consent:write')
  @ApiHeader(IDEMPOTENT)
  @ApiOperation({ summary: 'Record a signed consent to a bureau query 登记征信查询授权' })
  consent(
    @Req() request: SignedInRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id', { schema: uuid }) customerId: string,
    @Body({ schema: recordConsentBody }) body: RecordConsentBody,
  ) {
    return this.commands.run(request, reply, 201, (tx) =>
      recordConsent(this.store(tx, request), request.actor, { customerId, ...body }),
    );
  }
}
