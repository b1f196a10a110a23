import { Secret, TOTP } from 'otpauth';
import pg from 'pg';
import { loginOf, type StaffName, TEST_PASSWORD } from '#libs/testing/test-union.js';
import { NOW, TestApi } from './support/api.js';
import { must } from './support/journey.js';
import type { Session } from './support/session.js';

let api: TestApi;
beforeAll(async () => {
  api = await TestApi.start();
});
afterAll(() => api.stop());
beforeEach(() => api.clock.set(NOW));

const open = (name: StaffName, code?: string, password = TEST_PASSWORD) =>
  api
    .request()
    .post('/api/v1/sessions')
    .send({ login: loginOf('TEST', name), password, code });

/** The code that an authenticator shows now. */
const codeOf = (secret: string): string =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: api.clock.now().getTime() });

const begin = async (session: Session): Promise<string> =>
  must(201, await session.post('/api/v1/me/second-factor', { password: TEST_PASSWORD })).body.secret;
const confirm = (session: Session, code: string) => session.post('/api/v1/me/second-factor/confirmation', { code });

/** A person with a second factor, half a minute later: the code that confirmed it is used up. */
async function withSecondFactor(
  name: StaffName,
): Promise<{ session: Session; secret: string; recoveryCodes: string[] }> {
  const session = await api.signIn(name);
  const secret = await begin(session);
  const { recoveryCodes } = must(200, await confirm(session, codeOf(secret))).body;
  api.clock.advanceSeconds(30);
  return { session, secret, recoveryCodes };
}

describe('the second factor', () => {
  it('counts from the first code on: a password alone opens nothing then', async () => {
    const session = await api.signIn('lawyer');
    const secret = await begin(session);
    await open('lawyer').expect(201);
    expect(must(200, await session.get('/api/v1/me')).body.secondFactor).toBe(false);
    const wrong = codeOf(secret) === '000000' ? '000001' : '000000';
    expect(must(401, await confirm(session, wrong)).body.code).toBe('session.code-refused');
    must(200, await confirm(session, codeOf(secret)));
    expect(must(200, await session.get('/api/v1/me')).body.secondFactor).toBe(true);
    const without = await open('lawyer').expect(401);
    expect(without.body.code).toBe('session.code-needed');
    api.clock.advanceSeconds(30);
    await open('lawyer', codeOf(secret)).expect(201);
  });

  it('takes each code once, and none of two minutes ago', async () => {
    const { secret } = await withSecondFactor('maker');
    const code = codeOf(secret);
    await open('maker', code).expect(201);
    expect((await open('maker', code).expect(401)).body.code).toBe('session.code-refused');
    api.clock.advanceSeconds(120);
    await open('maker', code).expect(401);
    await open('maker', codeOf(secret)).expect(201);
  });

  it('of four sign-ins with one code at the same moment one succeeds', async () => {
    const { secret } = await withSecondFactor('approval1');
    const code = codeOf(secret);
    const answers = await Promise.all(Array.from({ length: 4 }, () => open('approval1', code)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 401, 401, 401]);
  });

  it('wrong codes lock the account as wrong passwords do', async () => {
    const { secret } = await withSecondFactor('approval2');
    for (let n = 0; n < 5; n += 1) await open('approval2', 'no-code').expect(401);
    await open('approval2', codeOf(secret)).expect(429);
  });

  it('a recovery code opens one session; a newer set takes the place of the old', async () => {
    const { session, recoveryCodes } = await withSecondFactor('approval3');
    expect(recoveryCodes).toHaveLength(10);
    const [first, second] = recoveryCodes as [string, string];
    await open('approval3', first.toUpperCase().replaceAll('-', ' ')).expect(201);
    await open('approval3', first).expect(401);
    const { recoveryCodes: renewed } = must(
      201,
      await session.post('/api/v1/me/recovery-codes', { password: TEST_PASSWORD }),
    ).body;
    await open('approval3', second).expect(401);
    await open('approval3', renewed[0]).expect(201);
    const { items } = must(200, await session.get('/api/v1/sessions')).body;
    expect(items[0].method).toBe('password_and_recovery_code');
  });

  it('is removed by its owner with password and code, and is begun anew', async () => {
    const { session, secret } = await withSecondFactor('president');
    const removal = (body: object) => session.post('/api/v1/me/second-factor/removal', body);
    expect(must(409, await session.post('/api/v1/me/second-factor', { password: TEST_PASSWORD })).body.code).toBe(
      'second-factor.there',
    );
    must(401, await removal({ password: 'not-the-password', code: codeOf(secret) }));
    must(401, await removal({ password: TEST_PASSWORD, code: 'no-code' }));
    must(204, await removal({ password: TEST_PASSWORD, code: codeOf(secret) }));
    await open('president').expect(201);
    expect(await begin(session)).not.toBe(secret);
  });

  it('lies in the database encrypted, and in no answer that is kept', async () => {
    const { secret } = await withSecondFactor('vicePresident');
    const owner = new pg.Client(api.database.ownerUrl);
    await owner.connect();
    const found = await owner.query<{ dump: string }>(
      `select coalesce(string_agg(u::text, ''), '') || (select coalesce(string_agg(k::text, ''), '') from idempotency_key k)
         || (select coalesce(string_agg(a::text, ''), '') from audit_event a) as dump from user_account u`,
    );
    await owner.end();
    expect(found.rows[0]?.dump.length).toBeGreaterThan(1000);
    expect(found.rows[0]?.dump).not.toContain(secret);
    expect(found.rows[0]?.dump).not.toContain(Buffer.from(secret).toString('hex'));
  });
});

describe('an installation that demands a second factor', () => {
  it('lets who has none do nothing but add one', async () => {
    const strict = await TestApi.start({ secondFactorRequired: true });
    try {
      const officer = await strict.signIn('qingshiOfficer');
      const refused = must(403, await officer.get('/api/v1/customers'));
      expect(refused.body.code).toBe('second-factor.add-first');
      const secret = await begin(officer);
      const code = new TOTP({ secret: Secret.fromBase32(secret) }).generate({
        timestamp: strict.clock.now().getTime(),
      });
      must(200, await confirm(officer, code));
      must(200, await officer.get('/api/v1/customers'));
    } finally {
      await strict.stop();
    }
  });
});
