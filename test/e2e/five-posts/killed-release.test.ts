import pg from 'pg';
import { Spawned } from '#libs/testing/spawned.js';
import { loginOf, TEST_PASSWORD } from '#libs/testing/test-union.js';
import { NOW, TestApi } from '../support/api.js';
import { must } from '../support/journey.js';
import { Walk } from './walk.js';

let api: TestApi;
let walk: Walk;
let owner: pg.Client;
let watcher: pg.Client;
beforeAll(async () => {
  api = await TestApi.start();
  walk = new Walk(api);
  owner = new pg.Client(api.database.ownerUrl);
  watcher = new pg.Client(api.database.ownerUrl);
  await Promise.all([owner.connect(), watcher.connect()]);
  await api.records.authority(api.union.units.qingshi, 'rural_personal', 10_000_000);
});
afterAll(async () => {
  await Promise.all([owner.end(), watcher.end()]);
  await api.stop();
});

const until = async (what: string, sql: string): Promise<void> => {
  const end = Date.now() + 30_000;
  while (Date.now() < end) {
    const { rows } = await watcher.query(sql);
    if (rows[0]?.there === true) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`it did not come to pass: ${what}`);
};

const WAITING = `select exists (select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'
  and query like '%loan_instalment%') as there`;
const TRACES = `select (select count(*) from loan where application_id = $1)::int as loans,
  (select count(*) from loan_instalment i join loan l on l.id = i.loan_id where l.application_id = $1)::int as instalments,
  (select count(*) from decision where application_id = $1 and checkpoint = 'release')::int as decisions,
  (select count(*) from outbox_event where topic = 'loan.released' and payload ->> 'applicationId' = $1::text)::int as told,
  (select stage::text from loan_application where id = $1::uuid) as stage`;

it('a process killed in the middle of a release leaves nothing of it; released again it is there once, whole', async () => {
  const id = await walk.readyForRelease();
  const version = await walk.version(id);
  const settings = { appUrl: api.database.appUrl, now: NOW, documents: api.documents };
  const secret = Buffer.from(api.database.secret).toString('hex');
  const server = Spawned.script('libs/testing/serve-at.mjs', [JSON.stringify({ ...settings, secret })]);
  const url = await server.printed(/serves at (http:\S+)/);
  const post = (path: string, body: object, headers: Record<string, string> = {}) =>
    fetch(new URL(path, url), {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
  const login = loginOf('TEST', 'qingshiAccountant');
  const session = await post('/api/v1/sessions', { login, password: TEST_PASSWORD });
  const cookie = session.headers.get('set-cookie')?.split(';')[0] ?? '';

  await owner.query('begin');
  await owner.query('lock table loan_instalment in access exclusive mode');
  const headers = { cookie, 'idempotency-key': 'killed-in-the-middle', 'if-match': `"${version}"` };
  const cut = post(`/api/v1/applications/${id}/release`, {}, headers).then(
    () => 'answered',
    () => 'cut off',
  );
  await until('the loan is written and its plan waits', WAITING);
  await server.stop('SIGKILL');
  expect(await cut).toBe('cut off');
  await owner.query('rollback');
  await until('the half release is rolled back', WAITING.replace('exists', 'not exists'));

  const traces = async () => (await owner.query(TRACES, [id])).rows[0];
  expect(await traces()).toEqual({ loans: 0, instalments: 0, decisions: 0, told: 0, stage: 'release' });
  const teller = await walk.as('qingshiAccountant');
  const again = { key: 'killed-in-the-middle', ifMatch: version };
  must(200, await teller.post(`/api/v1/applications/${id}/release`, {}, again));
  expect(await traces()).toEqual({ loans: 1, instalments: 24, decisions: 1, told: 1, stage: 'released' });
});
