import pg from 'pg';

/** From now on the connection looks at a union, whatever the branch. */
export const lookAt = (owner: pg.ClientBase, unionId: string): Promise<unknown> =>
  owner.query(`select set_config('app.union_id', $1, false), set_config('app.unit_scope', 'all', false)`, [unionId]);

/** Runs `work` over a connection of the database's owner, who sees what the application must not. */
export async function asOwner<T>(
  ownerUrl: string,
  unionId: string,
  work: (owner: pg.Client) => Promise<T>,
): Promise<T> {
  const owner = new pg.Client(ownerUrl);
  owner.on('error', () => {}); // cut while idle: the next statement tells
  await owner.connect();
  try {
    await lookAt(owner, unionId);
    return await work(owner);
  } finally {
    await owner.end();
  }
}
