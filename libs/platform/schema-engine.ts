import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import { Client } from 'pg';

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
export type SchemaEngine = import('@prisma/schema-engine-wasm/schema_engine_bg').SchemaEngine;

type Bindings = typeof import('@prisma/schema-engine-wasm/schema_engine_bg');
let loadedBindings: Promise<Bindings> | undefined;

/** The bindings hold one instance: a second one would free the first one's engines in its own memory. */
async function instantiate(): Promise<Bindings> {
  const bindings = await import('@prisma/schema-engine-wasm/schema_engine_bg');
  const folder = dirname(require.resolve('@prisma/schema-engine-wasm'));
  const wasm = await readFile(join(folder, 'schema_engine_bg.wasm'));
  const { instance } = await WebAssembly.instantiate(wasm, { './schema_engine_bg.js': bindings });
  bindings.__wbg_set_wasm(instance.exports);
  (instance.exports['__wbindgen_start'] as () => void)();
  return bindings;
}

/** Prisma's own schema engine, from its WASM package: no engine download, so it works in an air-gapped bank. */
export async function openSchemaEngine(url: string, schemaFolder: string): Promise<SchemaEngine> {
  loadedBindings ??= instantiate();
  const bindings = await loadedBindings;
  const adapter = bindMigrationAwareSqlAdapterFactory(sendWholeScripts(new PrismaPg({ connectionString: url }), url));
  return bindings.SchemaEngine.new({ datamodels: await readSchema(schemaFolder) }, () => {}, adapter);
}

/** The adapter splits a script at each `;`, which breaks function bodies: send migrations whole instead. */
function sendWholeScripts(factory: PrismaPg, url: string): PrismaPg {
  const connect = factory.connect.bind(factory);
  factory.connect = async () => {
    const adapter = await connect();
    adapter.executeScript = async (sql: string) => {
      const client = new Client(url);
      await client.connect();
      try {
        await client.query(sql);
      } finally {
        await client.end();
      }
    };
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
