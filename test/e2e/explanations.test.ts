import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jsonOf, runCli } from '#libs/testing/run-cli.js';
import { NOW, TestApi } from './support/api.js';
import { must, takeIn } from './support/journey.js';
import { textOf } from './support/pdf-text.js';
import type { Session } from './support/session.js';

let api: TestApi;
let officer: Session;
let identityNumber: string;
let decisionId: string;
beforeAll(async () => {
  api = await TestApi.start();
  officer = await api.signIn('qingshiOfficer');
  const { qingshi } = api.union.units;
  const customer = await api.records.customer(qingshi);
  identityNumber = customer.identityNumber;
  api.files.set(identityNumber, { hardEnquiries12Months: 9 });
  decisionId = (await takeIn(officer, { branchId: qingshi, customerId: customer.id })).body.id;
});
afterAll(() => api.stop());

const page = (language: string, session = officer) =>
  session.get(`/api/v1/decisions/${decisionId}/explanation.pdf?language=${language}`);

describe('the explanation of a decision', () => {
  it('shows what settled it, what was compared and the one change that would have passed', async () => {
    const { body } = must(200, await officer.get(`/api/v1/decisions/${decisionId}/explanation`));
    const decision = must(200, await officer.get(`/api/v1/decisions/${decisionId}`)).body;
    expect(body).toMatchObject({ id: decisionId, applicationId: decision.applicationId, reproduced: true });
    const { explanation } = body;
    expect(explanation).toMatchObject({
      verdict: 'REFER',
      settledBy: ['enquiries'],
      parametersHash: decision.parameterSetHash,
      obstacles: [],
    });
    expect(explanation.book.hash).toBe(decision.bookHash);
    expect(explanation.improvements).toMatchObject([
      { kind: 'fact', name: 'bureau.hardEnquiries12Months', now: 9, to: 6, verdict: 'PASS', changeable: false },
      { kind: 'parameter', name: 'policy.hardEnquiriesTolerated', now: 6, to: 9, verdict: 'PASS' },
    ]);
    const asked = explanation.rules.map(({ ruleId }: { ruleId: string }) => ruleId);
    expect(asked).toContain('npl-applicant');
    expect(asked).not.toContain('collateral-appraised');
  });

  it.each([
    ['zh-CN', ['判定说明', '结论：转审', '“12个月内硬查询次数”由9变为6或以下', '信用社', '本项决定结论']],
    ['en', ['Explanationofadecision', 'Verdict:REFER', 'at6orlessinsteadof9turnsREFERintoPASS', 'settlestheverdict']],
  ])('is printed in %s with the ids, hashes, findings and changes that it is about', async (language, words) => {
    const { body } = must(200, await officer.get(`/api/v1/decisions/${decisionId}/explanation`));
    const first = must(200, await page(language));
    expect(first.headers['content-type']).toBe('application/pdf');
    const { pages, text } = await textOf(first.body);
    for (const one of [...words, decisionId, body.fileNo, body.explanation.book.hash, body.explanation.parametersHash])
      expect(text).toContain(one);
    for (const { ruleId } of body.explanation.rules) expect(text).toContain(ruleId);
    expect(pages).toBeGreaterThan(1);
    expect(text).toContain(`${pages}/${pages}`);
    expect(text).not.toContain(identityNumber);
    expect(first.body.length).toBeLessThan(300_000);
  });

  it('is the same file whenever it is printed', async () => {
    const first = must(200, await page('zh-CN'));
    api.clock.set('2027-03-01T02:00:00.000Z');
    const later = await api.signIn('qingshiOfficer');
    expect(Buffer.compare(first.body, must(200, await page('zh-CN', later)).body)).toBe(0);
    api.clock.set(NOW);
  });

  it('is not there for another branch, and another language is refused', async () => {
    const liuhe = await api.signIn('liuheOfficer');
    expect((await liuhe.get(`/api/v1/decisions/${decisionId}/explanation`)).status).toBe(404);
    expect((await page('zh-CN', liuhe)).status).toBe(404);
    const auditor = await api.signIn('auditor');
    expect((await auditor.get(`/api/v1/decisions/${decisionId}/explanation`)).status).toBe(200);
    const refused = await page('fr');
    expect(refused.status).toBe(400);
    expect((await officer.get('/api/v1/decisions/00000000-0000-7000-8000-000000000000/explanation')).status).toBe(404);
  });

  it('is the same from the command line, as JSON and as a page', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'wugang-explain-'));
    const file = join(folder, 'decision.pdf');
    const command = ['rules', 'explain', '--decision', decisionId, '--database', api.database.ownerUrl];
    const run = await runCli([...command, '--json', '--pdf', file, '--language', 'zh-CN']);
    const { body } = must(200, await officer.get(`/api/v1/decisions/${decisionId}/explanation`));
    expect([run.code, jsonOf(run)]).toEqual([0, body]);
    expect(Buffer.compare(await readFile(file), must(200, await page('zh-CN')).body)).toBe(0);
    const told = await runCli([...command, '--language', 'zh-CN']);
    expect(told.stdout).toMatch(/^转审 {2}enquiries\n {2}\* “12个月内硬查询次数”由9变为6或以下/);
    await rm(folder, { recursive: true });
  });
});
