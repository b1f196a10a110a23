import { startWorker } from '#apps/worker/start-worker.js';
import { createLogger } from '#libs/platform/logger.js';
import { describeWithRedis, startRedis, type TestRedis } from '#libs/testing/redis.js';
import { TestApi } from '../e2e/support/api.js';
import { ask, must, submitted } from '../e2e/support/journey.js';
import type { Session } from '../e2e/support/session.js';

/** An application waits because the bureau was down; the worker asks again by itself and the application goes on. */
function walksTheRetry(redisUrl: () => string | undefined): void {
  let api: TestApi;
  let officer: Session;
  beforeAll(async () => {
    api = await TestApi.start();
    officer = await api.signIn('qingshiOfficer');
  });
  afterAll(() => api.stop());

  const waiting = async (): Promise<string> => {
    const { qingshi } = api.union.units;
    const { id } = await api.records.customer(qingshi);
    const applicationId = await submitted(officer, { branchId: qingshi, customerId: id });
    api.bureau.behave('down');
    expect((await ask(officer, id, applicationId)).body.outcome).toBe('unavailable');
    must(201, await officer.post(`/api/v1/applications/${applicationId}/intake-decisions`));
    api.bureau.behave('answers');
    await new Promise((resolve) => setTimeout(resolve, 250)); // the circuit breaker closes again
    return applicationId;
  };

  const stageOf = async (id: string): Promise<string> =>
    must(200, await officer.get(`/api/v1/applications/${id}`)).body.stage;

  async function until(id: string, stage: string): Promise<void> {
    for (let n = 0; n < 100 && (await stageOf(id)) !== stage; n += 1)
      await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await stageOf(id)).toBe(stage);
  }

  const worker = () =>
    startWorker(api.services, { redisUrl: redisUrl(), queueUrl: api.database.queueUrl }, createLogger('warn'));

  it('a job asks the bureau again and decides', async () => {
    const id = await waiting();
    const running = await worker();
    try {
      await until(id, 'investigation');
    } finally {
      await running.stop();
    }
    const decisions = must(200, await officer.get(`/api/v1/applications/${id}/decisions`));
    expect(decisions.body.items.map(({ verdict }: { verdict: string }) => verdict)).toEqual(['PASS', 'BLOCK']);
    const { rows } = (await api.records.sql(
      `select actor_id, actor_name from audit_event where action = 'application.decide-intake' and subject_id = $1 order by id desc limit 1`,
      [id],
    )) as { rows: object[] };
    expect(rows).toEqual([{ actor_id: null, actor_name: 'job:bureau.retry' }]);
  });

  it('two workers on one outbox decide once', async () => {
    const id = await waiting();
    const both = await Promise.all([worker(), worker()]);
    try {
      await until(id, 'investigation');
    } finally {
      await Promise.all(both.map((one) => one.stop()));
    }
    const decisions = must(200, await officer.get(`/api/v1/applications/${id}/decisions`));
    expect(decisions.body.items).toHaveLength(2);
  });

  it('no job carries personal data', async () => {
    const { rows } = (await api.records.sql(`select payload from outbox_event`, [])) as { rows: { payload: object }[] };
    const uuid = /^[0-9a-f-]{36}$/;
    expect(rows.length).toBeGreaterThan(0);
    for (const { payload } of rows) for (const value of Object.values(payload)) expect(value).toMatch(uuid);
  });

  it('sweeps each day: a branch over its non-performing limit is suspended, once', async () => {
    api.clock.set('2026-11-25T02:00:00.000Z'); // today's sweep was done by the workers above
    const { liuhe } = api.union.units;
    const { id: customer } = await api.records.customer(liuhe);
    await api.records.loan({ customer, branch: liuhe, balanceFen: 1000, fiveTier: 'loss' });
    const suspensions = async () => {
      const auditor = await api.signIn('auditor');
      return must(200, await auditor.get('/api/v1/authority-suspensions')).body.items;
    };
    const both = await Promise.all([worker(), worker()]);
    try {
      for (let n = 0; n < 100 && (await suspensions()).length === 0; n += 1)
        await new Promise((resolve) => setTimeout(resolve, 100));
    } finally {
      await Promise.all(both.map((one) => one.stop()));
    }
    expect(await suspensions()).toMatchObject([{ branchId: liuhe, suspendedFrom: '2026-11-26' }]);
  });
}

describe('the worker on PostgreSQL', () => {
  walksTheRetry(() => undefined);
});

describeWithRedis('the worker on Redis', () => {
  let redis: TestRedis;
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis.stop());
  walksTheRetry(() => redis.url);
});
