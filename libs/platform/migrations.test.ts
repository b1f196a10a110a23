import pg from 'pg';
import { cloneDatabase, type TestDatabase } from '#libs/testing/test-database.js';
import { migrate } from './migrate.js';
import { projectRoot } from './project-root.js';
import { readSchema, withSchemaEngine } from './schema-engine.js';

const SHAPE_SQL = `
select 'column ' || table_name || '.' || column_name || ' ' || udt_name || ' ' || is_nullable || ' ' || coalesce(column_default, '') as line
  from information_schema.columns where table_schema = 'public' and table_name <> '_prisma_migrations'
union all
select 'constraint ' || conrelid::regclass || ' ' || pg_get_constraintdef(oid) from pg_constraint
  where contype in ('p', 'u', 'f') and connamespace = 'public'::regnamespace and conrelid::regclass::text <> '_prisma_migrations'
union all
select 'index ' || regexp_replace(pg_get_indexdef(i.indexrelid), ' INDEX \\S+ ', ' INDEX ') from pg_index i join pg_class t on t.oid = i.indrelid
  where t.relnamespace = 'public'::regnamespace and t.relname <> '_prisma_migrations' and not i.indisexclusion and i.indpred is null
union all
select 'enum ' || t.typname || ' ' || string_agg(e.enumlabel, ',' order by e.enumsortorder) from pg_enum e join pg_type t on t.oid = e.enumtypid
  join pg_namespace n on n.oid = t.typnamespace and n.nspname = 'public' group by t.typname
order by 1`;

async function shapeOf(url: string): Promise<string[]> {
  const client = new pg.Client(url);
  await client.connect();
  const { rows } = await client.query<{ line: string }>(SHAPE_SQL);
  await client.end();
  return rows.map(({ line }) => line);
}

let migrated: TestDatabase;
let fromSchema: TestDatabase;
beforeAll(async () => {
  migrated = await cloneDatabase();
  fromSchema = await cloneDatabase('template0');
});
afterAll(async () => {
  await migrated.drop();
  await fromSchema.drop();
});

it('the migrations make exactly what the Prisma schema says', async () => {
  const folder = `${projectRoot()}/prisma/schema`;
  const files = (await readSchema(folder)).map(([path, content]) => ({ path, content }));
  const { stdout } = await withSchemaEngine(fromSchema.ownerUrl, folder, (engine) =>
    engine.diff({
      from: { tag: 'empty' },
      to: { tag: 'schemaDatamodel', files },
      script: true,
      exitCode: null,
      filters: { externalTables: [], externalEnums: [] },
    }),
  );
  const client = new pg.Client(fromSchema.ownerUrl);
  await client.connect();
  await client.query(stdout ?? '');
  await client.end();
  const shape = await shapeOf(migrated.ownerUrl);
  expect(shape.length).toBeGreaterThan(400);
  expect(shape).toEqual(await shapeOf(fromSchema.ownerUrl));
});

it('migrating again applies nothing, and two processes at once apply each migration once', async () => {
  expect(await migrate(migrated.ownerUrl, migrated.secret)).toEqual([]);
  const empty = await cloneDatabase('template0');
  const [one, other] = await Promise.all([
    migrate(empty.ownerUrl, empty.secret),
    migrate(empty.ownerUrl, empty.secret),
  ]);
  expect([...one, ...other].sort()).toEqual([...new Set([...one, ...other])].sort());
  expect(one.length + other.length).toBeGreaterThan(1);
  await empty.drop();
});
