import type { Attempt } from '../attempt.js';
import { act, appoint, seat, vote } from '../statements.js';

const meeting = (on: string): string => `union_id = :union and application_id = :${on}`;
const closing = (on: string, outcome: string): string =>
  `update deliberation set closed_at = now(), outcome = '${outcome}', minutes = '{}', minutes_hash = 'x' where ${meeting(on)}`;

/** Votes and meetings that are none (G1). */
export const VOTES: readonly Attempt[] = [
  {
    id: 'vote-by-no-member',
    clause: 'G1',
    given: [appoint('officer5', 'deliberation_group_member')],
    sql: vote('convened', 'officer5'),
  },
  { id: 'vote-under-a-conflict', clause: 'G1', sql: vote('deliberation', 'accountant2') },
  { id: 'second-vote', clause: 'G1', sql: vote('deliberation', 'officer2') },
  {
    id: 'vote-after-closing',
    clause: 'G1',
    given: [appoint('officer5', 'deliberation_group_member')],
    sql: vote('approval', 'officer5'),
  },
  {
    id: 'vote-at-the-meeting-of-another-loan',
    clause: 'G1',
    sql: vote('convened', 'deputy2', { meeting: 'deliberation' }),
  },
  {
    id: 'vote-without-a-meeting',
    clause: 'G1',
    sql: act({
      on: 'convened',
      by: 'deputy2',
      post: 'deliberation',
      action: 'vote',
      held: 'deliberation_group_member',
    }),
  },
  {
    id: 'member-added-after-a-vote',
    clause: 'G1',
    given: [appoint('officer5', 'deliberation_group_member')],
    sql: [seat('officer5', 'deliberation'), vote('deliberation', 'officer5')],
  },
  {
    id: 'conflict-taken-back',
    clause: 'G1',
    sql: [
      `update deliberation_member m set conflict = null from deliberation d where m.union_id = :union and m.staff_id = :accountant2
         and d.union_id = :union and d.id = m.deliberation_id and d.application_id = :deliberation`,
      vote('deliberation', 'accountant2'),
    ],
  },
  {
    id: 'membership-handed-over',
    clause: 'G1',
    sql: `update deliberation_member m set staff_id = :officer5 from deliberation d where m.union_id = :union and m.staff_id = :deputy2
      and d.union_id = :union and d.id = m.deliberation_id and d.application_id = :convened`,
  },
  { id: 'carried-without-votes', clause: 'G1', sql: closing('convened', 'carried') },
  { id: 'carried-by-one-vote', clause: 'G1', sql: closing('deliberation', 'carried') },
  {
    id: 'carried-against-the-votes',
    clause: 'G1',
    given: ['officer2', 'deputy2', 'deputy3'].map((member) =>
      vote('convened', member).replace("'support'", "'oppose'"),
    ),
    sql: closing('convened', 'carried'),
  },
  {
    id: 'meeting-that-was-never-open',
    clause: 'G1',
    sql: `insert into deliberation (id, union_id, application_id, round, amount_fen, convened_by_id, convened_at, closed_at, outcome, minutes, minutes_hash)
      select gen_random_uuid(), :union, id, 0, amount_fen, :officer2, now(), now(), 'carried', '{}', 'x' from loan_application where union_id = :union and id = :review`,
  },
  {
    id: 'meeting-of-a-later-round',
    clause: 'G1',
    sql: `insert into deliberation (id, union_id, application_id, round, amount_fen, convened_by_id, convened_at)
      select gen_random_uuid(), :union, id, 5, amount_fen, :officer2, now() from loan_application where union_id = :union and id = :deliberation`,
  },
  { id: 'minutes-changed', clause: 'G1', sql: `update deliberation set minutes = '{}' where ${meeting('approval')}` },
  {
    id: 'outcome-turned',
    clause: 'G1',
    sql: `update deliberation set outcome = 'rejected' where ${meeting('approval')}`,
  },
  {
    id: 'meeting-on-another-sum',
    clause: 'G1',
    sql: `update deliberation set amount_fen = amount_fen * 10 where ${meeting('convened')}`,
  },
  {
    id: 'vote-changed',
    clause: 'G1',
    sql: `update post_act set choice = 'oppose' where ${meeting('approval')} and action = 'vote'`,
  },
];
