import type pg from 'pg';
import { systemIds } from '#libs/platform/clock.js';
import { DemoClient } from '../../demo/demo-client.js';
import type { DemoServer } from '../../demo/demo-server.js';
import { DemoWalk } from '../../demo/demo-walk.js';
import { approveAndSign, deliberate, investigate, review } from '../../demo/posts.js';
import { compare, panelFirm, secure } from '../../demo/secure.js';
import { takeIn } from '../../demo/take-in.js';
import { asOwner } from '../as-owner.js';
import { makeOneGroup, type OneGroup } from './one-group.js';

export interface RaceResult {
  readonly released: number;
  readonly held: number;
  readonly breaches: readonly string[];
}

interface RaceOptions {
  /** Loans of one risk group that are released at the same moment, beside as many applications. */
  readonly atOnce: number;
  /** Sendings of one command at the same moment. */
  readonly repeats: number;
  readonly onProgress?: (done: number) => void;
}

const SUM_FEN = 20_000_000;
const WALKS_AT_ONCE = 4;

/**
 * Releases loans of one risk group at the same moment, of which the group's limit has room for a third, while others
 * apply for its members; and sends one command many times at once. Limits hold, each sum moves once.
 */
export async function runRace(server: DemoServer, options: RaceOptions): Promise<RaceResult> {
  const client = new DemoClient(server.url);
  return asOwner(server.database.ownerUrl, server.unionId, async (owner) => {
    const ready = await walkAll(client, options);
    const ids = ready.map(({ id }) => id);
    const room = Math.max(1, Math.floor(options.atOnce / 3));
    const group = await makeOneGroup(owner, server.unionId, ids, BigInt(room * SUM_FEN));
    const [releases, applications] = await Promise.all([
      Promise.all(ready.map((walk) => walk.act('accountant1', 'release'))),
      Promise.all(
        group.customers.map((one) => client.post('officer1', '/applications', bodyOf(group.branchId, one, '同时申请'))),
      ),
    ]);
    const released = releases.filter(({ body }) => typeof body?.loan?.id === 'string').length;
    const held = releases.filter(({ status, body }) => status === 200 && body.loan === null).length;
    const refused = applications.filter(({ status }) => status !== 201).length;
    const breaches = [
      ...differs('releases that were neither released nor held', 0, ready.length - released - held),
      ...differs('loans released where the limit has room', room, released),
      ...differs('applications that were not taken', 0, refused),
      ...(await ledgerBreaches(owner, group, ids, released)),
      ...(await repeat(client, owner, group, options.repeats)),
    ];
    return { released, held, breaches };
  });
}

const differs = (what: string, wanted: number, got: number): string[] =>
  wanted === got ? [] : [`${what}: ${got} instead of ${wanted}`];

async function walkAll(client: DemoClient, { atOnce, onProgress }: RaceOptions): Promise<DemoWalk[]> {
  const walks = Array.from({ length: atOnce }, () => new DemoWalk(client, 'en', 'over', SUM_FEN));
  const waiting = [...walks];
  const walkOn = async (): Promise<void> => {
    for (let walk = waiting.pop(); walk !== undefined; walk = waiting.pop()) {
      await takeIn(walk);
      const firm = await panelFirm(walk);
      await secure(walk, firm);
      await investigate(walk);
      await compare(walk, firm, 'matches');
      await review(walk);
      await deliberate(walk);
      await approveAndSign(walk);
      onProgress?.(walks.length - waiting.length);
    }
  };
  await Promise.all(Array.from({ length: WALKS_AT_ONCE }, walkOn));
  return walks;
}

const bodyOf = (branchId: string, customerId: string, purpose: string) => ({
  branchId,
  customerId,
  productCode: 'rural-personal',
  amountFen: SUM_FEN,
  termMonths: 12,
  purpose,
});

async function ledgerBreaches(
  owner: pg.Client,
  group: OneGroup,
  applications: readonly string[],
  released: number,
): Promise<string[]> {
  const found = await owner.query<Record<'owed' | 'loans' | 'twice' | 'told', string>>(
    `select (select sum(outstanding_fen) from party_exposure where party_id = any($1::uuid[]) or party_id = $2)::text as owed,
       (select count(*) from loan where application_id = any($3::uuid[]))::text as loans,
       (select count(*) from (select from loan where application_id = any($3::uuid[]) group by application_id having count(*) > 1) x)::text as twice,
       (select count(*) from outbox_event where topic = 'loan.released' and (payload ->> 'applicationId')::uuid = any($3::uuid[]))::text as told`,
    [group.customers, group.head, applications],
  );
  const row = found.rows[0];
  return [
    ...(BigInt(row?.owed ?? 0) > group.limitFen ? [`the group owes ${row?.owed}, more than ${group.limitFen}`] : []),
    ...differs('loans of the released applications', released, Number(row?.loans)),
    ...differs('applications with two loans', 0, Number(row?.twice)),
    ...differs('events of the released loans', released, Number(row?.told)),
  ];
}

/** One command under one key, sent at once: one effect, one answer. */
async function repeat(client: DemoClient, owner: pg.Client, group: OneGroup, repeats: number): Promise<string[]> {
  const purpose = `verify-${systemIds.next()}`;
  const body = bodyOf(group.branchId, group.customers[0] ?? '', purpose);
  const answers = await Promise.all(
    Array.from({ length: repeats }, () => client.post('officer1', '/applications', body, undefined, purpose)),
  );
  const made = await owner.query('select from loan_application where purpose = $1', [purpose]);
  const told = new Set(answers.map((answer) => `${answer.status} ${answer.body?.id}`));
  return [
    ...differs('effects of one command', 1, made.rowCount ?? 0),
    ...differs('answers of one command', 1, told.size),
  ];
}
