import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { Spawned } from '#libs/testing/spawned.js';
import { cloneDatabase, type TestDatabase } from '#libs/testing/test-database.js';

let folder: string;
let database: TestDatabase;
let owner: pg.Client;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wugang-shutdown-'));
  database = await cloneDatabase();
  owner = new pg.Client(database.ownerUrl);
  await owner.connect();
});
afterAll(async () => {
  await owner.end();
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

const serving = () =>
  Spawned.start(['serve'], {
    PORT: '0',
    WUGANG_DATA_DIR: folder,
    DATABASE_URL: database.ownerUrl,
    WUGANG_SECRET_KEY: Buffer.from(database.secret).toString('hex'),
  });

/** Within a transaction the server's activity is read once: it is let go before each look. */
async function waitingForTheLock(): Promise<boolean> {
  await owner.query('select pg_stat_clear_snapshot()');
  const found = await owner.query(
    `select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`,
  );
  return found.rowCount !== 0;
}

async function until(happened: () => Promise<boolean>): Promise<void> {
  for (let n = 0; n < 500 && !(await happened()); n += 1) await new Promise((then) => setTimeout(then, 20));
  expect(await happened()).toBe(true);
}

it.each(['SIGTERM', 'SIGINT'] as const)(
  '%s: a request in flight is answered, a new one is not taken',
  async (signal) => {
    const served = serving();
    const url = await served.printed(/serves at (http:\S+)[\s\S]*Ctrl-C/);
    await owner.query('begin');
    await owner.query('lock table user_account in access exclusive mode');
    const inFlight = fetch(new URL('/api/v1/sessions', url), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ login: 'nobody', password: 'guess' }),
    });
    await until(waitingForTheLock);

    const stopped = served.stop(signal);
    await until(() =>
      fetch(new URL('/health', url)).then(
        () => false,
        () => true,
      ),
    );
    await owner.query('rollback');

    const answer = await inFlight;
    expect(answer.headers.get('connection')).toBe('close');
    expect(answer.status).toBe(401);
    expect(await answer.json()).toMatchObject({ code: 'session.refused' });
    expect(await stopped).toMatchObject({ code: 0, stderr: '' });
  },
);
