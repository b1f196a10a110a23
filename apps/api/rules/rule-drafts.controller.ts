import { Body, Controller, Get, HttpCode, Inject, Param, Post, Put, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import {
  type CheckBody,
  checkBody,
  type DraftBody,
  type DraftEditBody,
  draftBody,
  draftEditBody,
  draftsPage,
  draftsQuery,
  draftView,
  type SubmissionBody,
  submissionBody,
  wholeDraftView,
} from '#libs/contracts/http/rules.js';
import { type CursorQuery, uuid } from '#libs/contracts/http/values.js';
import { type ReasonBody, reasonBody } from '#libs/contracts/http/workflow.js';
import { pageOf } from '#libs/persistence/page.js';
import { RuleDraftStore } from '#libs/persistence/stores/rule-draft-store.js';
import { checkRuleDraft } from '#libs/usecases/check-rule-draft.js';
import { editRuleDraft } from '#libs/usecases/edit-rule-draft.js';
import { makeRuleDraft } from '#libs/usecases/make-rule-draft.js';
import { notFound } from '#libs/usecases/problems.js';
import { publishRuleDraft } from '#libs/usecases/publish-rule-draft.js';
import { returnRuleDraft } from '#libs/usecases/return-rule-draft.js';
import { submitRuleDraft } from '#libs/usecases/submit-rule-draft.js';
import { Answers } from '../http/answers.decorator.js';
import { CommandRunner, setEtag, versionOf } from '../http/command-runner.js';
import { Idempotent, OfVersion } from '../http/idempotent.decorator.js';
import { Needs } from '../http/permission.decorator.js';
import { HttpProblem } from '../http/problem-response.js';
import { SERVICES, type Services } from '../http/services.js';
import type { SignedInRequest } from '../http/session.guard.js';
import { StoreRunner } from '../http/store-runner.js';

/** Rules and parameters come into force by two people: one drafts and submits, another checks. */
@ApiTags('rules')
@Controller('api/v1/rule-drafts')
export class RuleDraftsController {
  private readonly drafts: StoreRunner<RuleDraftStore>;

  constructor(
    @Inject(SERVICES) private readonly services: Services,
    @Inject(CommandRunner) commands: CommandRunner,
  ) {
    const { tools } = services;
    this.drafts = new StoreRunner(tools.pool, commands, (sql, actor) => new RuleDraftStore(sql, tools.ids, actor));
  }

  @Post()
  @Needs('rules:make')
  @Idempotent()
  @ApiOperation({ summary: 'Draft a rule book or changes of parameters 起草规则' })
  @Answers(201, draftView, 'The draft; nothing of it is judged yet')
  make(
    @Req() request: SignedInRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Body({ schema: draftBody }) body: DraftBody,
  ) {
    return this.drafts.run(request, reply, 201, (port) => makeRuleDraft(port, request.actor, body));
  }

  @Get()
  @Needs('rules:read')
  @ApiOperation({ summary: 'Drafts, newest first 规则草案' })
  @Answers(200, draftsPage, 'One page')
  async list(@Req() request: SignedInRequest, @Query({ schema: draftsQuery }) { cursor, limit }: CursorQuery) {
    const found = await this.drafts.read(request, 'rules:read', (port) => port.drafts(cursor ?? null, limit + 1));
    return pageOf(found, limit, (draft) => draft);
  }

  @Get(':id')
  @Needs('rules:read')
  @ApiOperation({ summary: 'A draft with all that it holds 查看草案' })
  @Answers(200, wholeDraftView, 'The draft')
  async draft(
    @Req() request: SignedInRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id', { schema: uuid }) id: string,
  ) {
    const found = await this.drafts.read(request, 'rules:read', (port) => port.readDraft(id));
    if (found === null) throw new HttpProblem(notFound({ zh: '规则草案', en: 'draft of rules' }));
    const { view, source } = found;
    setEtag(reply, view);
    return { ...view, content: source.content, parameterList: source.parameters, caseFiles: source.cases };
  }

  @Put(':id')
  @Needs('rules:make')
  @Idempotent()
  @OfVersion()
  @ApiOperation({ summary: 'Change a draft of one’s own 修改草案' })
  @Answers(200, draftView, 'The draft as it is now')
  edit(
    @Req() request: SignedInRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id', { schema: uuid }) id: string,
    @Body({ schema: draftEditBody }) body: DraftEditBody,
  ) {
    const version = versionOf(request);
    return this.drafts.run(request, reply, 200, (port) => editRuleDraft(port, request.actor, { ...body, id, version }));
  }

  @Post(':id/submission')
  @HttpCode(200)
  @Needs('rules:make')
  @Idempotent()
  @OfVersion()
  @ApiOperation({
    summary: 'Submit a draft to be checked 提交复核',
    description: 'It is linted and its cases are run: every fault is told, and with one fault it is not submitted.',
  })
  @Answers(200, draftView, 'The draft with the address of its book')
  submit(
    @Req() request: SignedInRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id', { schema: uuid }) id: string,
    @Body({ schema: submissionBody }) { effectiveFrom }: SubmissionBody,
  ) {
    const version = versionOf(request);
    return this.drafts.run(request, reply, 200, (port) =>
      submitRuleDraft(port, request.actor, { id, version, effectiveFrom }),
    );
  }

  @Post(':id/check')
  @HttpCode(200)
  @Needs('rules:check')
  @Idempotent()
  @OfVersion()
  @ApiOperation({ summary: 'Check what another person made 复核' })
  @Answers(200, draftView, 'The draft, ready to be published')
  check(
    @Req() request: SignedInRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id', { schema: uuid }) id: string,
    @Body({ schema: checkBody }) { opinion }: CheckBody,
  ) {
    const version = versionOf(request);
    return this.drafts.run(request, reply, 200, (port) =>
      checkRuleDraft(port, request.actor, { id, version, opinion }),
    );
  }

  @Post(':id/return')
  @HttpCode(200)
  @Needs('rules:publish')
  @Idempotent()
  @OfVersion()
  @ApiOperation({ summary: 'Return a draft with a reason 退回草案' })
  @Answers(200, draftView, 'The draft, its maker’s again')
  giveBack(
    @Req() request: SignedInRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id', { schema: uuid }) id: string,
    @Body({ schema: reasonBody }) { reason }: ReasonBody,
  ) {
    const version = versionOf(request);
    return this.drafts.run(request, reply, 200, (port) =>
      returnRuleDraft(port, request.actor, { id, version, reason }),
    );
  }

  @Post(':id/publication')
  @HttpCode(200)
  @Needs('rules:publish')
  @Idempotent()
  @OfVersion()
  @ApiOperation({ summary: 'Put a checked draft in force from its day 发布' })
  @Answers(200, draftView, 'The draft as published')
  publish(
    @Req() request: SignedInRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id', { schema: uuid }) id: string,
  ) {
    const version = versionOf(request);
    return this.drafts.run(request, reply, 200, (port) =>
      publishRuleDraft(port, this.services.signRules, request.actor, { id, version }),
    );
  }
}
