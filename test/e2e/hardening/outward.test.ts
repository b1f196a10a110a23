import pg from 'pg';
import { createLogger } from '#libs/platform/logger.js';
import { TestApi } from '../support/api.js';
import { must } from '../support/journey.js';

const TOKEN = 'a-token-of-this-test';
const lines: string[] = [];

let api: TestApi;
beforeAll(async () => {
  const logger = createLogger('info', { write: (line: string) => void lines.push(line) });
  api = await TestApi.start({ http: { metricsToken: TOKEN }, logger });
});
afterAll(() => api.stop());
beforeEach(() => {
  lines.length = 0;
});

const entries = () => lines.map((line) => JSON.parse(line));
const requests = () => entries().filter(({ msg }) => msg === 'request');

describe('every answer', () => {
  it.each(['/health', '/api/v1/me', '/docs', '/nowhere'])(
    '%s carries the headers that browsers keep to',
    async (path) => {
      const { headers } = await api.request().get(path);
      expect(headers['content-security-policy']).toMatch(/default-src 'self'/);
      expect(headers['content-security-policy']).toMatch(/frame-ancestors 'none'/);
      expect(headers['content-security-policy']).toMatch(/object-src 'none'/);
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'referrer-policy': 'no-referrer',
        'strict-transport-security': expect.stringMatching(/max-age=31536000/),
      });
      expect(headers['x-powered-by']).toBeUndefined();
      expect(headers['server']).toBeUndefined();
    },
  );

  it('of the API is kept by nobody on the way', async () => {
    const officer = await api.signIn('qingshiOfficer');
    const answers = [
      must(200, await officer.get('/api/v1/me')),
      must(200, await officer.get('/api/v1/customers')),
      must(400, await officer.post('/api/v1/applications', {})),
      await api.request().get('/api/v1/nowhere').expect(404),
      await api.request().get('/api/v1/me').expect(401),
    ];
    for (const { headers } of answers) expect(headers['cache-control']).toBe('no-store');
  });
});

/** What happens while the database misses a table. */
async function without<T>(table: string, work: () => Promise<T>): Promise<T> {
  const owner = new pg.Client(api.database.ownerUrl);
  await owner.connect();
  await owner.query(`alter table ${table} rename to gone`);
  try {
    return await work();
  } finally {
    await owner.query(`alter table gone rename to ${table}`);
    await owner.end();
  }
}

it('a fault is told without what it was, and logged whole under the request’s id', async () => {
  const officer = await api.signIn('qingshiOfficer');
  const answer = must(500, await without('notification', () => officer.get('/api/v1/notifications')));
  expect(answer.body).toMatchObject({ code: 'internal', status: 500 });
  expect(answer.text).not.toMatch(/relation|notification|stack|\.[jt]s\b|node_modules|Error/);
  const [told] = entries().filter(({ msg }) => msg === 'request failed');
  expect(told).toMatchObject({ requestId: answer.body.requestId, err: { message: expect.stringMatching(/relation/) } });
  expect(told.err.stack).toMatch(/notification-store/);
});

describe('a request is one line of the log', () => {
  it('by its route and who asked, without what was asked', async () => {
    const officer = await api.signIn('qingshiOfficer');
    lines.length = 0;
    const id = '019aba12-7000-7abc-8000-a13812345678';
    const answer = must(404, await officer.get(`/api/v1/customers/${id}?name=张三&identityNumber=11010519491231002X`));
    const me = must(200, await officer.get('/api/v1/me'));
    expect(requests()).toEqual([
      expect.objectContaining({
        requestId: answer.headers['x-request-id'],
        method: 'GET',
        route: '/api/v1/customers/:id',
        status: 404,
        durationMs: expect.any(Number),
        staffId: me.body.staffId,
      }),
      expect.objectContaining({ route: '/api/v1/me', status: 200 }),
    ]);
    expect(lines.join()).not.toMatch(/张三|11010519491231002X|wugang_session/);
    expect(lines.join()).not.toContain(officer.cookie.split('=')[1]);
    expect(lines.join()).not.toContain(id);
  });

  it('nobody and nowhere have a line too', async () => {
    await api.request().get('/no/13812345678').expect(404);
    await api.request().get('/api/v1/me').expect(401);
    expect(requests().map(({ route, status, staffId }) => ({ route, status, staffId }))).toEqual([
      { route: 'none', status: 404, staffId: undefined },
      { route: '/api/v1/me', status: 401, staffId: undefined },
    ]);
  });
});

describe('metrics', () => {
  const metrics = (token: string) => api.request().get('/metrics').set('authorization', `Bearer ${token}`);
  const sampleOf = (text: string, sample: string) =>
    Number(
      text
        .split('\n')
        .find((line) => line.startsWith(`${sample} `))
        ?.split(' ')[1],
    );

  it('are nowhere without their token', async () => {
    for (const answer of [
      await api.request().get('/metrics'),
      await metrics('another-token-here'),
      await metrics(''),
    ]) {
      expect(answer.status).toBe(404);
      expect(answer.body.code).toBe('route.not-found');
    }
  });

  it('count requests by route, failures to sign in, connections, and audit rows that wait', async () => {
    const before = (await metrics(TOKEN).expect(200)).text;
    await api.request().get('/api/v1/customers/13812345678').expect(401);
    await api.request().post('/api/v1/sessions').send({ login: 'nobody', password: 'guess' }).expect(401);
    await api.signIn('auditor');
    api.clock.advanceSeconds(90);
    const answer = await metrics(TOKEN).expect(200);
    expect(answer.headers['content-type']).toMatch(/^text\/plain/);
    expect(answer.headers['cache-control']).toBe('no-store');
    const count = 'http_request_duration_seconds_count{method="GET",route="/api/v1/customers/:id",status="401"}';
    expect(sampleOf(answer.text, count)).toBe(1);
    expect(sampleOf(before, count)).toBeNaN();
    expect(sampleOf(answer.text, 'wugang_sign_in_failures_total{status="401"}')).toBe(1);
    expect(sampleOf(answer.text, 'wugang_database_connections_in_use')).toBeGreaterThanOrEqual(0);
    expect(sampleOf(answer.text, 'wugang_database_requests_waiting')).toBe(0);
    expect(sampleOf(answer.text, 'wugang_audit_oldest_unsealed_seconds')).toBeGreaterThanOrEqual(90);
    expect(answer.text).toMatch(/^process_cpu_seconds_total /m);
    expect(answer.text).not.toContain('13812345678');
  });

  it('belong to one application of the process, and one that has no token has none', async () => {
    const other = await TestApi.start();
    await other.request().get('/metrics').set('authorization', `Bearer ${TOKEN}`).expect(404);
    await other.request().get('/metrics').set('authorization', 'Bearer ').expect(404);
    await other.stop();
  });

  it('what cannot be read is no number, and the rest is answered', async () => {
    const { text } = await without('county_union', () => metrics(TOKEN).expect(200));
    expect(text).toMatch(/^wugang_audit_oldest_unsealed_seconds nan$/im);
    expect(text).toMatch(/^process_cpu_seconds_total /m);
  });
});
