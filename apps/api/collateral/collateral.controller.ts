import { Body, Controller, Get, HttpCode, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import {
  type AppraisalBody,
  appraisalBody,
  type CollateralBody,
  type ComparisonBody,
  collateralBody,
  collateralsView,
  collateralView,
  comparisonBody,
  type MarketEvidenceBody,
  marketEvidenceBody,
  type TitleCheckBody,
  titleCheckBody,
} from '#libs/contracts/http/collateral.js';
import { uuid } from '#libs/contracts/http/values.js';
import { type ReasonBody, reasonBody } from '#libs/contracts/http/workflow.js';
import { inUnion } from '#libs/persistence/pool.js';
import { reachOf, reading } from '#libs/persistence/scope.js';
import { CollateralStore } from '#libs/persistence/stores/collateral-store.js';
import { addCollateral } from '#libs/usecases/add-collateral.js';
import { addMarketEvidence } from '#libs/usecases/add-market-evidence.js';
import { checkTitle } from '#libs/usecases/check-title.js';
import { compareSpecimen } from '#libs/usecases/compare-specimen.js';
import { recordAppraisal } from '#libs/usecases/record-appraisal.js';
import { withdrawCollateral } from '#libs/usecases/withdraw-collateral.js';
import { Answers } from '../http/answers.decorator.js';
import { versionOf } from '../http/command-runner.js';
import { Idempotent, OfVersion } from '../http/idempotent.decorator.js';
import { Needs } from '../http/permission.decorator.js';
import { SERVICES, type Services } from '../http/services.js';
import type { SignedInRequest } from '../http/session.guard.js';
import { applicationInReach } from '../intake/application-in-reach.js';
import { CaseRunner } from '../workflow/case-runner.js';

@ApiTags('collateral')
@Controller('api/v1/applications/:id/collateral')
export class CollateralController {
  constructor(
    @Inject(SERVICES) private readonly services: Services,
    @Inject(CaseRunner) private readonly cases: CaseRunner,
  ) {}

  @Get()
  @Needs('application:read')
  @ApiOperation({ summary: 'What secures the loan, with its checks and reports 抵质押物' })
  @Answers(200, collateralsView, 'Each thing, those withdrawn too')
  async list(@Req() { actor }: SignedInRequest, @Param('id', { schema: uuid }) id: string) {
    await applicationInReach(this.services, actor, id, 'application:read');
    const { tools, books } = this.services;
    return inUnion(tools.pool, reading(reachOf(actor, 'application:read')), async (sql) => ({
      items: await new CollateralStore(sql, tools.ids, actor, books).collateralOf(id),
    }));
  }

  @Post()
  @Needs('case:act')
  @Idempotent()
  @OfVersion()
  @ApiOperation({ summary: 'Record a thing that secures the loan 登记抵质押物' })
  @Answers(201, collateralView, 'The thing')
  add(
    @Req() request: SignedInRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id', { schema: uuid }) id: string,
    @Body({ schema: collateralBody }) collateral: CollateralBody,
  ) {
    const command = { id, version: versionOf(request), collateral };
    return this.cases.run(request, reply, 201, (port) => addCollateral(port, request.actor, command));
  }

  @Post(':collateralId/withdrawal')
  @HttpCode(200)
  @Needs('case:act')
  @Idempotent()
  @OfVersion()
  @ApiOperation({ summary: 'Take a thing back 撤出抵质押物' })
  @Answers(200, collateralView, 'The thing, withdrawn')
  withdraw(
    @Req() request: SignedInRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id', { schema: uuid }) id: string,
    @Param('collateralId', { schema: uuid }) collateralId: string,
    @Body({ schema: reasonBody }) { reason }: ReasonBody,
  ) {
    const command = { id, version: versionOf(request), collateralId, reason };
    return this.cases.run(request, reply, 200, (port) => withdrawCollateral(port, request.actor, command));
  }

  @Post(':collateralId/title-checks')
  @Needs('case:act')
  @Idempotent()
  @OfVersion()
  @ApiOperation({ summary: 'Record what the registry said 核查权属' })
  @Answers(201, collateralView, 'The thing, with the check')
  title(
    @Req() request: SignedInRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id', { schema: uuid }) id: string,
    @Param('collateralId', { schema: uuid }) collateralId: string,
    @Body({ schema: titleCheckBody }) check: TitleCheckBody,
  ) {
    const command = { id, version: versionOf(request), collateralId, check };
    return this.cases.run(request, reply, 201, (port) => checkTitle(port, request.actor, command));
  }

  @Post(':collateralId/market-evidence')
  @Needs('case:act')
  @Idempotent()
  @OfVersion()
  @ApiOperation({ summary: 'Record what such a thing is sold for 市场价格依据' })
  @Answers(201, collateralView, 'The thing, with the evidence')
  market(
    @Req() request: SignedInRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id', { schema: uuid }) id: string,
    @Param('collateralId', { schema: uuid }) collateralId: string,
    @Body({ schema: marketEvidenceBody }) found: MarketEvidenceBody,
  ) {
    const command = { id, version: versionOf(request), collateralId, found };
    return this.cases.run(request, reply, 201, (port) => addMarketEvidence(port, request.actor, command));
  }

  @Post(':collateralId/appraisals')
  @Needs('case:act')
  @Idempotent()
  @OfVersion()
  @ApiOperation({ summary: "Record a firm's report 登记评估报告" })
  @Answers(201, collateralView, 'The thing, with the report')
  appraise(
    @Req() request: SignedInRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id', { schema: uuid }) id: string,
    @Param('collateralId', { schema: uuid }) collateralId: string,
    @Body({ schema: appraisalBody }) appraisal: AppraisalBody,
  ) {
    const command = { id, version: versionOf(request), collateralId, appraisal };
    return this.cases.run(request, reply, 201, (port) => recordAppraisal(port, request.actor, command));
  }

  @Post(':collateralId/appraisals/:appraisalId/comparisons')
  @Needs('case:act')
  @Idempotent()
  @OfVersion()
  @ApiOperation({ summary: 'Set a seal or signature against the specimen 印鉴比对' })
  @Answers(201, collateralView, 'The thing, with the comparison')
  compare(
    @Req() request: SignedInRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id', { schema: uuid }) id: string,
    @Param('collateralId', { schema: uuid }) collateralId: string,
    @Param('appraisalId', { schema: uuid }) appraisalId: string,
    @Body({ schema: comparisonBody }) comparison: ComparisonBody,
  ) {
    const command = { id, version: versionOf(request), collateralId, appraisalId, comparison };
    return this.cases.run(request, reply, 201, (port) => compareSpecimen(port, request.actor, command));
  }
}
