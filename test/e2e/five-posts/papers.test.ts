import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PDFDocument } from 'pdf-lib';
import sharp from 'sharp';
import { sha256Of } from '#libs/platform/documents/document-store.js';
import { TestApi, TODAY } from '../support/api.js';
import { must } from '../support/journey.js';
import type { Session } from '../support/session.js';
import { Walk } from './walk.js';

const LARGE = 50_000_001; // a fen above 500,000.00

let api: TestApi;
let walk: Walk;
let officer: Session;
beforeAll(async () => {
  api = await TestApi.start();
  walk = new Walk(api);
  officer = await walk.as('qingshiOfficer');
  await api.records.authority(api.union.units.qingshi, 'rural_personal', 10_000_000);
});
afterAll(() => api.stop());

const pdf = (text: string) => Buffer.from(`%PDF-1.7\n% ${text}\n%%EOF\n`);
const png = Buffer.from('89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489', 'hex');
const path = (id: string, kind = 'household', name = 'proof.pdf') =>
  `/api/v1/applications/${id}/documents?kind=${kind}&fileName=${encodeURIComponent(name)}`;
const filesOf = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => /[0-9a-f]{64}$/.test(name));

describe('papers of a loan file', () => {
  it('are kept by SHA-256, numbered by kind, and never overwritten', async () => {
    const id = await walk.accepted();
    const first = must(201, await officer.upload(path(id), 'application/pdf', pdf('one')));
    expect(first.body).toMatchObject({
      kind: 'household',
      number: 1,
      sha256: sha256Of(pdf('one')),
      mediaType: 'application/pdf',
      fileName: 'proof.pdf',
    });
    const second = must(201, await officer.upload(path(id), 'application/pdf', pdf('two')));
    expect(second.body.number).toBe(2);
    const same = must(201, await officer.upload(path(id, 'other'), 'application/pdf', pdf('one')));
    expect(same.body).toMatchObject({ kind: 'other', number: 1, sha256: first.body.sha256 });
    expect(filesOf(api.documents).filter((name) => name.endsWith(first.body.sha256))).toHaveLength(1);
    const listed = must(200, await officer.get(`/api/v1/applications/${id}/documents`));
    expect(listed.body.items).toHaveLength(3 + 3);
    const shown = must(200, await officer.get(`/api/v1/applications/${id}/documents/${first.body.id}/content`));
    expect(shown.headers['content-type']).toBe('application/pdf');
    expect(shown.headers['x-content-type-options']).toBe('nosniff');
    expect(sha256Of(shown.body)).toBe(first.body.sha256);
  });

  it('ten of one kind at once get ten numbers', async () => {
    const id = await walk.accepted();
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, n) => officer.upload(path(id), 'application/pdf', pdf(`at once ${n}`))),
    );
    expect(answers.map(({ body }) => body.number).sort((left, right) => left - right)).toEqual([
      1, 2, 3, 4, 5, 6, 7, 8, 9, 10,
    ]);
  });

  it('are told by their content, not by what they are called', async () => {
    const id = await walk.accepted();
    const fake = await officer.upload(path(id), 'application/pdf', Buffer.from('<script>alert(1)</script>'));
    expect(fake.body).toMatchObject({ status: 415, code: 'document.type' });
    expect((await officer.upload(path(id), 'image/png', Buffer.alloc(0))).status).toBeGreaterThanOrEqual(400);
    expect(must(201, await officer.upload(path(id), 'application/pdf', png)).body.mediaType).toBe('image/png');
    expect((await officer.upload(path(id), 'application/zip', pdf('x'))).status).toBe(415);
    expect((await officer.upload(path(id, 'love_letter'), 'application/pdf', pdf('x'))).status).toBe(400);
  });

  it('of more than 20 MiB are refused', async () => {
    const id = await walk.accepted();
    const answer = await officer.upload(
      path(id),
      'application/pdf',
      Buffer.concat([pdf('big'), Buffer.alloc(20 * 1024 * 1024)]),
    );
    expect(answer.status).toBe(413);
  });

  it('belong to their branch, and to an application that is alive', async () => {
    const id = await walk.accepted();
    const { body } = must(201, await officer.upload(path(id), 'application/pdf', pdf('ours')));
    const other = await walk.as('liuheOfficer');
    expect((await other.upload(path(id), 'application/pdf', pdf('theirs'))).status).toBe(404);
    expect((await other.get(`/api/v1/applications/${id}/documents/${body.id}/content`)).status).toBe(404);
    const foreign = await walk.accepted();
    expect((await officer.get(`/api/v1/applications/${foreign}/documents/${body.id}/content`)).status).toBe(404);
    must(200, await walk.act('qingshiOfficer', id, 'withdrawal', { reason: '撤回' }));
    expect((await officer.upload(path(id), 'application/pdf', pdf('late'))).status).toBe(409);
  });

  it('are shown as a picture: an image, a first page; what cannot be drawn says so', async () => {
    const id = await walk.accepted();
    const shown = async (content: Buffer, type: string) => {
      const { body } = must(201, await officer.upload(path(id), type, content));
      return officer.get(`/api/v1/applications/${id}/documents/${body.id}/preview`);
    };
    const wide = await sharp({ create: { width: 3000, height: 1500, channels: 3, background: '#c00' } })
      .jpeg()
      .toBuffer();
    const image = must(200, await shown(wide, 'image/jpeg'));
    expect(image.headers['content-type']).toBe('image/png');
    expect(await sharp(image.body).metadata()).toMatchObject({ format: 'png', width: 1000, height: 500 });
    const contract = await PDFDocument.create();
    contract.addPage([595, 842]).drawText('Contract 1');
    contract.addPage([842, 595]);
    const page = must(200, await shown(Buffer.from(await contract.save()), 'application/pdf'));
    expect(await sharp(page.body).metadata()).toMatchObject({ format: 'png', width: 892, height: 1263 });
    expect((await sharp(page.body).stats()).isOpaque).toBe(true);
    const vast = await PDFDocument.create();
    vast.addPage([14_400, 14_400]);
    const drawn = must(200, await shown(Buffer.from(await vast.save()), 'application/pdf'));
    expect(await sharp(drawn.body).metadata()).toMatchObject({ width: 1000, height: 1000 });
    const strip = await sharp({ create: { width: 100, height: 30_000, channels: 3, background: '#0c0' } })
      .png()
      .toBuffer();
    expect((await sharp((await shown(strip, 'image/png')).body).metadata()).height).toBe(1500);
    expect(drawn.headers['cache-control']).toBe('no-store');
    expect((await shown(pdf('no real page'), 'application/pdf')).body).toMatchObject({
      status: 422,
      code: 'document.no-preview',
    });
    const foreign = await walk.accepted();
    const { body } = must(201, await officer.upload(path(id), 'image/png', png));
    expect((await officer.get(`/api/v1/applications/${foreign}/documents/${body.id}/preview`)).status).toBe(404);
  });

  it('altered on disk are noticed, not shown', async () => {
    const id = await walk.accepted();
    const { body } = must(201, await officer.upload(path(id), 'application/pdf', pdf('altered')));
    const file = join(api.documents, filesOf(api.documents).find((name) => name.endsWith(body.sha256))!);
    writeFileSync(file, Buffer.concat([readFileSync(file), Buffer.from('forged')]));
    expect((await officer.get(`/api/v1/applications/${id}/documents/${body.id}/content`)).status).toBe(500);
  });
});

describe("the legal adviser's signature on a large loan (G4)", () => {
  const large = () => walk.readyForRelease(LARGE, 'over', undefined);
  const setHash = async (id: string) =>
    must(200, await officer.get(`/api/v1/applications/${id}/documents`)).body.documentSetHash;
  const sign = async (id: string, outcome = 'signed', documentSetHash?: string) =>
    (await walk.as('lawyer')).post(`/api/v1/applications/${id}/legal-signatures`, {
      documentSetHash: documentSetHash ?? (await setHash(id)),
      outcome,
      opinion: '手续合法',
    });
  const rulesOf = async (id: string) =>
    must(200, await walk.release(id)).body.decision.findings.map(({ ruleId }: { ruleId: string }) => ruleId);

  it('a loan above 500,000 is not released without it', async () => {
    const id = await large();
    must(201, await officer.upload(path(id, 'contract'), 'application/pdf', pdf('contract')));
    expect(await rulesOf(id)).toEqual(['release-legal-signature-person']);
    must(201, await sign(id));
    expect(await rulesOf(id)).toEqual([]);
  });

  it('a paper added after it voids it; signed again it stands', async () => {
    const id = await large();
    must(201, await officer.upload(path(id, 'contract'), 'application/pdf', pdf('contract')));
    must(201, await sign(id));
    must(201, await officer.upload(path(id, 'contract'), 'application/pdf', pdf('contract, changed')));
    expect(await rulesOf(id)).toEqual(['release-legal-signature-person']);
    must(201, await sign(id, 'signed_with_conditions'));
    expect(await rulesOf(id)).toEqual([]);
  });

  it('terms approved anew void it', async () => {
    const id = await large();
    must(201, await sign(id));
    must(200, await walk.act('president', id, 'returns', { to: 'approval', reason: '利率变更' }));
    await walk.approved(id, LARGE, 'over', { rateTenThousandths: 50_000 });
    const { items } = must(200, await officer.get(`/api/v1/applications/${id}/documents`)).body;
    const { id: purposeDocumentId } = items.find(({ kind }: { kind: string }) => kind === 'purpose_evidence');
    must(
      200,
      await walk.act('qingshiOfficer', id, 'contract', {
        contractNo: `HT-${id}`,
        signedOn: TODAY,
        conditionsMet: [],
        purposeDocumentId,
      }),
    );
    expect(await rulesOf(id)).toEqual(['release-legal-signature-person']);
    must(201, await sign(id));
    expect(await rulesOf(id)).toEqual([]);
  });

  it('is over the papers that were read: another set is not signed', async () => {
    const id = await large();
    must(201, await officer.upload(path(id, 'contract'), 'application/pdf', pdf('contract')));
    const read = await setHash(id);
    must(201, await officer.upload(path(id, 'other'), 'application/pdf', pdf('slipped in')));
    expect((await sign(id, 'signed', read)).body.faults).toMatchObject([
      { path: '/documentSetHash', code: 'legal.other-papers' },
    ]);
  });

  it('an adviser who acted on the loan at a post does not sign it (G1)', async () => {
    const id = await large();
    await api.records.sql(
      `insert into post_appointment (id, union_id, staff_id, unit_id, post, valid_from, basis) values (gen_random_uuid(), $1, $2, $3, 'legal_adviser', '2026-01-01', 'test')`,
      [api.union.unionId, api.union.staff.approval1, api.union.units.headOffice],
    );
    const answer = await (await walk.as('approval1')).post(`/api/v1/applications/${id}/legal-signatures`, {
      documentSetHash: await setHash(id),
      outcome: 'signed',
      opinion: '手续合法',
    });
    expect(answer.body).toMatchObject({ status: 403, code: 'post.acted-at-another', clause: 'G1' });
  });

  it('refused, the loan stays; nobody but the adviser signs', async () => {
    const id = await large();
    must(201, await officer.upload(path(id, 'contract'), 'application/pdf', pdf('contract')));
    must(201, await sign(id, 'refused'));
    expect(await rulesOf(id)).toEqual(['release-legal-signature-person']);
    const answer = await (await walk.as('president')).post(`/api/v1/applications/${id}/legal-signatures`, {
      documentSetHash: await setHash(id),
      outcome: 'signed',
      opinion: 'x',
    });
    expect(answer.status).toBe(403);
    await expect(api.records.sql(`update legal_signature set outcome = 'signed'`, [])).rejects.toThrow(
      /permission denied/,
    );
  });
});
