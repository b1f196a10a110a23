import { createHash, randomBytes } from 'node:crypto';
import type pg from 'pg';
import { POST_NAMES, type Post } from '#libs/domain/post.js';
import { sitsAt } from '#libs/domain/post-place.js';
import { createUnion } from '#libs/persistence/create-union.js';
import { systemClock, systemIds } from '#libs/platform/clock.js';
import { defaultBookFolder, loadBook } from '#libs/platform/load-book.js';
import type { DemoServer } from '../demo/demo-server.js';
import { asOwner, lookAt } from './as-owner.js';

/** Where a person sits, seen from the records that are asked for: at their branch, at another, in another union. */
export const PLACES = ['own', 'other', 'foreign'] as const;
export type Place = (typeof PLACES)[number];

export interface VerifyPerson {
  readonly post: Post;
  readonly place: Place;
  readonly unionId: string;
  readonly unitId: string;
  readonly staffId: string;
  readonly accountId: string;
  readonly cookie: string;
}

interface Unit {
  readonly id: string;
  readonly unionId: string;
}
type Units = Readonly<Record<Place, Readonly<Record<'branch' | 'department', Unit>>>>;

/** One person of every post at each place, each with an open session. */
export async function appointPeople(server: DemoServer): Promise<VerifyPerson[]> {
  return asOwner(server.database.ownerUrl, server.unionId, async (owner) => {
    const units = await findUnits(owner, server);
    const people: VerifyPerson[] = [];
    for (const place of PLACES)
      for (const post of POST_NAMES) people.push(await appoint(owner, post, place, units[place]));
    return people;
  });
}

async function findUnits(owner: pg.Client, { unionId, database }: DemoServer): Promise<Units> {
  const foreignId = await createUnion(
    database.ownerUrl,
    { code: 'FOREIGN', name: 'FOREIGN' },
    await loadBook(defaultBookFolder()),
    { clock: systemClock, ids: systemIds },
  );
  await lookAt(owner, unionId);
  const found = await owner.query<{ id: string; code: string }>('select id, code from org_unit where union_id = $1', [
    unionId,
  ]);
  const byCode = (code: string): Unit => ({ unionId, id: found.rows.find((one) => one.code === code)?.id ?? '' });
  await lookAt(owner, foreignId);
  const foreign = async (kind: string, location: string | null): Promise<Unit> => {
    const id = systemIds.next();
    await owner.query(
      'insert into org_unit (id, union_id, kind, code, name, location) values ($1, $2, $3, $4, $4, $5)',
      [id, foreignId, kind, `F-${kind}`, location],
    );
    return { id, unionId: foreignId };
  };
  return {
    own: { branch: byCode('B01'), department: byCode('D2') },
    other: { branch: byCode('B07'), department: byCode('D3') },
    foreign: { branch: await foreign('branch', 'township'), department: await foreign('department', null) },
  };
}

async function appoint(owner: pg.Client, post: Post, place: Place, units: Units[Place]): Promise<VerifyPerson> {
  const { id: unitId, unionId } = sitsAt(post, 'branch') ? units.branch : units.department;
  await lookAt(owner, unionId);
  const [staffId, accountId, appointmentId, sessionId] = Array.from({ length: 4 }, () => systemIds.next()) as [
    string,
    string,
    string,
    string,
  ];
  const login = `verify.${place}.${post}`;
  const secret = randomBytes(32).toString('base64url');
  const today = `(now() at time zone 'Asia/Shanghai')::date`;
  await owner.query(
    `insert into staff (id, union_id, staff_no, name, home_unit_id, joined_on) values ($1, $2, $3, $3, $4, ${today})`,
    [staffId, unionId, login, unitId],
  );
  await owner.query(
    `insert into post_appointment (id, union_id, staff_id, unit_id, post, valid_from, basis) values ($1, $2, $3, $4, $5, ${today}, 'verify')`,
    [appointmentId, unionId, staffId, unitId, post],
  );
  await owner.query(
    'insert into user_account (id, union_id, staff_id, login, password_hash) values ($1, $2, $3, $4, $5)',
    [accountId, unionId, staffId, login, 'none'],
  );
  await owner.query(
    `insert into user_session (id, union_id, account_id, token_hash, created_at, last_seen_at, expires_at)
     values ($1, $2, $3, $4, now(), now(), now() + interval '8 hours')`,
    [sessionId, unionId, accountId, createHash('sha256').update(secret).digest()],
  );
  return { post, place, unionId, unitId, staffId, accountId, cookie: `wugang_session=${unionId}.${secret}` };
}
