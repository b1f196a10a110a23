import { randomBytes } from 'node:crypto';
import pg from 'pg';
import type { Config } from '#libs/platform/config.js';
import { type OpenDatabase, openDatabase } from '#libs/platform/database.js';
import { migrate } from '#libs/platform/migrate.js';
import { roleUrls } from '#libs/platform/roles.js';

/** A database of its own beside the installation's, dropped when the work is done. */
export async function openScratchDatabase(config: Config): Promise<OpenDatabase> {
  const home = await openDatabase(config);
  const name = `wugang_scratch_${randomBytes(6).toString('hex')}`;
  const owner = new pg.Client(home.ownerUrl);
  await owner.connect();
  await owner.query(`create database ${name} template template0`);
  const url = new URL(home.ownerUrl);
  url.pathname = `/${name}`;
  const drop = async (): Promise<void> => {
    await owner.query(`drop database if exists ${name} with (force)`);
    await owner.end();
    await home.stop();
  };
  try {
    const ownerUrl = url.toString();
    const migrationsApplied = await migrate(ownerUrl, home.secret);
    return { ownerUrl, ...roleUrls(ownerUrl, home.secret), secret: home.secret, migrationsApplied, stop: drop };
  } catch (cause) {
    await drop();
    throw cause;
  }
}
