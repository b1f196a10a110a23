import { Body, Controller, HttpCode, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import {
  type AppointBody,
  appointBody,
  appointmentView,
  type DelegateBody,
  delegateBody,
  type EndBody,
  endBody,
} from '#libs/contracts/http/appointments.js';
import { uuid } from '#libs/contracts/http/values.js';
import { AppointmentStore } from '#libs/persistence/stores/appointment-store.js';
import { appointStaff } from '#libs/usecases/appoint-staff.js';
import { delegateAppointment } from '#libs/usecases/delegate-appointment.js';
import { endAppointment } from '#libs/usecases/end-appointment.js';
import { Answers } from '../http/answers.decorator.js';
import { CommandRunner } from '../http/command-runner.js';
import { Idempotent } from '../http/idempotent.decorator.js';
import { Needs } from '../http/permission.decorator.js';
import { SERVICES, type Services } from '../http/services.js';
import type { SignedInRequest } from '../http/session.guard.js';
import { StoreRunner } from '../http/store-runner.js';

@ApiTags('appointments')
@Controller('api/v1/appointments')
export class AppointmentsController {
  private readonly appointments: StoreRunner<AppointmentStore>;

  constructor(@Inject(SERVICES) { tools }: Services, @Inject(CommandRunner) commands: CommandRunner) {
    this.appointments = new StoreRunner(
      tools.pool,
      commands,
      (sql, actor) => new AppointmentStore(sql, tools.ids, actor),
    );
  }

  @Post()
  @Needs('appointment:manage')
  @Idempotent()
  @ApiOperation({
    summary: 'Appoint a member of staff to a post 聘任',
    description: 'Refused where the person would hold incompatible posts, or come to both sides of a live loan (G1).',
  })
  @Answers(201, appointmentView, 'The appointment')
  appoint(
    @Req() request: SignedInRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Body({ schema: appointBody }) body: AppointBody,
  ) {
    return this.appointments.run(request, reply, 201, (port) =>
      appointStaff(port, request.actor, { ...body, validTo: body.validTo ?? null }),
    );
  }

  @Post(':id/end')
  @HttpCode(200)
  @Needs('appointment:delegate')
  @Idempotent()
  @ApiOperation({
    summary: 'End an appointment after a day 解聘',
    description:
      'By the administrator; a delegation also by who gave it and by who was given it. Delegations of it end too.',
  })
  @Answers(200, appointmentView, 'The appointment with its last day')
  end(
    @Req() request: SignedInRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id', { schema: uuid }) id: string,
    @Body({ schema: endBody }) body: EndBody,
  ) {
    return this.appointments.run(request, reply, 200, (port) => endAppointment(port, request.actor, { id, ...body }));
  }

  @Post(':id/delegations')
  @Needs('appointment:delegate')
  @Idempotent()
  @ApiOperation({
    summary: 'Hand a post on to a deputy for dated days 授权代行',
    description: 'By its holder or the administrator. The holder keeps the post; groups that vote are not handed on.',
  })
  @Answers(201, appointmentView, "The deputy's own appointment for those days")
  delegate(
    @Req() request: SignedInRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id', { schema: uuid }) id: string,
    @Body({ schema: delegateBody }) body: DelegateBody,
  ) {
    return this.appointments.run(request, reply, 201, (port) =>
      delegateAppointment(port, request.actor, { id, ...body }),
    );
  }
}
