import { Body, Controller, Get, Header, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import {
  type CourtOutcomeBody,
  courtOutcomeBody,
  courtOutcomeView,
  type FirmBody,
  firmBody,
  firmRegisteredView,
  firmsView,
  type PanelBody,
  panelBody,
  panelChosenView,
  type SpecimenQuery,
  specimenAddedView,
  specimenQuery,
} from '#libs/contracts/http/firms.js';
import { uuid } from '#libs/contracts/http/values.js';
import { inUnion } from '#libs/persistence/pool.js';
import { ofNoUnit, reading, wholeUnion } from '#libs/persistence/scope.js';
import { FirmStore } from '#libs/persistence/stores/firm-store.js';
import { imageTypeOf, SPECIMEN_TYPES } from '#libs/platform/documents/content-type.js';
import { sha256Of } from '#libs/platform/documents/document-store.js';
import { addSpecimen } from '#libs/usecases/add-specimen.js';
import { choosePanel } from '#libs/usecases/choose-panel.js';
import { notFound, unknownType } from '#libs/usecases/problems.js';
import { recordCourtOutcome } from '#libs/usecases/record-court-outcome.js';
import { registerAppraisalFirm } from '#libs/usecases/register-appraisal-firm.js';
import { Answers, AnswersFile } from '../http/answers.decorator.js';
import { CommandRunner } from '../http/command-runner.js';
import { Idempotent } from '../http/idempotent.decorator.js';
import { Needs } from '../http/permission.decorator.js';
import { HttpProblem } from '../http/problem-response.js';
import { SERVICES, type Services } from '../http/services.js';
import type { SignedInRequest } from '../http/session.guard.js';
import { StoreRunner } from '../http/store-runner.js';

@ApiTags('appraisal firms')
@Controller('api/v1')
export class FirmsController {
  private readonly firms: StoreRunner<FirmStore>;

  constructor(
    @Inject(SERVICES) private readonly services: Services,
    @Inject(CommandRunner) commands: CommandRunner,
  ) {
    const { tools, books } = services;
    this.firms = new StoreRunner(tools.pool, commands, (sql, actor) => new FirmStore(sql, tools.ids, actor, books));
  }

  @Get('appraisal-firms')
  @Needs('appraiser:read')
  @ApiOperation({ summary: 'Appraisal firms with panels, specimens and record 评估机构' })
  @Answers(200, firmsView, 'Every firm')
  async list(@Req() { actor }: SignedInRequest) {
    // A firm is judged by its reports for every branch.
    return inUnion(this.services.tools.pool, reading(wholeUnion(actor.unionId)), async (sql) => ({
      items: await this.firms.open(sql, actor).firms(),
    }));
  }

  @Post('appraisal-firms')
  @Needs('appraiser:manage')
  @Idempotent()
  @ApiOperation({ summary: 'Register a firm 登记评估机构' })
  @Answers(201, firmRegisteredView, 'The firm, on no panel yet')
  register(
    @Req() request: SignedInRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Body({ schema: firmBody }) firm: FirmBody,
  ) {
    return this.firms.run(request, reply, 201, (port) => registerAppraisalFirm(port, request.actor, firm));
  }

  @Post('appraisal-firms/:firmId/specimens')
  @Needs('appraiser:manage')
  @Idempotent()
  @ApiConsumes(...SPECIMEN_TYPES)
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  @ApiOperation({ summary: 'Keep a seal or signature as a specimen 留存印鉴、签字样本' })
  @Answers(201, specimenAddedView, 'The specimen')
  async specimen(
    @Req() request: SignedInRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('firmId', { schema: uuid }) firmId: string,
    @Query({ schema: specimenQuery }) query: SpecimenQuery,
    @Body() body: unknown,
  ) {
    const image = Buffer.isBuffer(body) ? body : Buffer.alloc(0);
    const mediaType = await imageTypeOf(image);
    if (mediaType === null) throw new HttpProblem(unknownType());
    const specimen = { ...query, mediaType, sha256: sha256Of(image), image };
    return this.firms.run(request, reply, 201, (port) => addSpecimen(port, request.actor, { firmId, specimen }));
  }

  @Get('appraisal-firms/:firmId/specimens/:specimenId/content')
  @Needs('specimen:read')
  @Header('x-content-type-options', 'nosniff')
  @Header('content-security-policy', 'sandbox')
  @ApiOperation({ summary: 'The specimen itself 查看样本' })
  @AnswersFile([...SPECIMEN_TYPES, 'image/svg+xml'], 'The image as it was given')
  async image(
    @Req() { actor }: SignedInRequest,
    @Res() reply: FastifyReply,
    @Param('firmId', { schema: uuid }) firmId: string,
    @Param('specimenId', { schema: uuid }) specimenId: string,
  ): Promise<void> {
    const { tools, books } = this.services;
    const found = await inUnion(tools.pool, reading(ofNoUnit(actor.unionId)), (sql) =>
      new FirmStore(sql, tools.ids, actor, books).specimenImage(firmId, specimenId),
    );
    if (found === null) throw new HttpProblem(notFound({ zh: '样本', en: 'specimen' }));
    await reply.type(found.mediaType).send(found.image);
  }

  @Post('appraisal-firms/:firmId/court-outcomes')
  @Needs('appraiser:manage')
  @Idempotent()
  @ApiOperation({ summary: "Record a court's word on a firm's report 登记诉讼结果" })
  @Answers(201, courtOutcomeView, 'The outcome')
  court(
    @Req() request: SignedInRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('firmId', { schema: uuid }) firmId: string,
    @Body({ schema: courtOutcomeBody }) outcome: CourtOutcomeBody,
  ) {
    return this.firms.run(request, reply, 201, (port) => recordCourtOutcome(port, request.actor, { firmId, outcome }));
  }

  @Post('appraisal-panels')
  @Needs('appraiser:manage')
  @Idempotent()
  @ApiOperation({ summary: "Choose a year's firms, by tender or vote 选定年度评估机构" })
  @Answers(201, panelChosenView, 'The choice, with its record')
  panel(
    @Req() request: SignedInRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Body({ schema: panelBody }) choice: PanelBody,
  ) {
    return this.firms.run(request, reply, 201, (port) => choosePanel(port, request.actor, choice));
  }
}
