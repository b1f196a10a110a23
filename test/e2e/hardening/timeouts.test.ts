import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import pg from 'pg';
import { createPool, inUnion } from '#libs/persistence/pool.js';
import { wholeUnion } from '#libs/persistence/scope.js';
import { createLogger } from '#libs/platform/logger.js';
import { TestApi } from '../support/api.js';
import { application, must } from '../support/journey.js';

let api: TestApi;
let owner: pg.Client;
beforeAll(async () => {
  api = await TestApi.start({
    statementTimeoutMs: 400,
    logger: createLogger('silent'),
  });
  owner = new pg.Client(api.database.ownerUrl);
  await owner.connect();
});
afterAll(async () => {
  await owner.end();
  await api.stop();
});

async function whileLocked<T>(table: string, work: () => Promise<T>): Promise<T> {
  await owner.query('begin');
  try {
    await owner.query(`lock table ${table} in access exclusive mode`);
    return await work();
  } finally {
    await owner.query('rollback');
  }
}

describe('a statement that takes too long is cut', () => {
  it.each([
    ['reading by Prisma', 'party', '/api/v1/customers'],
    ['reading by SQL', 'notification', '/api/v1/notifications'],
    ['in the guard', 'user_session', '/api/v1/me'],
  ])('%s', async (_, table, path) => {
    const officer = await api.signIn('qingshiOfficer');
    const answer = await whileLocked(table, () => officer.get(path));
    expect(answer.body).toMatchObject({ code: 'database.timeout', status: 503 });
    expect(answer.status).toBe(503);
    expect(answer.body.text.zh).toMatch(/[\u4e00-\u9fff]/);
    must(200, await officer.get(path));
  });

  it('in a command, which then has done nothing and may be sent again with its key', async () => {
    const officer = await api.signIn('qingshiOfficer');
    const { id: customerId } = await api.records.customer(api.union.units.qingshi);
    const body = application({ branchId: api.union.units.qingshi, customerId });
    const submit = () => officer.post('/api/v1/applications', body, { key: 'key-that-was-cut' });
    const answer = await whileLocked('loan_application', submit);
    expect(answer.body).toMatchObject({ code: 'database.timeout', status: 503 });
    const again = must(201, await submit());
    expect(again.headers['idempotency-replayed']).toBeUndefined();
  });
});

it('a pool without limits cuts nothing', async () => {
  const pool = createPool(api.database.appUrl, 1);
  await pool.query('select pg_sleep(0.6)');
  await pool.end();
});

it('a transaction that says nothing is ended by the database, its process lives, and the pool goes on', async () => {
  const pool = createPool(api.database.appUrl, 1, undefined, { statementMs: 5000, idleInTransactionMs: 200 });
  const forgotten = inUnion(pool, wholeUnion(api.union.unionId), async (sql) => {
    await new Promise((resolve) => setTimeout(resolve, 600));
    await sql.query('select 1');
  });
  await expect(forgotten).rejects.toThrow();
  expect((await pool.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
  await pool.end();
});

it('who sends a request by drops is let go', async () => {
  // A server of its own: one that lets go after a second lets go of a slow machine's first answer, too.
  const hasty = await TestApi.start({ http: { requestTimeoutMs: 1000 }, logger: createLogger('silent') });
  await hasty.app.listen(0, '127.0.0.1');
  const { port } = hasty.app.getHttpServer().address() as AddressInfo;
  const socket = connect(port, '127.0.0.1');
  let answer = '';
  socket.on('data', (chunk) => {
    answer += chunk.toString();
  });
  socket.on('error', () => {});
  socket.write('POST /api/v1/sessions HTTP/1.1\r\nhost: x\r\n');
  const drops = setInterval(() => socket.write('x-slow: 1\r\n'), 300);
  await once(socket, 'close');
  clearInterval(drops);
  await hasty.stop();
  expect(answer).toMatch(/^HTTP\/1\.1 408 /);
});
