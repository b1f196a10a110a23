import type { Response } from 'supertest';
import { loginOf, TEST_PASSWORD } from '#libs/testing/test-union.js';
import { TestApi } from '../support/api.js';
import { must } from '../support/journey.js';

const LIMITS = { account: 5, address: 40, signIn: 4 };

let api: TestApi;
beforeEach(async () => {
  api = await TestApi.start({ http: { limits: LIMITS, trustProxy: ['loopback'] } });
});
afterEach(() => api.stop());

const from = (address: string, path = '/api/v1/me') => api.request().get(path).set('x-forwarded-for', address);
const attempt = (address: string, password = 'guess') =>
  api
    .request()
    .post('/api/v1/sessions')
    .set('x-forwarded-for', address)
    .send({ login: loginOf('TEST', 'auditor'), password });

function expectLimited(answer: Response): void {
  expect(answer.status).toBe(429);
  expect(answer.headers['content-type']).toMatch(/application\/problem\+json/);
  expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
  expect(Number(answer.headers['retry-after'])).toBeLessThanOrEqual(60);
  expect(answer.headers['x-request-id']).toBe(answer.body.requestId);
  expect(answer.body).toMatchObject({ code: 'rate.limited', status: 429, type: 'urn:wugang:problem:rate.limited' });
  expect(answer.body.text.zh).toMatch(/秒后重试/);
  expect(answer.body.text.en).toMatch(/try again in \d+ seconds/);
}

describe('too many requests', () => {
  it('of an account are refused from every address, and hold up nobody else', async () => {
    const officer = await api.signIn('qingshiOfficer');
    const auditor = await api.signIn('auditor');
    for (let n = 0; n < LIMITS.account; n += 1) must(200, await officer.get('/api/v1/me'));
    expectLimited(await officer.get('/api/v1/me'));
    expectLimited(await from('203.0.113.9').set('cookie', officer.cookie));
    must(200, await auditor.get('/api/v1/me'));
  });

  it('a second session of the same account does not help', async () => {
    const first = await api.signIn('qingshiOfficer');
    const second = await api.signIn('qingshiOfficer');
    for (let n = 0; n < LIMITS.account; n += 1) must(200, await first.get('/api/v1/me'));
    expectLimited(await second.get('/api/v1/me'));
  });

  it('requests without the permission count too', async () => {
    const officer = await api.signIn('qingshiOfficer');
    for (let n = 0; n < LIMITS.account; n += 1) must(403, await officer.get('/api/v1/audit-events'));
    expectLimited(await officer.get('/api/v1/audit-events'));
  });

  it('of an address are refused before they are read, where no route is too', async () => {
    for (let n = 0; n < LIMITS.address; n += 1) await from('203.0.113.1', '/nowhere').expect(404);
    expectLimited(await from('203.0.113.1', '/nowhere'));
    expectLimited(await from('203.0.113.1'));
    expectLimited(await attempt('203.0.113.1', TEST_PASSWORD));
    await from('203.0.113.2').expect(401);
  });

  it('to sign in are refused by address, the right password too', async () => {
    for (let n = 0; n < LIMITS.signIn; n += 1) await attempt('203.0.113.3').expect(401);
    expectLimited(await attempt('203.0.113.3', TEST_PASSWORD));
    await attempt('203.0.113.4', TEST_PASSWORD).expect(201);
    await from('203.0.113.3').expect(401);
  });

  it('health and readiness are never refused', async () => {
    for (let n = 0; n <= LIMITS.address; n += 1) await from('203.0.113.5', '/health').expect(200);
    await from('203.0.113.5', '/ready').expect(200);
    await from('203.0.113.5').expect(401);
  });
});

it('without TRUST_PROXY nobody chooses the address that counts', async () => {
  const plain = await TestApi.start({ http: { limits: { ...LIMITS, address: 2 } } });
  const claiming = (address: string) => plain.request().get('/api/v1/me').set('x-forwarded-for', address);
  await claiming('203.0.113.1').expect(401);
  await claiming('203.0.113.2').expect(401);
  await claiming('203.0.113.3').expect(429);
  await plain.stop();
});
