import { loginOf, TEST_PASSWORD } from '#libs/testing/test-union.js';
import { NOW, TestApi } from './support/api.js';
import { must } from './support/journey.js';

let api: TestApi;
beforeAll(async () => {
  api = await TestApi.start();
});
afterAll(() => api.stop());
beforeEach(() => api.clock.set(NOW));

const open = (login: string, password: string) => api.request().post('/api/v1/sessions').send({ login, password });
const me = (cookie: string) => api.request().get('/api/v1/me').set('cookie', cookie);

describe('signing in', () => {
  it('a login that no database text holds is refused, and leaves nothing broken behind', async () => {
    const attempts = Array.from({ length: 30 }, () => open('a\u0000b', 'x').expect(400));
    await Promise.all(attempts);
    await Promise.all(Array.from({ length: 12 }, () => open(loginOf('TEST', 'approval3'), TEST_PASSWORD).expect(201)));
  });

  it('opens a session in a cookie that scripts cannot read, and says what the posts in force allow', async () => {
    const answer = await open(loginOf('TEST', 'qingshiOfficer'), TEST_PASSWORD).expect(201);
    const [cookie] = answer.headers['set-cookie'] as unknown as string[];
    expect(cookie).toMatch(/HttpOnly/);
    expect(cookie).toMatch(/SameSite=Strict/);
    expect(JSON.stringify(answer.body)).not.toContain(cookie!.split(/[=;]/)[1]!);
    const officer = await api.signIn('qingshiOfficer');
    const known = must(200, await officer.get('/api/v1/me'));
    expect(known.body.permissions).toContain('application:submit');
    expect(known.body.appointments).toHaveLength(2);
  });

  it('an unknown login and a wrong password get the same answer', async () => {
    const wrong = await open(loginOf('TEST', 'auditor'), 'not-the-password').expect(401);
    const unknown = await open('nobody-here', 'not-the-password').expect(401);
    expect(wrong.body).toMatchObject({ code: 'session.refused', status: 401 });
    expect({ ...unknown.body, requestId: null }).toEqual({ ...wrong.body, requestId: null });
  });

  it('five failures lock the account, right password or not, until the time is over', async () => {
    const login = loginOf('TEST', 'liuheOfficer');
    for (let n = 0; n < 5; n += 1) await open(login, 'guess').expect(401);
    await open(login, TEST_PASSWORD).expect(429);
    api.clock.advanceSeconds(31);
    await open(login, TEST_PASSWORD).expect(201);
  });

  it.each([
    ['no cookie', ''],
    ['an empty cookie', 'wugang_session='],
    ['no union', 'wugang_session=secret'],
    ['hyphens for a union', `wugang_session=${'-'.repeat(36)}.secret`],
    ['another secret', 'wugang_session=00000000-0000-7000-8000-000000000000.secret'],
  ])('%s is nobody', async (_, cookie) => {
    const answer = await me(cookie).expect(401);
    expect(answer.body.code).toBe('session.missing');
  });

  it('who acts is never told by a header', async () => {
    const answer = await api.request().get('/api/v1/me').set('x-actor', 'test-auditor').set('x-user', 'test-auditor');
    expect(answer.status).toBe(401);
  });

  it('a session ends by signing out', async () => {
    const officer = await api.signIn('qingshiOfficer');
    expect((await officer.delete('/api/v1/sessions/current')).status).toBe(204);
    await me(officer.cookie).expect(401);
  });

  it('a session ends by itself after eight hours', async () => {
    const officer = await api.signIn('qingshiOfficer');
    api.clock.advanceSeconds(8 * 3600 - 1);
    await me(officer.cookie).expect(200);
    api.clock.advanceSeconds(2);
    await me(officer.cookie).expect(401);
  });

  it('of failures sent at once each counts: ten guesses lock the account', async () => {
    const login = loginOf('TEST', 'chengguanOfficer');
    await Promise.all(Array.from({ length: 10 }, () => open(login, 'guess')));
    const { rows } = (await api.records.sql(
      'select failed_attempts, locked_until is not null as locked from user_account where login = $1',
      [login],
    )) as { rows: { failed_attempts: number; locked: boolean }[] };
    expect(rows).toEqual([{ failed_attempts: 10, locked: true }]);
    await open(login, TEST_PASSWORD).expect(429);
  });

  it('a person sees the own open sessions and ends any of them, nobody another’s', async () => {
    const first = await api.signIn('approval1');
    const second = await api.signIn('approval1');
    const { items } = must(200, await second.get('/api/v1/sessions')).body;
    expect(items.map(({ current }: { current: boolean }) => current)).toEqual([true, false]);
    const other = await api.signIn('approval2');
    expect((await other.delete(`/api/v1/sessions/${items[1].id}`)).status).toBe(404);
    expect((await second.delete(`/api/v1/sessions/${items[1].id}`)).status).toBe(204);
    expect((await second.delete(`/api/v1/sessions/${items[1].id}`)).status).toBe(404);
    await me(first.cookie).expect(401);
    await me(second.cookie).expect(200);
  });

  it('permissions end with the appointment, in the middle of a session', async () => {
    const director = await api.signIn('qingshiDirector');
    expect((await director.get('/api/v1/applications')).status).toBe(200);
    await api.records.sql(`update post_appointment set valid_to = '2026-11-23' where staff_id = $1`, [
      api.union.staff.qingshiDirector,
    ]);
    const answer = await director.get('/api/v1/applications');
    expect(answer.status).toBe(403);
    expect(answer.body).toMatchObject({ code: 'permission.missing', clause: 'G1' });
  });

  it('signing in, failing and signing out are in the audit trail', async () => {
    const maker = await api.signIn('maker');
    await open(loginOf('TEST', 'maker'), 'guess').expect(401);
    await maker.delete('/api/v1/sessions/current');
    const found = (await api.records.sql(`select action from audit_event where actor_name = $1 order by id`, [
      loginOf('TEST', 'maker'),
    ])) as {
      rows: { action: string }[];
    };
    expect(found.rows.map(({ action }) => action)).toEqual(['session.open', 'session.refuse', 'session.close']);
  });
});

it('health and readiness need no session; readiness asks the database', async () => {
  await api.request().get('/health').expect(200, { status: 'ok' });
  await api.request().get('/ready').expect(200, { status: 'ready' });
});

it('a session ends after half an hour without use, and goes on while it is used', async () => {
  const idle = await TestApi.start({ sessions: { hours: 8, idleMinutes: 30 } });
  try {
    const officer = await idle.signIn('qingshiOfficer');
    for (let n = 0; n < 3; n += 1) {
      idle.clock.advanceSeconds(29 * 60);
      must(200, await officer.get('/api/v1/me'));
    }
    idle.clock.advanceSeconds(31 * 60);
    expect((await officer.get('/api/v1/me')).status).toBe(401);
  } finally {
    await idle.stop();
  }
});
