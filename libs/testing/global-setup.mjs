import { chmod, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startEmbeddedPostgres } from '../../dist/libs/platform/embedded-postgres.js';
import { migrate } from '../../dist/libs/platform/migrate.js';

/** One server for the whole run, with a migrated template that each test file's database is cloned from. */
export default async function setup() {
  const folder = await mkdtemp(join(tmpdir(), 'wugang-test-'));
  await chmod(folder, 0o755); // root's server runs as another user
  const server = await startEmbeddedPostgres(join(folder, 'postgres'));
  const admin = new pg.Client(server.ownerUrl);
  await admin.connect();
  await admin.query('create database wugang_template template template0');
  await admin.end();
  const template = new URL(server.ownerUrl);
  template.pathname = '/wugang_template';
  const secret = Buffer.alloc(32, 7);
  await migrate(template.toString(), secret);
  await freeTheClock(template.toString());
  process.env.WUGANG_TEST_SERVER = server.ownerUrl;
  process.env.WUGANG_TEST_SECRET = secret.toString('hex');
  globalThis.__WUGANG_TEST_SERVER__ = { server, folder };
}

/** Tests set their own clock; the guards that hold a record's time to the server's are tried by the bypass attack. */
async function freeTheClock(url) {
  const owner = new pg.Client(url);
  await owner.connect();
  const { rows } = await owner.query(
    `select format('alter table %s disable trigger %I', tgrelid::regclass, tgname) as statement from pg_trigger where tgname like '%\\_of\\_now'`,
  );
  for (const { statement } of rows) await owner.query(statement);
  await owner.end();
}
