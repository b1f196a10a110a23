import { type Problem, problem } from '../domain/problem.js';

const ALREADY_THERE = ['23505', '23P01']; // unique_violation, exclusion_violation
const COLLIDED = ['40001', '40P01', '55P03']; // serialization_failure, deadlock_detected, lock_not_available
const CUT = ['57014', '25P03']; // query_canceled, idle_in_transaction_session_timeout

/** PostgreSQL's code of a failure, whether `pg` threw it or Prisma wrapped it. */
function sqlState(cause: unknown): string | null {
  if (typeof cause !== 'object' || cause === null) return null;
  const {
    code,
    cause: inner,
    meta,
  } = cause as { code?: unknown; cause?: unknown; meta?: { driverAdapterError?: unknown } };
  if (code === 'P2002') return '23505';
  if (code === 'P2034') return '40001';
  if (code === 'P2028') return '57014'; // Prisma's own time limit of a transaction
  if (typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) && !code.startsWith('P2')) return code;
  const { originalCode } = cause as { originalCode?: unknown };
  if (typeof originalCode === 'string') return originalCode;
  return sqlState(inner) ?? sqlState(meta?.driverAdapterError);
}

/** What took the database too long and was cut, as an expected failure; null for anything else. */
export function cutByDatabase(cause: unknown): Problem | null {
  if (!CUT.includes(sqlState(cause) ?? '')) return null;
  return problem('unavailable', 'database.timeout', {
    zh: '数据库未能及时完成，操作未生效，请稍后重试',
    en: 'the database took too long and nothing was done: try again later',
  });
}

/** Whether two transactions were in each other's way, and this one, begun again, may well go through. */
export const isCollision = (cause: unknown): boolean => COLLIDED.includes(sqlState(cause) ?? '');

/** What the database's own constraints refused, as an expected failure; null for any other fault. */
export function refusedByDatabase(cause: unknown): Problem | null {
  const state = sqlState(cause);
  if (state === null) return null;
  if (ALREADY_THERE.includes(state)) {
    return problem('conflict', 'record.exists', { zh: '相同的记录已存在', en: 'the same record is there already' });
  }
  if (COLLIDED.includes(state)) {
    return problem('conflict', 'record.busy', {
      zh: '与他人同时操作相撞，请重试',
      en: "collided with somebody else's act: try again",
    });
  }
  return cutByDatabase(cause);
}
