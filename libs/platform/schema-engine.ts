import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import { Pool } from 'pg';

const require = createRequire(import.meta.url);

interface MigrationDirectory {
  path: string;
  migrationFile: { path: string; content: { tag: 'ok'; value: string } };
}

interface MigrationsList {
  baseDir: string;
  lockfile: { path: string; content: string };
  shadowDbInitScript: string;
  migrationDirectories: MigrationDirectory[];
}

/** What Wugang asks of Prisma's schema engine. */
type SchemaEngine = import('@prisma/schema-engine-wasm/schema_engine_bg').SchemaEngine;

type Bindings = typeof import('@prisma/schema-engine-wasm/schema_engine_bg');
let loadedBindings: Promise<Bindings> | undefined;

/** The bindings hold one instance: a second one would free the first one's engines in its own memory. */
async function instantiate(): Promise<Bindings> {
  const bindings = await import('@prisma/schema-engine-wasm/schema_engine_bg');
  const folder = dirname(require.resolve('@prisma/schema-engine-wasm'));
  const wasm = await readFile(join(folder, 'schema_engine_bg.wasm'));
  const imports = { ...bindings, ...idleTimeouts(bindings) } as unknown as WebAssembly.ModuleImports;
  const { instance } = await WebAssembly.instantiate(wasm, { './schema_engine_bg.js': imports });
  bindings.__wbg_set_wasm(instance.exports);
  (instance.exports['__wbindgen_start'] as () => void)();
  return bindings;
}

/** The engine bounds its lock by a timeout that it never clears: it must not keep a finished process alive for 10 s. */
function idleTimeouts(bindings: object): Record<string, unknown> {
  const names = Object.keys(bindings).filter((name) => name.startsWith('__wbg_setTimeout'));
  return Object.fromEntries(
    names.map((name) => [name, (wake: () => void, ms: number) => setTimeout(wake, ms).unref()]),
  );
}

/**
 * Runs `work` with Prisma's own schema engine, from its WASM package: no engine download, so it works in an air-gapped
 * bank. No connection stays open afterwards.
 */
export async function withSchemaEngine<T>(
  url: string,
  schemaFolder: string,
  work: (engine: SchemaEngine) => Promise<T>,
): Promise<T> {
  loadedBindings ??= instantiate();
  const bindings = await loadedBindings;
  const pool = new Pool({ connectionString: url, max: 4 });
  try {
    const adapter = bindMigrationAwareSqlAdapterFactory(sendWholeScripts(new PrismaPg(pool), pool));
    const datamodels = await readSchema(schemaFolder);
    return await work(await bindings.SchemaEngine.new({ datamodels }, () => {}, adapter));
  } finally {
    await pool.end();
  }
}

/** The adapter splits a script at each `;`, which breaks function bodies: send migrations whole instead. */
function sendWholeScripts(factory: PrismaPg, pool: Pool): PrismaPg {
  const connect = factory.connect.bind(factory);
  factory.connect = async () => {
    const adapter = await connect();
    adapter.executeScript = async (sql: string) => void (await pool.query(sql));
    return adapter;
  };
  return factory;
}

/** Every `.prisma` file of a folder as [path, content]. */
export async function readSchema(folder: string): Promise<[path: string, content: string][]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.prisma')).sort();
  return Promise.all(names.map(async (name) => [join(folder, name), await readFile(join(folder, name), 'utf8')]));
}

/** The migrations of a folder in the form that the engine reads. */
export async function readMigrations(folder: string): Promise<MigrationsList> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
  const migrationDirectories = await Promise.all(
    names.map(async (name) => ({
      path: name,
      migrationFile: {
        path: 'migration.sql',
        content: { tag: 'ok' as const, value: await readFile(join(folder, name, 'migration.sql'), 'utf8') },
      },
    })),
  );
  return {
    baseDir: folder,
    lockfile: { path: 'migration_lock.toml', content: 'provider = "postgresql"\n' },
    shadowDbInitScript: '',
    migrationDirectories,
  };
}
