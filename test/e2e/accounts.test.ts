import { loginOf, type StaffName, TEST_PASSWORD } from '#libs/testing/test-union.js';
import { NOW, TestApi } from './support/api.js';
import { must } from './support/journey.js';
import type { Session } from './support/session.js';

let api: TestApi;
let admin: Session;
beforeAll(async () => {
  api = await TestApi.start();
  admin = await api.signIn('admin');
});
afterAll(() => api.stop());
beforeEach(() => api.clock.set(NOW));

const GOOD = 'three-willows-beside-the-canal';
const open = (login: string, password: string) => api.request().post('/api/v1/sessions').send({ login, password });

async function accountIdOf(name: StaffName): Promise<string> {
  const { items } = must(200, await admin.get('/api/v1/accounts?limit=200')).body;
  return items.find(({ login }: { login: string }) => login === loginOf('TEST', name)).id;
}
const change = (id: string, what: string) => admin.post(`/api/v1/accounts/${id}/changes`, { change: what });

describe('the password', () => {
  it.each([
    ['short', 'willow-7', 'password.length'],
    ['common', 'password123456', 'password.weak'],
    ['repeated', 'aaaaaaaaaaaaaa', 'password.weak'],
    ['along the keyboard', 'qwertyuiopasdf', 'password.weak'],
    ['the login itself', 'test-qingshiofficer', 'password.weak'],
    ['the present one', TEST_PASSWORD, 'password.same'],
  ])('is refused where it is %s', async (_, next, code) => {
    const officer = await api.signIn('qingshiOfficer');
    const answer = must(400, await officer.put('/api/v1/me/password', { current: TEST_PASSWORD, next }));
    expect(answer.body.faults.map((one: { code: string }) => one.code)).toContain(code);
  });

  it('changed, the old one opens nothing and every other session ends', async () => {
    const other = await api.signIn('liuheOfficer');
    const mine = await api.signIn('liuheOfficer');
    must(401, await mine.put('/api/v1/me/password', { current: 'not-the-password', next: GOOD }));
    must(204, await mine.put('/api/v1/me/password', { current: TEST_PASSWORD, next: GOOD }));
    must(200, await mine.get('/api/v1/me'));
    must(401, await other.get('/api/v1/me'));
    await open(loginOf('TEST', 'liuheOfficer'), TEST_PASSWORD).expect(401);
    await open(loginOf('TEST', 'liuheOfficer'), GOOD).expect(201);
  });

  it('guessed from an open session locks the account as guesses at the door do', async () => {
    const session = await api.signIn('maker');
    for (let n = 0; n < 5; n += 1)
      must(401, await session.put('/api/v1/me/password', { current: `guess-${n}`, next: GOOD }));
    must(429, await session.put('/api/v1/me/password', { current: TEST_PASSWORD, next: GOOD }));
  });
});

describe('an administrator of accounts', () => {
  it('opens one with a password that opens nothing but its own change', async () => {
    const staffId = api.union.staff.lawyer;
    const opened = must(201, await admin.post('/api/v1/accounts', { staffId, login: 'second.login' })).body;
    expect(opened).toMatchObject({ staffId, passwordOneTime: true });
    const person = await api.sessionOf('second.login', opened.oneTimePassword);
    expect(must(403, await person.get('/api/v1/applications')).body.code).toBe('password.change-first');
    must(204, await person.put('/api/v1/me/password', { current: opened.oneTimePassword, next: GOOD }));
    must(200, await person.get('/api/v1/applications'));
    await open('second.login', opened.oneTimePassword).expect(401);
  });

  it('gives no login twice, and none to a stranger', async () => {
    const staffId = api.union.staff.lawyer;
    must(409, await admin.post('/api/v1/accounts', { staffId, login: loginOf('TEST', 'auditor').toLowerCase() }));
    must(400, await admin.post('/api/v1/accounts', { staffId: api.union.unionId, login: 'nobody' }));
    must(400, await admin.post('/api/v1/accounts', { staffId, login: 'With Spaces' }));
  });

  it('resets a password: sessions end, the lock is lifted, the new one must be changed', async () => {
    const officer = await api.signIn('chengguanOfficer');
    const login = loginOf('TEST', 'chengguanOfficer');
    for (let n = 0; n < 5; n += 1) await open(login, 'guess').expect(401);
    const id = await accountIdOf('chengguanOfficer');
    const { oneTimePassword } = must(201, await admin.post(`/api/v1/accounts/${id}/password-resets`)).body;
    must(401, await officer.get('/api/v1/me'));
    await open(login, oneTimePassword).expect(201);
  });

  it('shuts an account, opens it again, and lifts its lock', async () => {
    const officer = await api.signIn('businessOfficer');
    const login = loginOf('TEST', 'businessOfficer');
    const id = await accountIdOf('businessOfficer');
    expect(must(200, await change(id, 'disable')).body.disabled).toBe(true);
    must(401, await officer.get('/api/v1/me'));
    await open(login, TEST_PASSWORD).expect(401);
    must(200, await change(id, 'enable'));
    await open(login, TEST_PASSWORD).expect(201);
    for (let n = 0; n < 5; n += 1) await open(login, 'guess').expect(401);
    await open(login, TEST_PASSWORD).expect(429);
    must(200, await change(id, 'unlock'));
    await open(login, TEST_PASSWORD).expect(201);
  });

  it('does none of it to the own account, nor to one of another union', async () => {
    const own = await accountIdOf('admin');
    expect(must(409, await change(own, 'disable')).body.code).toBe('account.self');
    expect(must(409, await change(own, 'remove-second-factor')).body.code).toBe('account.self');
    await api.anotherUnion('OTHER');
    const theirs = await api.signIn('admin', 'OTHER');
    const { items } = must(200, await theirs.get('/api/v1/accounts')).body;
    must(404, await change(items[0].id, 'disable'));
  });

  it('is an administrator: nobody at a lending post manages accounts', async () => {
    const president = await api.signIn('president');
    must(403, await president.get('/api/v1/accounts'));
  });

  it('takes away a second factor only where there is one', async () => {
    const id = await accountIdOf('qingshiDeputy');
    expect(must(409, await change(id, 'remove-second-factor')).body.code).toBe('second-factor.none');
  });
});
