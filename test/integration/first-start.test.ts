import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCli } from '#libs/testing/run-cli.js';
import { Spawned } from '#libs/testing/spawned.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wugang-first-'));
  await chmod(folder, 0o755);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const env = () => ({ WUGANG_DATA_DIR: join(folder, 'data'), PORT: '0', UNION_CODE: 'QH', UNION_NAME: '青河联社' });
const user = (...args: string[]) => runCli(['user', ...args], env());

async function serving<T>(work: (url: string, printed: string) => Promise<T>): Promise<T> {
  const served = Spawned.start(['serve', '--json'], env());
  try {
    const line = JSON.parse(await served.printed(/\{.*\}/)) as { url: string };
    return await work(line.url, JSON.stringify(line));
  } finally {
    expect((await served.stop()).stderr).toBe('');
  }
}

const signIn = async (url: string, login: string, password: string) => {
  const answer = await fetch(new URL('/api/v1/sessions', url), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ login, password }),
  });
  return { status: answer.status, cookie: answer.headers.get('set-cookie')?.split(';')[0] ?? '' };
};

describe('an installation of its own', () => {
  it('is founded with one administrator, whose password is told once and must be changed', async () => {
    const password = await serving(async (url, printed) => {
      const { first } = JSON.parse(printed) as { first: { login: string; oneTimePassword: string } };
      expect(first.login).toBe('admin');
      const { status, cookie } = await signIn(url, 'admin', first.oneTimePassword);
      expect(status).toBe(201);
      const units = await fetch(new URL('/api/v1/org-units', url), { headers: { cookie } });
      expect(units.status).toBe(403);
      const me = await fetch(new URL('/api/v1/me', url), { headers: { cookie } });
      expect(await me.json()).toMatchObject({
        passwordOneTime: true,
        appointments: [{ post: 'system_administrator' }],
      });
      return first.oneTimePassword;
    });
    await serving(async (_, printed) => expect(printed).not.toContain('first'));
    expect((await user('list')).stdout).toMatch(/^admin +ADMIN +系统管理员 +one-time password\n$/);
    expect((await user('list')).stdout).not.toContain(password);
  });

  it('has its accounts kept from the command line, each act in the trail', async () => {
    const added = JSON.parse((await user('add', 'second.admin', '--staff-no', 'ADMIN', '--json')).stdout) as {
      oneTimePassword: string;
    };
    expect((await user('add', 'second.admin', '--staff-no', 'ADMIN')).stderr).toMatch(/second\.admin is taken/);
    expect((await user('add', 'third', '--staff-no', 'NOBODY')).stderr).toMatch(/no member of staff NOBODY/);
    expect((await user('disable', 'admin')).stdout).toMatch(/disabled/);
    const reset = await user('reset-password', 'second.admin');
    expect(reset.stdout).toMatch(/one-time password [0-9a-z-]{19}\n/);
    await serving(async (url) => {
      expect((await signIn(url, 'second.admin', added.oneTimePassword)).status).toBe(401);
      expect((await signIn(url, 'second.admin', /password (\S+)\n/.exec(reset.stdout)?.[1] ?? '')).status).toBe(201);
      expect((await signIn(url, 'admin', 'anything')).status).toBe(401);
    });
    expect((await user('enable', 'admin', '--union', 'NONE')).stderr).toMatch(/no county union NONE: there are QH/);
    const verified = await runCli(['audit', 'verify', '--json'], env());
    expect(JSON.parse(verified.stdout)).toMatchObject({ broken: [] });
  });
});
