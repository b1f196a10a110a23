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
  process.env.WUGANG_TEST_SERVER = server.ownerUrl;
  process.env.WUGANG_TEST_SECRET = secret.toString('hex');
  globalThis.__WUGANG_TEST_SERVER__ = { server, folder };
}
