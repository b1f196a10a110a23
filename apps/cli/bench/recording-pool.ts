import pg from 'pg';

/** One statement as it was sent. */
export type SentStatement = readonly [text: string | pg.QueryConfig, values: unknown[] | undefined];

/** A pool that writes down what is sent through it. One client at a time. */
export class RecordingPool extends pg.Pool {
  private sent: SentStatement[] = [];

  constructor(config: pg.PoolConfig) {
    super(config);
    this.on('error', () => {}); // an idle client whose database is dropped while it is being closed
  }

  /** What was sent since the last call. */
  take(): SentStatement[] {
    const taken = this.sent;
    this.sent = [];
    return taken;
  }

  override connect(): Promise<pg.PoolClient>;
  override connect(callback: never): void;
  override async connect(): Promise<pg.PoolClient> {
    const client = await super.connect();
    const { query, release } = client;
    const run = query.bind(client) as (text: string, values?: unknown[]) => Promise<pg.QueryResult>;
    client.query = ((text: string | pg.QueryConfig, values?: unknown[]) => {
      this.sent.push([text, values]);
      return run(text as string, values);
    }) as typeof client.query;
    client.release = (cause) => {
      client.query = query;
      client.release = release;
      release.call(client, cause);
    };
    return client;
  }
}
