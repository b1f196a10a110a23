import { Body, Controller, Get, Inject, Param, Patch, Post, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
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
import { type CursorQuery, cursorQuery, uuid } from '#libs/contracts/http/values.js';
import {
  consentSchema,
  customerSchema,
  customersPage,
  householdSchema,
  householdsView,
  linkSchema,
} from '#libs/contracts/http/views.js';
import { inUnionTransaction, type PrismaTransaction } from '#libs/persistence/prisma.js';
import { listCustomers, readHouseholds } from '#libs/persistence/read-customers.js';
import { reachOf, reading } from '#libs/persistence/scope.js';
import { CustomerStore } from '#libs/persistence/stores/customer-store.js';
import { mayActIn, unitsFor } from '#libs/usecases/actor.js';
import { amendCustomer } from '#libs/usecases/amend-customer.js';
import { linkCustomers } from '#libs/usecases/link-customers.js';
import { notFound } from '#libs/usecases/problems.js';
import { recordConsent } from '#libs/usecases/record-consent.js';
import { registerCustomer } from '#libs/usecases/register-customer.js';
import { registerHousehold } from '#libs/usecases/register-household.js';
import type { CustomerView } from '#libs/usecases/views.js';
import { Answers } from '../http/answers.decorator.js';
import { CommandRunner, setEtag, versionOf } from '../http/command-runner.js';
import { Idempotent, OfVersion } from '../http/idempotent.decorator.js';
import { Needs } from '../http/permission.decorator.js';
import { HttpProblem } from '../http/problem-response.js';
import { SERVICES, type Services } from '../http/services.js';
import type { SignedInRequest } from '../http/session.guard.js';

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

  /** The customer, if the actor's posts reach the home unit; else it is as if it were not there. */
  private async inReach(request: SignedInRequest, id: string): Promise<CustomerView> {
    const found = await this.seen(request, (tx) => this.store(tx, request).customer(id));
    if (found === null || found.homeUnitId === null || !mayActIn(request.actor, 'customer:read', found.homeUnitId)) {
      throw new HttpProblem(notFound({ zh: '客户', en: 'customer' }));
    }
    return found;
  }

  private seen<T>({ actor }: SignedInRequest, work: (tx: PrismaTransaction) => Promise<T>): Promise<T> {
    return inUnionTransaction(this.services.tools.prisma, reading(reachOf(actor, 'customer:read')), work);
  }

  @Post('customers')
  @Needs('customer:write')
  @Idempotent()
  @ApiOperation({ summary: 'Register a customer 登记客户' })
  @Answers(201, customerSchema, 'The customer; personal data masked')
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
  @Answers(200, customerSchema, 'The customer; personal data masked')
  async read(
    @Req() request: SignedInRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id', { schema: uuid }) id: string,
  ) {
    const found = await this.inReach(request, id);
    setEtag(reply, found);
    return found;
  }

  @Get('customers')
  @Needs('customer:read')
  @ApiOperation({ summary: 'Customers of the units in reach 客户列表' })
  @Answers(200, customersPage, 'One page')
  list(@Req() request: SignedInRequest, @Query({ schema: cursorQuery }) query: CursorQuery) {
    return this.seen(request, (tx) => listCustomers(tx, unitsFor(request.actor, 'customer:read'), query));
  }

  @Get('customers/:id/households')
  @Needs('customer:read')
  @ApiOperation({ summary: "A customer's households in force with their members 所在的户" })
  @Answers(200, householdsView, 'Households')
  async households(@Req() request: SignedInRequest, @Param('id', { schema: uuid }) id: string) {
    await this.inReach(request, id);
    return { items: await this.seen(request, (tx) => readHouseholds(tx, id, request.actor.businessDate)) };
  }

  @Patch('customers/:id')
  @Needs('customer:write')
  @Idempotent()
  @OfVersion()
  @ApiOperation({ summary: 'Change what is told of a customer 修改客户资料' })
  @Answers(200, customerSchema, 'The customer as changed')
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
  @Idempotent()
  @ApiOperation({ summary: 'Register a household with its members 登记户' })
  @Answers(201, householdSchema, 'The household')
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
  @Idempotent()
  @ApiOperation({ summary: 'Record a link between two customers 登记关联关系' })
  @Answers(201, linkSchema, 'The link')
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
  @Idempotent()
  @ApiOperation({ summary: 'Record a signed consent to a bureau query 登记征信查询授权' })
  @Answers(201, consentSchema, 'The consent')
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
