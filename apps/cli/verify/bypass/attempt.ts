import type { Cast } from './cast.js';

/** One way around the posts, as SQL. `:name` stands for a value of the cast. */
export interface Attempt {
  readonly id: string;
  /** The clause that it would break, or the principle where no clause names it. */
  readonly clause: string;
  /** What is done before and is allowed: each must succeed. */
  readonly given?: readonly string[];
  /** What must be refused at one of its steps; the last would change or show at least one row. */
  readonly sql: string | readonly string[];
  /** It raises nothing: it must change and show nothing. */
  readonly nothing?: true;
  /** The union in whose scope it runs; the demonstration's own where left out. */
  readonly scope?: 'none' | 'other';
  /** The name of the one unit in whose scope it runs; every unit where left out. */
  readonly units?: string;
  /** Reaches beyond the database: never run as its owner. */
  readonly system?: true;
}

/** What came of an attempt; at fault where it says nothing about the database, because its own SQL is wrong. */
export interface Tried {
  readonly outcome: 'refused' | 'bypass' | 'at-fault';
  readonly detail: string;
}

/** A connection that an attempt is made on. */
export interface AttackSql {
  query(text: string): Promise<{ readonly rowCount: number | null }>;
}

/** Privileges, guards, foreign keys, uniqueness, checks and exclusions; any other error is the attempt's own. */
const REFUSALS = ['42501', '23001', '23503', '23505', '23514', '23P01'];

/** Makes one attempt in a transaction that is undone, deferred guards included. */
export async function tryAttempt(sql: AttackSql, attempt: Attempt, cast: Cast): Promise<Tried> {
  const scope = { none: '', other: cast.value('other') };
  const unionId = attempt.scope === undefined ? cast.value('union') : scope[attempt.scope];
  await sql.query('begin');
  try {
    await sql.query(`set local app.union_id = '${unionId}'`);
    await sql.query(`set local app.unit_scope = '${attempt.units === undefined ? 'all' : cast.value(attempt.units)}'`);
    for (const statement of attempt.given ?? []) {
      const failed = await sql.query(cast.fill(statement)).then(
        ({ rowCount }) => (rowCount === 0 ? 'changed nothing' : null),
        (cause: Error) => cause.message,
      );
      if (failed !== null) return { outcome: 'at-fault', detail: `given: ${failed}` };
    }
    return await attack(sql, attempt, cast);
  } finally {
    await sql.query('rollback');
  }
}

async function attack(sql: AttackSql, attempt: Attempt, cast: Cast): Promise<Tried> {
  const steps = typeof attempt.sql === 'string' ? [attempt.sql] : attempt.sql;
  try {
    let rows = 0;
    for (const step of steps) rows = (await sql.query(cast.fill(step))).rowCount ?? 1;
    await sql.query('set constraints all immediate');
    if (attempt.nothing === true)
      return rows === 0
        ? { outcome: 'refused', detail: 'nothing seen' }
        : { outcome: 'bypass', detail: `${rows} rows seen` };
    return rows === 0 ? { outcome: 'at-fault', detail: 'changed nothing' } : { outcome: 'bypass', detail: 'done' };
  } catch (cause) {
    const { code = '', message } = cause as Error & { code?: string };
    return { outcome: REFUSALS.includes(code) ? 'refused' : 'at-fault', detail: `${code} ${message}` };
  }
}
