import { jest } from '@jest/globals';
import { IdentityProvider } from '#libs/platform/oidc/identity-provider.js';
import { LocalProvider } from '#libs/testing/local-provider.js';
import { loginOf } from '#libs/testing/test-union.js';
import { NOW, TestApi, TODAY } from './support/api.js';
import { must } from './support/journey.js';

const PUBLIC_URL = 'http://127.0.0.1:3000';
let api: TestApi;
let local: LocalProvider;
beforeAll(async () => {
  // The provider says at each start that its keys and pages are for development.
  for (const channel of ['info', 'warn'] as const) jest.spyOn(console, channel).mockImplementation(() => {});
  local = await LocalProvider.start(PUBLIC_URL);
  const { issuer, clientId, clientSecret } = local;
  const settings = { issuer, clientId, clientSecret, publicUrl: PUBLIC_URL, loginClaim: 'preferred_username' };
  api = await TestApi.start({ provider: new IdentityProvider(settings) });
});
afterAll(async () => {
  await api.stop();
  await local.stop();
});
beforeEach(() => api.clock.set(NOW));

const cookieOf = (answer: { headers: Record<string, unknown> }, name: string): string =>
  (answer.headers['set-cookie'] as string[] | undefined)?.find((one) => one.startsWith(`${name}=`))?.split(';')[0] ??
  '';

async function begin(): Promise<{ url: string; journey: string }> {
  const sent = await api.request().get('/api/v1/sessions/oidc').expect(302);
  return { url: String(sent.headers['location']), journey: cookieOf(sent, 'wugang_provider') };
}
const comeBack = (query: string, journey: string) =>
  api.request().get(`/api/v1/sessions/oidc/callback?${query}`).set('cookie', journey);

/** From the gate to the provider's pages and back. */
async function signInAs(subject: string, username: string) {
  const { url, journey } = await begin();
  return comeBack(await local.signIn(url, { subject, username }), journey);
}

describe('signing in by the identity provider of the bank', () => {
  it('is offered where it is set up', async () => {
    const ways = await api.request().get('/api/v1/sessions/methods').expect(200);
    expect(ways.body).toEqual({ password: true, oidc: true });
  });

  it('opens a session for whom the provider vouches, under the posts in force', async () => {
    const answer = await signInAs('subject-1', loginOf('TEST', 'qingshiOfficer'));
    expect(answer.status).toBe(302);
    expect(answer.headers['location']).toBe('/');
    const cookie = cookieOf(answer, 'wugang_session');
    const me = await api.request().get('/api/v1/me').set('cookie', cookie).expect(200);
    expect(me.body.login).toBe(loginOf('TEST', 'qingshiOfficer'));
    expect(me.body.permissions).toContain('application:submit');
    const sessions = await api.request().get('/api/v1/sessions').set('cookie', cookie).expect(200);
    expect(sessions.body.items[0].method).toBe('oidc');
  });

  it('is tied to the subject from the first time on: the login alone opens nothing for another', async () => {
    const login = loginOf('TEST', 'liuheOfficer');
    expect((await signInAs('subject-2', login)).status).toBe(302);
    const another = await signInAs('subject-3', login);
    expect(another.status).toBe(403);
    expect(another.body.code).toBe('session.provider-unknown');
    const renamed = await signInAs('subject-2', 'a-name-that-is-new');
    expect(cookieOf(renamed, 'wugang_session')).not.toBe('');
  });

  it('opens nothing for whom no account is there, or whose account is shut', async () => {
    expect((await signInAs('subject-4', 'nobody-here')).body.code).toBe('session.provider-unknown');
    const admin = await api.signIn('admin');
    const { items } = must(200, await admin.get('/api/v1/accounts?limit=200')).body;
    const { id } = items.find(({ login }: { login: string }) => login === loginOf('TEST', 'lawyer'));
    must(200, await admin.post(`/api/v1/accounts/${id}/changes`, { change: 'disable' }));
    expect((await signInAs('subject-5', loginOf('TEST', 'lawyer'))).status).toBe(403);
  });

  it('takes no answer of another journey, none twice, and none without the cookie', async () => {
    const person = { subject: 'subject-6', username: loginOf('TEST', 'auditor') };
    const first = await begin();
    const second = await begin();
    const query = await local.signIn(first.url, person);
    expect((await comeBack(query, second.journey)).body.code).toBe('session.provider-refused');
    expect((await comeBack(query, '')).status).toBe(401);
    expect((await comeBack(query, 'wugang_provider=AAAA')).status).toBe(401);
    expect((await comeBack(query, first.journey)).status).toBe(302);
    expect((await comeBack(query, first.journey)).status).toBe(401);
  });

  it('is kept in the trail with how it was done', async () => {
    const auditor = await api.signIn('auditor');
    const { items } = must(200, await auditor.get(`/api/v1/audit-events?day=${TODAY}&limit=200`)).body;
    const actions = items.map(({ action, after }: { action: string; after: object }) => ({ action, after }));
    expect(actions).toContainEqual({ action: 'session.open', after: { method: 'oidc' } });
    expect(actions).toContainEqual({ action: 'account.bind-identity', after: { issuer: local.issuer } });
  });
});

describe('where the provider does not answer', () => {
  it('says so, and password sign-in goes on', async () => {
    const settings = { issuer: 'http://127.0.0.1:9', clientId: 'x', clientSecret: 'y', publicUrl: PUBLIC_URL };
    const alone = await TestApi.start({ provider: new IdentityProvider({ ...settings, loginClaim: 'sub' }) });
    try {
      const answer = await alone.request().get('/api/v1/sessions/oidc').expect(503);
      expect(answer.body.code).toBe('session.provider-unavailable');
      await alone.signIn('auditor');
    } finally {
      await alone.stop();
    }
  });
});
