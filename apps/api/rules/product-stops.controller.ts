import { Body, Controller, Get, HttpCode, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { type StopBody, stopBody, stopsView, stopView } from '#libs/contracts/http/product-stops.js';
import { uuid } from '#libs/contracts/http/values.js';
import { type ReasonBody, reasonBody } from '#libs/contracts/http/workflow.js';
import { ProductStopStore } from '#libs/persistence/stores/product-stop-store.js';
import { confirmLifting } from '#libs/usecases/confirm-lifting.js';
import { confirmProductStop } from '#libs/usecases/confirm-product-stop.js';
import { orderLifting } from '#libs/usecases/order-lifting.js';
import { orderProductStop } from '#libs/usecases/order-product-stop.js';
import { Answers } from '../http/answers.decorator.js';
import { CommandRunner } from '../http/command-runner.js';
import { Idempotent } from '../http/idempotent.decorator.js';
import { Needs } from '../http/permission.decorator.js';
import { SERVICES, type Services } from '../http/services.js';
import type { SignedInRequest } from '../http/session.guard.js';
import { StoreRunner } from '../http/store-runner.js';

/** Emergency stops: one person orders, another confirms within an hour; so is a stop lifted. */
@ApiTags('rules')
@Controller('api/v1/product-stops')
export class ProductStopsController {
  private readonly stops: StoreRunner<ProductStopStore>;

  constructor(@Inject(SERVICES) { tools }: Services, @Inject(CommandRunner) commands: CommandRunner) {
    this.stops = new StoreRunner(tools.pool, commands, (sql, actor) => new ProductStopStore(sql, tools.ids, actor));
  }

  @Get()
  @Needs('product:read')
  @ApiOperation({ summary: 'Emergency stops, newest first 紧急停办' })
  @Answers(200, stopsView, 'Those ordered, in force and lifted')
  async list(@Req() request: SignedInRequest) {
    return { items: await this.stops.read(request, 'product:read', (port) => port.stops()) };
  }

  @Post()
  @Needs('product:stop')
  @Idempotent()
  @ApiOperation({ summary: 'Order the emergency stop of a product 发起停办' })
  @Answers(201, stopView, 'Ordered; in force once another person confirms it within an hour')
  order(
    @Req() request: SignedInRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Body({ schema: stopBody }) body: StopBody,
  ) {
    return this.stops.run(request, reply, 201, (port) => orderProductStop(port, request.actor, body));
  }

  @Post(':id/confirmation')
  @HttpCode(200)
  @Needs('product:stop')
  @Idempotent()
  @ApiOperation({ summary: 'Confirm a stop as the second person 确认停办' })
  @Answers(200, stopView, 'In force: nothing of the product is accepted or released')
  confirm(
    @Req() request: SignedInRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id', { schema: uuid }) id: string,
  ) {
    return this.stops.run(request, reply, 200, (port) => confirmProductStop(port, request.actor, { id }));
  }

  @Post(':id/lifting')
  @HttpCode(200)
  @Needs('product:stop')
  @Idempotent()
  @ApiOperation({ summary: 'Order that a stop be lifted 发起解除停办' })
  @Answers(200, stopView, 'In force still, until another person confirms it within an hour')
  lift(
    @Req() request: SignedInRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id', { schema: uuid }) id: string,
    @Body({ schema: reasonBody }) { reason }: ReasonBody,
  ) {
    return this.stops.run(request, reply, 200, (port) => orderLifting(port, request.actor, { id, reason }));
  }

  @Post(':id/lifting/confirmation')
  @HttpCode(200)
  @Needs('product:stop')
  @Idempotent()
  @ApiOperation({ summary: 'Confirm the lifting as the second person 确认解除停办' })
  @Answers(200, stopView, 'Lifted')
  confirmLift(
    @Req() request: SignedInRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id', { schema: uuid }) id: string,
  ) {
    return this.stops.run(request, reply, 200, (port) => confirmLifting(port, request.actor, { id }));
  }
}
