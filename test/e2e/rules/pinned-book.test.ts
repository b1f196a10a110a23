import { Walk } from '../five-posts/walk.js';
import { TestApi, TODAY } from '../support/api.js';
import { findingsOf, must } from '../support/journey.js';
import { bookWithExtra, RulesDesk } from './rules-desk.js';

let api: TestApi;
let desk: RulesDesk;
let walk: Walk;
beforeEach(async () => {
  api = await TestApi.start();
  await api.records.authority(api.union.units.qingshi, 'rural_personal', 10_000_000);
  await moveTo(TODAY);
});
afterEach(() => api.stop());

async function moveTo(day: string): Promise<void> {
  api.clock.set(`${day}T02:00:00.000Z`);
  desk = await RulesDesk.open(api);
  walk = new Walk(api);
}

const stageBook = (value: string, from: string) => ({
  key: 'policy.stageBook',
  value,
  unit: 'choice',
  from,
  to: null,
  source: { zh: '联社文件3号', en: 'union paper 3' },
  clause: 'M1',
  own: false,
  reason: '政策选择',
});

it('after its acceptance an application is decided by the stricter of its own book and the current one, or as policy says', async () => {
  const id = await walk.investigated(await walk.accepted());
  const before = findingsOf(await walk.checked(id));
  expect(before).not.toHaveProperty('always-here');
  await desk.published({ content: await bookWithExtra('review') }, '2026-11-25');
  await desk.published({ parameters: [stageBook('pinned', '2026-11-26')] }, '2026-11-26');
  await desk.published({ parameters: [stageBook('current', '2026-11-27')] }, '2026-11-27');

  await moveTo('2026-11-25');
  const stricter = await walk.checked(id);
  expect(findingsOf(stricter)).toEqual({ ...before, 'always-here': 'BLOCK' });
  const acceptedUnder = must(200, await (await walk.as('auditor')).get(`/api/v1/applications/${id}/case`)).body
    .bookHash;
  expect(stricter.body.pinnedBookHash).toBe(acceptedUnder);
  expect(stricter.body.bookHash).not.toBe(acceptedUnder);

  await moveTo('2026-11-26');
  const pinned = await walk.checked(id);
  expect(findingsOf(pinned)).toEqual(before);
  expect(pinned.body).toMatchObject({ bookHash: acceptedUnder, pinnedBookHash: null });

  await moveTo('2026-11-27');
  expect(findingsOf(await walk.checked(id))).toEqual({ ...before, 'always-here': 'BLOCK' });
  const replayed = await desk.replay();
  expect(replayed.differing).toEqual([]);
  expect(replayed.decisions).toBe(5);
});

it('what the book of the acceptance finds stays found when the union goes back to an easier one', async () => {
  const shipped = (await walk.checked(await walk.investigated(await walk.accepted()))).body.bookHash;
  await desk.published({ content: await bookWithExtra('review') }, '2026-11-25');
  await moveTo('2026-11-25');
  const id = await walk.investigated(await walk.accepted());
  await desk.published({ rollbackOf: shipped }, '2026-11-26');
  await moveTo('2026-11-26');
  const checked = await walk.checked(id);
  expect(checked.body.bookHash).toBe(shipped);
  const found = checked.body.findings.find(({ ruleId }: { ruleId: string }) => ruleId === 'always-here');
  expect(found).toMatchObject({ verdict: 'BLOCK', title: '新规则' });
  const stored = must(200, await (await walk.as('auditor')).get(`/api/v1/decisions/${checked.body.id}`)).body;
  const without = (findings: object[]) => findings.map((one) => ({ ...one, id: null }));
  expect(without(stored.findings)).toEqual(without(checked.body.findings));
  expect((await desk.replay()).differing).toEqual([]);
  await api.asOwner(async (owner) => {
    await owner.query('set session_replication_role = replica');
    await owner.query('update decision set pinned_book_hash = null where id = $1', [checked.body.id]);
  });
  expect((await desk.replay()).differing.map(({ what }) => what)).toEqual(['outcome', 'findings']);
});
