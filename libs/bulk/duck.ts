import type { DuckDBConnection, DuckDBInstance, DuckDBValue } from '@duckdb/node-api';

export interface DuckSettings {
  /** All processors where left out. */
  readonly threads?: number;
  /** What DuckDB may hold in memory; beyond it, it works on disk. */
  readonly memoryMegabytes?: number;
  /** Where it may put what does not fit. */
  readonly spillTo?: string;
}

/** What a piece of bulk work may hold in memory, so that its process stays under a gigabyte however many cases there are. */
export const BULK_MEMORY_MEGABYTES = 512;

/** An embedded DuckDB in memory, for one piece of bulk work. */
export class Duck {
  private constructor(
    private readonly instance: DuckDBInstance,
    private readonly connection: DuckDBConnection,
  ) {}

  static async open({ threads, memoryMegabytes, spillTo }: DuckSettings = {}): Promise<Duck> {
    // Its library is large: a process loads it when it first has bulk work, not when it starts.
    const { DuckDBInstance: Instance } = await import('@duckdb/node-api');
    const instance = await Instance.create(':memory:', {
      ...(threads === undefined ? {} : { threads: String(threads) }),
      ...(memoryMegabytes === undefined ? {} : { memory_limit: `${memoryMegabytes}MB` }),
      ...(spillTo === undefined ? {} : { temp_directory: spillTo }),
      // Nothing is read from the network, no extension is fetched.
      autoinstall_known_extensions: 'false',
    });
    return new Duck(instance, await instance.connect());
  }

  async run(sql: string): Promise<void> {
    await this.connection.run(sql);
  }

  /** A statement planned once. Each run holds all of its result in memory and gives the number of its rows. */
  async prepare(sql: string): Promise<() => Promise<number>> {
    const statement = await this.connection.prepare(sql);
    return async () => (await statement.run()).rowCount;
  }

  /** Rows as objects of plain values; whole numbers of 64 bits come as bigint. */
  async rows<Row>(sql: string): Promise<Row[]> {
    const reader = await this.connection.runAndReadAll(sql);
    return reader.getRowObjectsJS() as unknown as Row[];
  }

  /** Rows as they come, a chunk at a time: nothing larger than a chunk is held. */
  async *stream(sql: string): AsyncGenerator<DuckDBValue[]> {
    const result = await this.connection.stream(sql);
    for await (const chunk of result.yieldRows()) yield* chunk;
  }

  close(): void {
    this.connection.closeSync();
    this.instance.closeSync();
  }
}
