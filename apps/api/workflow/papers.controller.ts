import { Body, Controller, Get, Header, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import {
  type AddDocumentQuery,
  addDocumentQuery,
  documentSchema,
  documentsView,
  type LegalSignatureBody,
  legalSignatureBody,
  legalSignatureView,
} from '#libs/contracts/http/papers.js';
import { uuid } from '#libs/contracts/http/values.js';
import { inUnion } from '#libs/persistence/pool.js';
import { reachOf, reading } from '#libs/persistence/scope.js';
import { PapersStore } from '#libs/persistence/stores/papers-store.js';
import { DOCUMENT_TYPES, documentTypeOf } from '#libs/platform/documents/content-type.js';
import type { Actor } from '#libs/usecases/actor.js';
import { addDocument, type DocumentView } from '#libs/usecases/add-document.js';
import { noPreview, notFound, previewsBusy } from '#libs/usecases/problems.js';
import { signLegally } from '#libs/usecases/sign-legally.js';
import { Answers, AnswersFile } from '../http/answers.decorator.js';
import { Idempotent } from '../http/idempotent.decorator.js';
import { Needs } from '../http/permission.decorator.js';
import { HttpProblem } from '../http/problem-response.js';
import { SERVICES, type Services } from '../http/services.js';
import type { SignedInRequest } from '../http/session.guard.js';
import { applicationInReach } from '../intake/application-in-reach.js';
import { CaseRunner } from './case-runner.js';

@ApiTags('papers')
@Controller('api/v1/applications/:id')
export class PapersController {
  constructor(
    @Inject(SERVICES) private readonly services: Services,
    @Inject(CaseRunner) private readonly cases: CaseRunner,
  ) {}

  @Post('documents')
  @Needs('document:add')
  @Idempotent()
  @ApiConsumes(...DOCUMENT_TYPES)
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  @ApiOperation({
    summary: 'Add a paper to the loan file 添加资料',
    description: 'The content is the body, up to 20 MiB; its type is told by the content. Nothing is ever overwritten.',
  })
  @Answers(201, documentSchema, 'The paper, with its address')
  async add(
    @Req() request: SignedInRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id', { schema: uuid }) id: string,
    @Query({ schema: addDocumentQuery }) { kind, fileName }: AddDocumentQuery,
    @Body() body: unknown,
  ) {
    await applicationInReach(this.services, request.actor, id, 'application:read');
    const content = Buffer.isBuffer(body) ? body : Buffer.alloc(0);
    const mediaType = await documentTypeOf(content);
    // Content that no row names is harmless; a row whose content is not there is not.
    const sha256 = mediaType === null ? '' : await this.services.documents.put(content);
    return this.cases.run(request, reply, 201, (port) =>
      addDocument(port, request.actor, { id, kind, fileName, sha256, mediaType, bytes: content.length }),
    );
  }

  @Get('documents')
  @Needs('application:read')
  @ApiOperation({ summary: 'Papers of the loan file 资料清单' })
  @Answers(200, documentsView, 'Every paper, older ones too, and the hash of the set')
  async list(@Req() { actor }: SignedInRequest, @Param('id', { schema: uuid }) id: string) {
    await applicationInReach(this.services, actor, id, 'application:read');
    const { tools, books } = this.services;
    return inUnion(tools.pool, reading(reachOf(actor, 'application:read')), async (sql) => {
      const store = new PapersStore(sql, tools.ids, actor, books);
      return { items: await store.documents(id), documentSetHash: (await store.documentSet(id)).hash };
    });
  }

  @Get('documents/:documentId/content')
  @Needs('application:read')
  @Header('x-content-type-options', 'nosniff')
  @Header('content-security-policy', 'sandbox')
  @ApiOperation({ summary: 'The paper itself 查看资料' })
  @AnswersFile(DOCUMENT_TYPES, 'The content as it was given')
  async content(
    @Req() { actor }: SignedInRequest,
    @Res() reply: FastifyReply,
    @Param('id', { schema: uuid }) id: string,
    @Param('documentId', { schema: uuid }) documentId: string,
  ): Promise<void> {
    const { paper, content } = await this.kept(actor, id, documentId);
    await reply
      .type(paper.mediaType)
      .header('cache-control', 'no-store')
      .header('etag', `"${paper.sha256}"`)
      .send(content);
  }

  @Get('documents/:documentId/preview')
  @Needs('application:read')
  @Header('x-content-type-options', 'nosniff')
  @Header('content-security-policy', 'sandbox')
  @ApiOperation({
    summary: 'A picture of the paper 预览',
    description: 'An image turned upright, or the first page of a PDF.',
  })
  @AnswersFile(['image/png'], 'At most 1000 by 1500 pixels')
  async preview(
    @Req() { actor }: SignedInRequest,
    @Res() reply: FastifyReply,
    @Param('id', { schema: uuid }) id: string,
    @Param('documentId', { schema: uuid }) documentId: string,
  ): Promise<void> {
    const { paper, content } = await this.kept(actor, id, documentId);
    const shown = await this.services.previews.of(content, paper.mediaType);
    if ('none' in shown) throw new HttpProblem(shown.none === 'busy' ? previewsBusy() : noPreview());
    await reply.type('image/png').header('cache-control', 'no-store').send(shown.png);
  }

  /** A paper of an application in reach, with its content. */
  private async kept(actor: Actor, id: string, documentId: string): Promise<{ paper: DocumentView; content: Buffer }> {
    await applicationInReach(this.services, actor, id, 'application:read');
    const { tools, books, documents } = this.services;
    const papers = await inUnion(tools.pool, reading(reachOf(actor, 'application:read')), (sql) =>
      new PapersStore(sql, tools.ids, actor, books).documents(id),
    );
    const paper = papers.find((one) => one.id === documentId);
    const content = paper === undefined ? null : await documents.get(paper.sha256);
    if (paper === undefined || content === null) throw new HttpProblem(notFound({ zh: '资料', en: 'paper' }));
    return { paper, content };
  }

  @Post('legal-signatures')
  @Needs('legal:sign')
  @Idempotent()
  @ApiOperation({ summary: 'The legal adviser signs, signs with conditions or refuses 法律顾问签字' })
  @Answers(201, legalSignatureView, 'The signature, over the set of papers that was read')
  sign(
    @Req() request: SignedInRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id', { schema: uuid }) id: string,
    @Body({ schema: legalSignatureBody }) body: LegalSignatureBody,
  ) {
    return this.cases.run(request, reply, 201, (port) => signLegally(port, request.actor, { id, ...body }));
  }
}
