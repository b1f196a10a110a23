import pg from 'pg';
import { startWorker } from '#apps/worker/start-worker.js';
import { createLogger } from '#libs/platform/logger.js';
import { TestApi } from '../e2e/support/api.js';

const TOKEN = 'a-token-of-this-test';

it('audit rows that wait more than ten seconds for their seal are an error of the log and a figure of the metrics', async () => {
  const api = await TestApi.start({ http: { metricsToken: TOKEN } });
  const owner = new pg.Client(api.database.ownerUrl);
  await owner.connect();
  const age = async (): Promise<number> => {
    const { text } = await api.request().get('/metrics').set('authorization', `Bearer ${TOKEN}`).expect(200);
    return Number(/^wugang_audit_oldest_unsealed_seconds (\S+)$/m.exec(text)?.[1]);
  };
  await owner.query('begin');
  await owner.query(`select pg_advisory_xact_lock(hashtextextended('audit seal ' || $1::text, 0))`, [
    api.union.unionId,
  ]);
  await api.signIn('auditor');
  const errors: { level: number; err: string; msg: string }[] = [];
  const logger = createLogger('error', { write: (line: string) => void errors.push(JSON.parse(line)) });
  const running = await startWorker(api.services, { redisUrl: undefined, queueUrl: api.database.queueUrl }, logger);
  const turns = () => new Promise((resolve) => setTimeout(resolve, 2500));
  try {
    api.clock.advanceSeconds(9);
    await turns();
    expect(errors).toEqual([]);
    api.clock.advanceSeconds(2);
    await turns();
    expect(errors[0]).toMatchObject({ level: 50, msg: 'audit seal', err: expect.stringContaining(api.union.unionId) });
    expect(await age()).toBe(11);
    await owner.query('rollback');
    await turns();
    expect(await age()).toBe(0);
    errors.length = 0;
    await turns();
    expect(errors).toEqual([]);
  } finally {
    await running.stop();
    await owner.end();
    await api.stop();
  }
});
