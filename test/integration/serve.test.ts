import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jsonOf, runCli } from '#libs/testing/run-cli.js';
import { Spawned } from '#libs/testing/spawned.js';
import { testServerUrl } from '#libs/testing/test-database.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wugang-serve-'));
  await chmod(folder, 0o755);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const serve = (args: readonly string[], env: Record<string, string>) =>
  Spawned.start(['serve', ...args], { PORT: '0', ...env });
const addressOf = (served: Spawned) => served.printed(/serves at (http:\S+)[\s\S]*Ctrl-C/);

const post = (url: string, path: string, body: object, cookie = '') =>
  fetch(new URL(path, url), {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie },
    body: JSON.stringify(body),
  });

async function signIn(url: string, login: string): Promise<string> {
  const answer = await post(url, '/api/v1/sessions', { login, password: 'wugang-demo-2026' });
  expect(answer.status).toBe(201);
  return answer.headers.get('set-cookie')?.split(';')[0] ?? '';
}

const get = async (url: string, path: string, cookie: string) =>
  (await (await fetch(new URL(path, url), { headers: { cookie } })).json()) as {
    items: { id: string; kind?: string }[];
  };

describe('wugang serve --demo on an empty folder', () => {
  const env = () => ({ WUGANG_DATA_DIR: join(folder, 'data') });

  it('serves a county union that people can sign in to, and keeps it over a restart', async () => {
    const first = serve(['--demo'], env());
    const url = await addressOf(first);
    expect(await (await fetch(new URL('/health', url))).json()).toEqual({ status: 'ok' });
    expect((await fetch(new URL('/ready', url))).status).toBe(200);
    expect((await fetch(new URL('/docs', url))).status).toBe(200);
    expect(((await (await fetch(new URL('/openapi.json', url))).json()) as { openapi: string }).openapi).toBe('3.1.0');
    const officer = await signIn(url, 'officer1');
    const units = await get(url, '/api/v1/org-units', officer);
    expect(units.items.filter(({ kind }) => kind === 'branch' || kind === 'business_department')).toHaveLength(12);
    const auditor = await signIn(url, 'audit');
    const before = await get(url, '/api/v1/applications', auditor);
    expect(before.items).toHaveLength(24);
    const stopped = await first.stop();
    expect(stopped).toMatchObject({ code: 0, stderr: '' });
    expect(stopped.stdout).toMatch(/officer1/);
    const audited = await runCli(['audit', 'verify', '--json'], env());
    expect(jsonOf<{ rows: number; broken: object[] }>(audited)).toMatchObject({ rows: expect.any(Number), broken: [] });

    const second = serve(['--demo'], env());
    const again = await addressOf(second);
    const cookie = await signIn(again, 'audit');
    expect((await get(again, '/api/v1/applications', cookie)).items.map(({ id }) => id)).toEqual(
      before.items.map(({ id }) => id),
    );
    expect(await second.stop('SIGTERM')).toMatchObject({ code: 0, stderr: '' });
    expect(await readdir(join(folder, 'data/postgres'))).not.toContain('postmaster.pid');
  });

  it('its decisions are re-made without a difference', async () => {
    const run = await runCli(['replay', '--all', '--json'], env());
    expect(jsonOf(run)).toEqual({ decisions: 24, differences: 0 });
    expect(run.code).toBe(0);
  });

  it('a server that was killed is found again with its data', async () => {
    const killed = serve(['--demo'], env());
    await addressOf(killed);
    expect((await killed.stop('SIGKILL')).code).toBeNull();
    const run = await runCli(['replay', '--all', '--json'], env());
    expect(jsonOf(run)).toEqual({ decisions: 24, differences: 0 });
    expect(await readdir(join(folder, 'data/postgres'))).not.toContain('postmaster.pid');
  });

  it('a server that is stopping is waited for, then started anew', async () => {
    const pidFile = join(folder, 'data/postgres/postmaster.pid');
    const served = serve(['--demo'], env());
    await addressOf(served);
    process.kill(Number.parseInt(await readFile(pidFile, 'utf8'), 10), 'SIGTERM'); // stops once its clients have gone
    while (!(await readFile(pidFile, 'utf8')).includes('stopping')) await new Promise((then) => setTimeout(then, 20));
    const replaying = runCli(['replay', '--all', '--json'], env());
    await new Promise((then) => setTimeout(then, 2_000));
    expect((await served.stop()).code).toBe(0);
    expect(jsonOf(await replaying)).toEqual({ decisions: 24, differences: 0 });
  });
});

describe('what keeps it from starting is told in one line', () => {
  const oneLine = (text: string) => text.trim().split('\n');

  it('a port in use', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    const { port } = taken.address() as { port: number };
    const run = await serve([], { PORT: String(port), WUGANG_DATA_DIR: join(folder, 'unused') }).end();
    taken.close();
    expect(run.code).toBe(1);
    expect(oneLine(run.stderr)).toEqual([`wugang: port ${port} is in use: set PORT to another one`]);
  });

  it('a data folder that cannot be written', async () => {
    await writeFile(join(folder, 'a-file'), '');
    const run = await serve([], { WUGANG_DATA_DIR: join(folder, 'a-file/data') }).end();
    expect(run.code).toBe(1);
    expect(oneLine(run.stderr)).toEqual([
      expect.stringMatching(/^wugang: data folder .*a-file\/data cannot be written: /),
    ]);
  });

  it('a database that cannot be reached', async () => {
    const run = await serve([], {
      DATABASE_URL: 'postgresql://wugang:x@127.0.0.1:1/wugang',
      WUGANG_DATA_DIR: folder,
    }).end();
    expect(run.code).toBe(1);
    expect(oneLine(run.stderr)).toEqual([
      expect.stringMatching(/^wugang: database at 127\.0\.0\.1:1 cannot be reached: .*ECONNREFUSED/),
    ]);
    expect(run.stderr).not.toContain('wugang:x');
  });

  it('a database whose password is wrong', async () => {
    const url = new URL(testServerUrl());
    url.password = 'not-the-password';
    const run = await serve([], { DATABASE_URL: url.toString(), WUGANG_DATA_DIR: folder }).end();
    expect(run.code).toBe(1);
    expect(oneLine(run.stderr)).toHaveLength(1);
    expect(run.stderr).not.toContain('not-the-password');
  });

  it('a data folder on a file system that takes none', async () => {
    const run = await serve([], { WUGANG_DATA_DIR: '/proc/wugang/data' }).end();
    expect(run.code).toBe(1);
    expect(oneLine(run.stderr)).toEqual([
      expect.stringMatching(/^wugang: data folder \/proc\/wugang\/data cannot be written: /),
    ]);
  });

  it('a Redis that cannot be reached, with the embedded server stopped again', async () => {
    const dataDir = join(folder, 'no-redis');
    const run = await serve([], {
      REDIS_URL: 'redis://127.0.0.1:1',
      WUGANG_DATA_DIR: dataDir,
      LOG_LEVEL: 'silent',
    }).end();
    expect(run.code).toBe(1);
    expect(oneLine(run.stderr)).toEqual([
      expect.stringMatching(/^wugang: Redis at 127\.0\.0\.1:1 cannot be reached: .*ECONNREFUSED/),
    ]);
    expect(await readdir(join(dataDir, 'postgres'))).not.toContain('postmaster.pid');
  });

  it('settings that cannot be used, all of them', async () => {
    const run = await serve([], { PORT: 'eighty', LOG_LEVEL: 'loud', WUGANG_SECRET_KEY: 'short' }).end();
    expect(run.code).toBe(1);
    expect(oneLine(run.stderr)).toHaveLength(1);
    for (const name of ['PORT', 'LOG_LEVEL', 'WUGANG_SECRET_KEY']) expect(run.stderr).toContain(name);
  });
});

describe('wugang serve over a server of its own', () => {
  it('DATABASE_URL takes the place of the embedded server', async () => {
    const served = serve([], { DATABASE_URL: testServerUrl(), WUGANG_DATA_DIR: join(folder, 'other') });
    const url = await addressOf(served);
    expect((await fetch(new URL('/ready', url))).status).toBe(200);
    expect((await post(url, '/api/v1/sessions', { login: 'officer1', password: 'wugang-demo-2026' })).status).toBe(401);
    expect(await served.stop()).toMatchObject({ code: 0, stderr: '' });
    expect(await readdir(join(folder, 'other'))).toEqual(['secret.key']);
  });
});
