import pg from 'pg';
import { type Scope, settingsOf } from './scope.js';

/** Rows a query changed or gave. */
export interface Sql {
  query<Row extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<pg.QueryResult<Row>>;
  query<Row extends pg.QueryResultRow>(prepared: pg.QueryConfig): Promise<pg.QueryResult<Row>>;
}

/** Where every connection is taken for so long, the request fails instead of hanging. */
const WAIT_FOR_CONNECTION_MS = 15_000;

/** A transaction whose process has nothing to say for so long is ended by the database, and its locks with it. */
const IDLE_IN_TRANSACTION_MS = 60_000;

/** What cuts a pool's statements and forgotten transactions. */
export interface PoolLimits {
  readonly statementMs: number;
  readonly idleInTransactionMs?: number;
}

/**
 * A pool whose clients survive a server that stops: the error is told to `onError`, the next query reconnects. Without
 * limits its statements take as long as they take.
 */
export function createPool(
  connectionString: string,
  max = 20,
  onError: (error: Error) => void = () => {},
  limits?: PoolLimits,
): pg.Pool {
  const pool = new pg.Pool({
    connectionString,
    max,
    connectionTimeoutMillis: WAIT_FOR_CONNECTION_MS,
    ...(limits === undefined
      ? {}
      : {
          statement_timeout: limits.statementMs,
          idle_in_transaction_session_timeout: limits.idleInTransactionMs ?? IDLE_IN_TRANSACTION_MS,
        }),
  });
  pool.on('error', onError);
  // A client that is cut while it is lent out and asks nothing tells only its own listeners: without one the process ends.
  pool.on('connect', (client) => client.on('error', () => {}));
  return pool;
}

/**
 * The union and the units whose rows are seen, and whether anything is written; and statements are planned once a connection,
 * not at each call: the facts' statement takes ten times longer to plan than to run.
 */
const SCOPE_SQL = `select set_config('app.union_id', $1, true), set_config('app.unit_scope', $2, true),
  set_config('transaction_read_only', $3, true), set_config('plan_cache_mode', 'force_generic_plan', true)`;

/** Runs `work` in one transaction that sees and writes rows of its scope only. Rolls back where it throws. */
export function inUnion<T>(pool: pg.Pool, scope: Scope, work: (sql: pg.PoolClient) => Promise<T>): Promise<T> {
  return inScope(pool, { name: 'union-scope', text: SCOPE_SQL, values: settingsOf(scope) }, work);
}

/** The same with a scope of another kind, which `scope` sets for the transaction. */
export async function inScope<T>(
  pool: pg.Pool,
  scope: pg.QueryConfig,
  work: (sql: pg.PoolClient) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query('begin');
    await client.query(scope);
    const result = await work(client);
    await client.query('commit');
    return result;
  } catch (cause) {
    await client.query('rollback').catch((error: Error) => {
      broken = error;
    });
    throw cause;
  } finally {
    client.release(broken);
  }
}
