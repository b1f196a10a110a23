import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ConnectionOptions, type FlowProducer, Queue } from 'bullmq';
import { dailySweep } from '#apps/worker/daily-sweep.js';
import { endImpact } from '#apps/worker/impact/end-impact.js';
import { planImpact } from '#apps/worker/impact/plan-impact.js';
import { startWorker } from '#apps/worker/start-worker.js';
import { doShard } from '#libs/persistence/impact/do-shard.js';
import { readConfig } from '#libs/platform/config.js';
import { openKeptFacts } from '#libs/platform/kept-files/open-kept-facts.js';
import { createLogger } from '#libs/platform/logger.js';
import { readWorkbook } from '#libs/platform/xlsx/read-workbook.js';
import { queueConnection } from '#libs/queue/connection.js';
import { describeWithRedis, startRedis, type TestRedis } from '#libs/testing/redis.js';
import { TestApi, TODAY } from '../support/api.js';
import { must, takeIn } from '../support/journey.js';
import type { Session } from '../support/session.js';
import { bookWith, RulesDesk, warnOnly } from './rules-desk.js';

/** Enquiries within a year of ten applicants: six are tolerated as shipped. */
const ENQUIRIES = [0, 6, 7, 8, 9, 7, 3, 12, 8, 1];
const RUNS = '/api/v1/impact-runs';
const PERIOD = { since: '2026-11-01', until: TODAY };
const TO_EIGHT = { ...PERIOD, set: { 'policy.hardEnquiriesTolerated': 8 } };

let api: TestApi;
let desk: RulesDesk;
let auditor: Session;
beforeAll(async () => {
  api = await TestApi.start({ impactShardDecisions: 3 });
  desk = await RulesDesk.open(api);
  auditor = await api.signIn('auditor');
  const officers = { qingshi: await api.signIn('qingshiOfficer'), liuhe: await api.signIn('liuheOfficer') };
  for (const [index, hardEnquiries12Months] of ENQUIRIES.entries()) {
    const branch = index < 5 ? 'qingshi' : 'liuhe';
    const branchId = api.union.units[branch];
    const customer = await api.records.customer(branchId);
    api.files.set(customer.identityNumber, { hardEnquiries12Months });
    await takeIn(officers[branch], { branchId, customerId: customer.id });
  }
  // Of the two who enquired eight times one loan went bad; of those at nine and twelve both did.
  await api.asOwner(async (owner) => {
    await owner.query('alter table loan_application disable trigger user');
    await owner.query(
      `with n as (select id, row_number() over (order by id) as n from loan_application)
       update loan_application a set known_outcome = case when n in (4, 5, 8) then 'bad' else 'good' end from n where n.id = a.id`,
    );
    await owner.query('alter table loan_application enable trigger user');
  });
});
afterAll(() => api.stop());

const worker = (redisUrl?: string) =>
  startWorker(api.services, { redisUrl, queueUrl: api.database.queueUrl }, createLogger('fatal'));

const asked = async (body: object): Promise<string> => must(202, await desk.maker.post(RUNS, body)).body.id;
const seen = async (id: string) => must(200, await auditor.get(`${RUNS}/${id}`)).body;

async function until(id: string, ended: string) {
  for (let n = 0; n < 200 && (await seen(id)).state !== ended; n += 1)
    await new Promise((resolve) => setTimeout(resolve, 100));
  const run = await seen(id);
  expect(run).toMatchObject({ state: ended });
  return run;
}

/** Two workers share the parts of a run. */
async function byTwoWorkers<T>(work: () => Promise<T>, redisUrl?: string): Promise<T> {
  const both = await Promise.all([worker(redisUrl), worker(redisUrl)]);
  try {
    return await work();
  } finally {
    await Promise.all(both.map((one) => one.stop()));
  }
}

const MOVED = { PASS: { PASS: 4, REFER: 0 }, REFER: { PASS: 4, REFER: 2 }, BLOCK: { BLOCK: 0 } };

/** The first round of a run. */
async function roundOf(id: string): Promise<string> {
  const asking = `select id from outbox_event where topic = 'impact.plan' and payload ->> 'runId' = $1 order by id limit 1`;
  return ((await desk.asApp(asking, [id])).rows[0] as { id: string }).id;
}

/** The run whose jobs are lost: it is cut, and nothing of it is in the queue. */
async function cutWithoutJobs(body: object, services = api.services) {
  const id = await asked(body);
  const ids = { unionId: api.union.unionId, runId: id, outboxId: await roundOf(id) };
  const lost = { add: async () => ({}) } as unknown as FlowProducer;
  await planImpact(services, lost, ids);
  await desk.asApp('update outbox_event set dispatched_at = now() where id = $1', [ids.outboxId]);
  const cut = await desk.asApp('select id from impact_shard where run_id = $1 order by number', [id]);
  const shards = cut.rows.map((row) => (row as { id: string }).id);
  const part = (index: number) => ({ unionId: ids.unionId, roundId: ids.outboxId, shardId: shards[index]! });
  return { id, ids, lost, shards, part };
}

function showsWhatEightWouldChange(redisUrl: () => string | undefined): void {
  it('two workers find what tolerating eight enquiries instead of six would change', async () => {
    const id = await asked({ ...TO_EIGHT, sweep: { key: 'policy.hardEnquiriesTolerated', from: 5, to: 12, step: 1 } });
    const run = await byTwoWorkers(() => until(id, 'done'), redisUrl());
    expect(run).toMatchObject({
      shards: { done: 4, all: 4 },
      decisions: { done: 10, all: 10 },
      requestedBy: 'maker',
      summary: { cases: 10, changed: 4, matrix: MOVED, outcomesKnown: { good: 7, bad: 3 } },
    });
    const rules = run.summary.rules.filter(({ before, after }: { before: number; after: number }) => before !== after);
    expect(rules).toMatchObject([{ rule: 'enquiries', before: 6, after: 2, appeared: 0, vanished: 4 }]);
    expect(run.summary.byBranch).toMatchObject({
      qingshi: { REFER: { PASS: 2, REFER: 1 } },
      liuhe: { REFER: { PASS: 2, REFER: 1 } },
    });
    expect(run.summary.outcomes).toMatchObject([
      { stoppedAt: 'BLOCK' },
      { stoppedAt: 'REFER', badLetThrough: { count: 1, of: 3 }, goodLetThrough: { count: 3, of: 7 } },
    ]);
    const referred = run.curve.map(({ verdicts }: { verdicts: { REFER: number } }) => verdicts.REFER);
    expect(referred).toEqual([7, 6, 4, 2, 1, 1, 1, 0]); // more than 5, 6 … 12
  });

  it('where a part cannot be done the run fails, and its last job still comes', async () => {
    const id = await asked({ ...TO_EIGHT, sweep: { key: 'policy.hardEnquiriesTolerated', from: 1, to: 2 } });
    await api.asOwner((owner) =>
      owner.query(
        `update impact_run set request = jsonb_set(request, '{sweep,key}', '"policy.namedByNothing"') where id = $1`,
        [id],
      ),
    );
    const urls = { redisUrl: redisUrl(), queueUrl: api.database.queueUrl };
    const queue = new Queue('wugang-bulk', queueConnection(urls) as { connection: ConnectionOptions });
    const finish = `${await roundOf(id)}-finish`;
    try {
      const run = await byTwoWorkers(async () => {
        for (let n = 0; n < 100 && (await queue.getJobState(finish)) !== 'completed'; n += 1)
          await new Promise((resolve) => setTimeout(resolve, 100));
        expect(await queue.getJobState(finish)).toBe('completed');
        return until(id, 'failed');
      }, redisUrl());
      expect(run.failure).toMatchObject({ code: 'impact.part-failed' });
    } finally {
      await queue.close();
    }
  });
}

describe('over jobs in PostgreSQL', () => {
  showsWhatEightWouldChange(() => undefined);
});

describeWithRedis('over jobs in Redis', () => {
  let redis: TestRedis;
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis.stop());
  showsWhatEightWouldChange(() => redis.url);
});

const partsDone = async (id: string) =>
  (
    await desk.asApp(
      'select number, done_at, (select count(*)::int from impact_change c where c.shard_id = s.id) as changes from impact_shard s where run_id = $1 order by number',
      [id],
    )
  ).rows as { number: number; done_at: Date | null; changes: number }[];

describe('a part is counted once', () => {
  it('whoever does it at once, or again; the database refuses a second writing', async () => {
    const { id, part } = await cutWithoutJobs(TO_EIGHT);
    const twice = await Promise.all([doShard(api.services, part(0)), doShard(api.services, part(0))]);
    expect(twice.sort()).toEqual(['done', 'not-needed']);
    expect(await doShard(api.services, part(0))).toBe('not-needed');
    expect(await partsDone(id)).toMatchObject([{ changes: 1, done_at: expect.any(Date) }, {}, {}, {}]);
    expect(await seen(id)).toMatchObject({
      state: 'running',
      shards: { done: 1, all: 4 },
      decisions: { done: 3, all: 10 },
    });
    const { shardId } = part(0);
    await expect(desk.asApp(`update impact_shard set tally = '{}' where id = $1`, [shardId])).rejects.toThrow(
      'is done',
    );
    const another = `insert into impact_change select gen_random_uuid(), union_id, run_id, shard_id, 9, ref, branch, product, outcome, before, after,
      appeared, vanished from impact_change where shard_id = $1`;
    await expect(desk.asApp(another, [shardId])).rejects.toThrow('is done');
    const silently = `update impact_run set state = 'stopped', finished_at = now() where id = $1`;
    await expect(desk.asApp(silently, [id])).rejects.toThrow('audit row');
    await expect(desk.asApp('delete from impact_change where shard_id = $1', [shardId])).rejects.toThrow('permission');
  });

  it('cut twice the parts are the same, and the jobs of the later round alone count', async () => {
    const { id, ids, lost, part } = await cutWithoutJobs(TO_EIGHT);
    const later = { ...ids, outboxId: randomUUID() };
    expect(await planImpact(api.services, lost, later)).toEqual({ parts: 4 });
    expect(await seen(id)).toMatchObject({ shards: { all: 4 }, decisions: { all: 10 } });
    expect(await doShard(api.services, part(0))).toBe('not-needed');
    expect(await endImpact(api.services, ids)).toBe('not-needed');
    expect(await doShard(api.services, { ...part(0), roundId: later.outboxId })).toBe('done');
    expect(await endImpact(api.services, later)).toBe('failed');
    expect(await seen(id)).toMatchObject({ state: 'failed', failure: { code: 'impact.parts-missing' } });
  });

  it('parts of one decision each add up to the same', async () => {
    const alone = { ...api.services, bulk: { ...api.services.bulk, shardDecisions: 1 } };
    const sweep = { key: 'policy.hardEnquiriesTolerated', from: 6, to: 8, step: 1 };
    const { id, ids, shards } = await cutWithoutJobs({ ...TO_EIGHT, sweep }, alone);
    expect(shards).toHaveLength(10);
    for (const shardId of shards) await doShard(alone, { ...ids, shardId, roundId: ids.outboxId });
    expect(await endImpact(alone, ids)).toBe('done');
    const { summary, curve } = await seen(id);
    expect(summary).toMatchObject({ cases: 10, changed: 4, matrix: MOVED });
    expect(curve.map(({ verdicts }: { verdicts: { REFER: number } }) => verdicts.REFER)).toEqual([6, 4, 2]);
  });
});

it("workers leave their parts' facts to the next run, which finds the same", async () => {
  const data = await mkdtemp(join(tmpdir(), 'wugang-kept-'));
  const config = readConfig({ WUGANG_DATA_DIR: data, FACTS_CACHE_MEGABYTES: '1' });
  const kept = openKeptFacts(config, api.database.secret);
  const keeping = { ...api.services, bulk: { ...api.services.bulk, kept } };
  const byOne = async () => {
    const { id, ids, shards } = await cutWithoutJobs(TO_EIGHT, keeping);
    for (const shardId of shards) await doShard(keeping, { ...ids, shardId, roundId: ids.outboxId });
    expect(await endImpact(keeping, ids)).toBe('done');
    return (await seen(id)).summary;
  };
  const files = async () =>
    Promise.all(
      (await readdir(join(data, 'facts'))).map(async (name) => [name, (await stat(join(data, 'facts', name))).ino]),
    );
  try {
    const first = await byOne();
    expect(first).toMatchObject({ cases: 10, changed: 4, matrix: MOVED });
    const made = await files();
    expect(made).toHaveLength(4);
    expect(await byOne()).toEqual(first);
    expect(await files()).toEqual(made);
    expect(
      openKeptFacts(readConfig({ WUGANG_DATA_DIR: data, FACTS_CACHE_MEGABYTES: '0' }), api.database.secret),
    ).toBeNull();
  } finally {
    await rm(data, { recursive: true });
  }
});

describe('the run is in PostgreSQL, whatever became of its jobs', () => {
  it('resumed, it does what is left and nothing twice', async () => {
    const { id, part } = await cutWithoutJobs(TO_EIGHT);
    expect(await doShard(api.services, part(1))).toBe('done');
    const before = await partsDone(id);
    expect(must(200, await desk.checker.post(`${RUNS}/${id}/resume`)).body).toMatchObject({ state: 'waiting' });
    const run = await byTwoWorkers(() => until(id, 'done'));
    expect(run.summary).toMatchObject({ cases: 10, changed: 4, matrix: MOVED });
    expect((await partsDone(id))[1]).toEqual(before[1]);
    expect(await doShard(api.services, part(2))).toBe('not-needed'); // a job of the first round
    expect((await desk.checker.post(`${RUNS}/${id}/resume`)).body).toMatchObject({
      status: 409,
      code: 'impact.wrong-state',
    });
    await expect(desk.asApp(`update impact_run set state = 'waiting' where id = $1`, [id])).rejects.toThrow('is done');
  });

  it('left alone for an hour, the daily sweep takes it up', async () => {
    const { id } = await cutWithoutJobs(TO_EIGHT);
    expect((await dailySweep(api.services, 'early')).resumedImpacts).toBe(0);
    await api.asOwner((owner) =>
      owner.query(`update impact_run set requested_at = requested_at - interval '2 hours' where id = $1`, [id]),
    );
    expect((await dailySweep(api.services, 'late')).resumedImpacts).toBe(1);
    await byTwoWorkers(() => until(id, 'done'));
  });

  it('stopped, it begins no other part, and may go on', async () => {
    const { id, part } = await cutWithoutJobs(TO_EIGHT);
    expect(must(200, await desk.maker.post(`${RUNS}/${id}/stop`)).body).toMatchObject({ state: 'stopped' });
    expect(await doShard(api.services, part(0))).toBe('not-needed');
    expect((await desk.maker.post(`${RUNS}/${id}/stop`)).status).toBe(409);
    expect((await auditor.get(`${RUNS}/${id}/changes.csv`)).body).toMatchObject({
      status: 409,
      code: 'impact.not-done',
    });
    must(200, await desk.maker.post(`${RUNS}/${id}/resume`));
    await byTwoWorkers(() => until(id, 'done'));
  });
});

describe('a run that cannot end fails with its reason', () => {
  const failureOf = async (id: string) => (await byTwoWorkers(() => until(id, 'failed'))).failure.code;

  it('there is no decision in the period', async () => {
    expect(await failureOf(await asked({ ...TO_EIGHT, since: '2025-01-01', until: '2025-12-31' }))).toBe(
      'impact.no-decisions',
    );
  });
});

describe('who asks, and for what', () => {
  it('compliance asks, the auditor and the heads read, an officer does neither', async () => {
    const officer = await api.signIn('qingshiOfficer');
    for (const who of [officer, auditor, await api.signIn('president')])
      expect((await who.post(RUNS, TO_EIGHT)).status).toBe(403);
    expect((await officer.get(RUNS)).status).toBe(403);
    const { items, nextCursor } = must(200, await auditor.get(`${RUNS}?limit=2`)).body;
    expect(items).toHaveLength(2);
    const next = must(200, await auditor.get(`${RUNS}?limit=2&cursor=${nextCursor}`)).body;
    expect(next.items[0].id < items[1].id).toBe(true);
    for (const step of ['resume', 'stop'])
      expect((await auditor.post(`${RUNS}/${items[0].id}/${step}`)).status).toBe(403);
  });

  it("another union's run is not there", async () => {
    const id = await asked(TO_EIGHT);
    await api.anotherUnion('FOREIGN');
    const foreigner = await api.signIn('maker', 'FOREIGN');
    for (const path of ['', '/changes', '/changes.csv', '/report.xlsx'])
      expect((await foreigner.get(`${RUNS}/${id}${path}`)).status).toBe(404);
    expect((await foreigner.post(`${RUNS}/${id}/stop`)).status).toBe(404);
  });

  it('every fault of a question is told at once', async () => {
    const answer = await desk.maker.post(RUNS, {
      since: '2026-11-24',
      until: '2026-11-01',
      set: { 'policy.hardEnquiriesTolerated': 'eight', 'policy.nothing': 1 },
      rules: ['enquiries', 'no-such-rule'],
      sweep: { key: 'policy.hardEnquiriesTolerated', from: 0, to: 10_000 },
    });
    expect(answer.status).toBe(400);
    expect(
      answer.body.faults.map(({ path, code }: { path: string; code: string }) => `${path} ${code}`).sort(),
    ).toEqual([
      '/rules/1 impact.no-rule',
      '/set/policy.hardEnquiriesTolerated parameter.type',
      '/set/policy.nothing parameter.unknown',
      '/sweep impact.sweep',
      '/until input.dates',
    ]);
  });
});

describe('a draft before it is published', () => {
  it('its book is run as a draft has it, or by the draft itself; its parameters where they are in force', async () => {
    const content = await bookWith('2026.2', warnOnly('enquiries'));
    const parameter = {
      key: 'policy.hardEnquiriesTolerated',
      value: 8,
      unit: 'count',
      from: '2026-12-01',
      to: null,
      source: { zh: '理事会决议', en: 'resolution of the board' },
      clause: 'M2',
      own: true,
      reason: '测算',
    };
    const draftId = await desk.drafted({ content, parameters: [parameter], cases: [] });
    const early = await desk.maker.post(RUNS, { ...PERIOD, draftId });
    expect(early.body.faults).toMatchObject([{ path: '/on', code: 'impact.change-not-in-force' }]);
    expect((await desk.maker.post(RUNS, { ...PERIOD, draftId, content })).status).toBe(400);
    expect((await desk.maker.post(RUNS, { ...PERIOD, content: { rules: [] } })).status).toBe(400);
    const ids = [await asked({ ...PERIOD, content }), await asked({ ...PERIOD, draftId, on: '2026-12-01' })];
    const [alone, both] = await byTwoWorkers(async () => [await until(ids[0]!, 'done'), await until(ids[1]!, 'done')]);
    expect(alone.summary.matrix).toMatchObject({ REFER: { WARN: 6, PASS: 0 } });
    expect(both.summary.matrix).toMatchObject({ REFER: { WARN: 2, PASS: 4 } });
    expect(both.question.books.after).toBe(alone.question.books.after);
  });
});

describe('what a run leaves', () => {
  let id: string;
  beforeAll(async () => {
    id = await asked(TO_EIGHT);
    await byTwoWorkers(async () => {
      await until(id, 'done');
      for (let n = 0; n < 100 && (await told()).length === 0; n += 1)
        await new Promise((resolve) => setTimeout(resolve, 100));
    });
  });
  const told = async () =>
    must(200, await desk.maker.get('/api/v1/notifications')).body.items.filter(
      ({ subjectId }: { subjectId: string }) => subjectId === id,
    );

  it('who asked is told, and the audit trail holds both steps', async () => {
    expect(await told()).toMatchObject([{ kind: 'impact_done' }]);
    const trail = await desk.asApp('select action, actor_name from audit_event where subject_id = $1 order by id', [
      id,
    ]);
    expect(trail.rows).toMatchObject([
      { action: 'impact.request' },
      { action: 'impact.finish', actor_name: 'job:impact.finish' },
    ]);
  });

  it('the changed cases by page and by what is asked of them', async () => {
    const changes = async (query: string) => must(200, await auditor.get(`${RUNS}/${id}/changes?${query}`)).body;
    const first = await changes('limit=3');
    expect(first.items).toHaveLength(3);
    expect(first.items[0]).toMatchObject({ before: 'REFER', after: 'PASS', vanished: ['enquiries'], appeared: [] });
    expect((await changes(`limit=3&cursor=${first.nextCursor}`)).items).toHaveLength(1);
    const counts = [
      'outcome=bad',
      'outcome=good',
      'outcome=unknown',
      'before=REFER',
      'after=BLOCK',
      'rule=enquiries',
      'rule=own-loans',
      'branch=nowhere',
    ];
    const found = await Promise.all(counts.map(async (query) => `${query} ${(await changes(query)).items.length}`));
    expect(found).toEqual(counts.map((query, index) => `${query} ${[1, 3, 0, 4, 0, 4, 0, 0][index]}`));
  });

  it('as CSV and as a workbook', async () => {
    const csv = must(200, await auditor.get(`${RUNS}/${id}/changes.csv`));
    expect(csv.headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(csv.text.trim().split('\n')).toHaveLength(5);
    const { body } = await api
      .request()
      .get(`${RUNS}/${id}/report.xlsx`)
      .set('cookie', auditor.cookie)
      .buffer(true)
      .parse((response, done) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('end', () => done(null, Buffer.concat(parts)));
      });
    const book = await readWorkbook(body as Buffer);
    if ('faults' in book) throw new Error(JSON.stringify(book.faults));
    expect(book.sheets.map(({ name, rows }) => `${name} ${rows.length}`)).toEqual([
      'matrix 5',
      'by-branch 9',
      'by-product 5',
      expect.stringMatching(/^rules /),
      'outcomes 9',
      'changed 5',
    ]);
  });
});
