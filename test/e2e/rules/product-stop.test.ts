import { randomUUID } from 'node:crypto';
import { notify } from '#apps/worker/notify.js';
import type { StaffName } from '#libs/testing/test-union.js';
import { Walk } from '../five-posts/walk.js';
import { TestApi } from '../support/api.js';
import { must, takeIn } from '../support/journey.js';
import { RulesDesk } from './rules-desk.js';

let api: TestApi;
let walk: Walk;
beforeEach(async () => {
  api = await TestApi.start();
  await api.records.authority(api.union.units.qingshi, 'rural_personal', 10_000_000);
  walk = new Walk(api);
});
afterEach(() => api.stop());

const PRODUCT = 'rural-personal';
const at = (time: string) => api.clock.set(`2026-11-24T${time}.000Z`);
const order = async (who: StaffName) =>
  (await walk.as(who)).post('/api/v1/product-stops', { productCode: PRODUCT, reason: '发现系统性骗贷' });
const act = async (who: StaffName, id: string, path: string, body?: object) =>
  (await walk.as(who)).post(`/api/v1/product-stops/${id}/${path}`, body);
const takeOne = async () => {
  const { qingshi } = api.union.units;
  const { id: customerId } = await api.records.customer(qingshi, { monthlyIncomeFen: 50_000_000 });
  return takeIn(await walk.as('qingshiOfficer'), { branchId: qingshi, customerId });
};
const stopped = /"code":"product.stopped"/;
const kindsOf = async (who: StaffName): Promise<string[]> => {
  const { unionId } = api.union;
  const { rows } = (await api.records.sql(
    `update outbox_event set dispatched_at = now() where dispatched_at is null and topic like 'product.%' returning id`,
    [],
  )) as { rows: { id: string }[] };
  for (const { id } of rows) await notify(api.services, { unionId, outboxId: id });
  const { items } = must(200, await (await walk.as(who)).get('/api/v1/notifications')).body;
  return items.map(({ kind }: { kind: string }) => kind);
};

it('a product is stopped by two people within an hour: at once nothing of it is accepted or released, until two people lift it (M1)', async () => {
  const ready = await walk.readyForRelease();
  const stop = must(201, await order('creditHead')).body;
  expect(stop).toMatchObject({ inForce: false, orderedBy: 'creditHead', confirmedBy: null });
  expect((await takeOne()).body.stage).toBe('investigation'); // one person stops nothing
  expect((await act('creditHead', stop.id, 'confirmation')).body).toMatchObject({
    status: 403,
    code: 'stop.own-order',
  });
  expect((await act('qingshiDirector', stop.id, 'confirmation')).status).toBe(403);
  expect(await kindsOf('maker')).toEqual(['stop_ordered']);
  at('03:00:00');
  expect(must(200, await act('maker', stop.id, 'confirmation')).body).toMatchObject({
    inForce: true,
    confirmedBy: 'maker',
  });
  expect(await kindsOf('qingshiOfficer')).toContain('product_stopped');
  expect(await kindsOf('maker')).toEqual(['stop_ordered']); // who did it is not told

  await expect(takeOne()).rejects.toThrow(stopped);
  const held = await walk.release(ready);
  expect(held.body).toMatchObject({ status: 422, code: 'product.stopped', clause: 'M1' });
  expect((await order('president')).body).toMatchObject({ status: 409, code: 'stop.wrong-state' });

  expect((await act('president', stop.id, 'lifting/confirmation')).status).toBe(409);
  must(200, await act('president', stop.id, 'lifting', { reason: '已查清' }));
  await expect(takeOne()).rejects.toThrow(stopped);
  expect((await act('president', stop.id, 'lifting/confirmation')).body.code).toBe('stop.own-order');
  expect(must(200, await act('checker', stop.id, 'lifting/confirmation')).body).toMatchObject({
    inForce: false,
    liftedBy: 'checker',
  });
  expect((await takeOne()).body.stage).toBe('investigation');
  expect(must(200, await walk.release(ready)).body.loan).not.toBeNull();
  expect(must(200, await (await walk.as('qingshiOfficer')).get('/api/v1/product-stops')).body.items).toHaveLength(1);
});

it('an order that nobody confirms within an hour stops nothing', async () => {
  const stop = must(201, await order('vicePresident')).body;
  at('03:00:01');
  expect((await act('checker', stop.id, 'confirmation')).body).toMatchObject({ status: 409, code: 'stop.too-late' });
  expect((await takeOne()).body.stage).toBe('investigation');
  const unknown = await (await walk.as('maker')).post('/api/v1/product-stops', { productCode: 'none', reason: 'x' });
  expect(unknown.body.faults).toMatchObject([{ path: '/productCode' }]);
});

it('the database holds it: two people, an hour, and no decision on a stopped product', async () => {
  const desk = await RulesDesk.open(api);
  const { maker, checker, auditor } = api.union.staff;
  const decided = await takeOne();
  const insert = (more: string, values: unknown[]) => {
    const id = randomUUID();
    return desk.asAppTraced(
      'product_stop',
      id,
      `insert into product_stop (id, union_id, product_code, reason, ordered_by_id, ordered_at${more}`,
      [id, api.union.unionId, PRODUCT, ...values],
    );
  };
  const now = api.clock.now();
  await expect(insert(`) values ($1, $2, $3, 'x', $4, $5)`, [auditor, now])).rejects.toThrow(/on post/);
  await expect(
    insert(`, confirmed_by_id, confirmed_at) values ($1, $2, $3, 'x', $4, $5, $6, $5)`, [maker, now, checker]),
  ).rejects.toThrow(/not in force by that/);
  const stop = must(201, await order('maker')).body;
  const confirm = (who: string, when: Date) =>
    desk.asAppTraced(
      'product_stop',
      stop.id,
      'update product_stop set confirmed_by_id = $2, confirmed_at = $3 where id = $1',
      [stop.id, who, when],
    );
  await expect(confirm(maker, now)).rejects.toThrow(/two people/);
  await expect(confirm(auditor, now)).rejects.toThrow(/two people/);
  await expect(confirm(checker, new Date(now.getTime() + 3_600_001))).rejects.toThrow(/within an hour/);
  const bare = 'update product_stop set confirmed_by_id = $2, confirmed_at = $3 where id = $1';
  await expect(desk.asApp(bare, [stop.id, checker, now])).rejects.toThrow(/audit row/);
  must(200, await act('checker', stop.id, 'confirmation'));
  await expect(
    desk.asApp(
      `insert into decision select (jsonb_populate_record(d, jsonb_build_object('id', gen_random_uuid()))).* from decision d where d.id = $1`,
      [decided.body.id],
    ),
  ).rejects.toThrow(/product is stopped/);
});
