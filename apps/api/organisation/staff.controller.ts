import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import {
  appointmentsView,
  type DepartureBody,
  departedView,
  departureBody,
  type HireBody,
  hireBody,
  staffPage,
  staffView,
} from '#libs/contracts/http/appointments.js';
import { type CursorQuery, cursorQuery, uuid } from '#libs/contracts/http/values.js';
import { inUnion, type Sql } from '#libs/persistence/pool.js';
import { appointmentsOf, listStaff, type StaffReach } from '#libs/persistence/read-staff.js';
import { ofNoUnit, reading } from '#libs/persistence/scope.js';
import { AppointmentStore } from '#libs/persistence/stores/appointment-store.js';
import { unitsFor } from '#libs/usecases/actor.js';
import { hireStaff } from '#libs/usecases/hire-staff.js';
import { notFound } from '#libs/usecases/problems.js';
import { recordDeparture } from '#libs/usecases/record-departure.js';
import { Answers } from '../http/answers.decorator.js';
import { CommandRunner } from '../http/command-runner.js';
import { Idempotent } from '../http/idempotent.decorator.js';
import { Needs } from '../http/permission.decorator.js';
import { HttpProblem } from '../http/problem-response.js';
import { SERVICES, type Services } from '../http/services.js';
import type { SignedInRequest } from '../http/session.guard.js';

@ApiTags('staff')
@Controller('api/v1/staff')
export class StaffController {
  constructor(
    @Inject(SERVICES) private readonly services: Services,
    @Inject(CommandRunner) private readonly commands: CommandRunner,
  ) {}

  private read<T>({ actor }: SignedInRequest, read: (sql: Sql, reach: StaffReach) => Promise<T>): Promise<T> {
    const { unionId, staffId, businessDate: on } = actor;
    const reach = { unionId, staffId, on, units: unitsFor(actor, 'organisation:read') };
    return inUnion(this.services.tools.pool, reading(ofNoUnit(unionId)), (sql) => read(sql, reach));
  }

  private store(sql: Sql, { actor }: SignedInRequest): AppointmentStore {
    return new AppointmentStore(sql, this.services.tools.ids, actor);
  }

  @Get()
  @Needs('organisation:read')
  @ApiOperation({ summary: 'Staff with their appointments in force; a branch sees its own 员工' })
  @Answers(200, staffPage, 'One page, newest first')
  list(@Req() request: SignedInRequest, @Query({ schema: cursorQuery }) query: CursorQuery) {
    return this.read(request, (sql, reach) => listStaff(sql, reach, query));
  }

  @Get(':id/appointments')
  @Needs('organisation:read')
  @ApiOperation({ summary: 'Every appointment of a member of staff 任职经历' })
  @Answers(200, appointmentsView, 'Those past and to come too, the newest first')
  async appointments(@Req() request: SignedInRequest, @Param('id', { schema: uuid }) id: string) {
    const items = await this.read(request, (sql, reach) => appointmentsOf(sql, reach, id));
    if (items === null) throw new HttpProblem(notFound({ zh: '员工', en: 'member of staff' }));
    return { items };
  }

  @Post()
  @Needs('appointment:manage')
  @Idempotent()
  @ApiOperation({ summary: 'Take somebody into service 入职' })
  @Answers(201, staffView, 'The member of staff, without any post yet')
  hire(
    @Req() request: SignedInRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Body({ schema: hireBody }) body: HireBody,
  ) {
    return this.commands.runSql(request, reply, 201, (sql) =>
      hireStaff(this.store(sql, request), request.actor, { ...body, customerId: body.customerId ?? null }),
    );
  }

  @Post(':id/departure')
  @HttpCode(200)
  @Needs('appointment:manage')
  @Idempotent()
  @ApiOperation({ summary: 'Record the last day in service 离职' })
  @Answers(200, departedView, 'The appointments end with that day')
  depart(
    @Req() request: SignedInRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id', { schema: uuid }) id: string,
    @Body({ schema: departureBody }) { leftOn }: DepartureBody,
  ) {
    return this.commands.runSql(request, reply, 200, (sql) =>
      recordDeparture(this.store(sql, request), request.actor, { id, leftOn }),
    );
  }
}
