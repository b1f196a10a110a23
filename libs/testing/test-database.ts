import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { type RoleUrls, roleUrls } from '../platform/roles.js';

/** A database of one test file: a clone of the migrated template on the run's own server. */
export interface TestDatabase extends RoleUrls {
  readonly ownerUrl: string;
  readonly secret: Uint8Array;
  drop(): Promise<void>;
}

/** The server of this run, as the settings of a process that should use it. */
export const testServerUrl = (): string => needed('WUGANG_TEST_SERVER');

export async function cloneDatabase(template = 'wugang_template'): Promise<TestDatabase> {
  const name = `t_${randomBytes(8).toString('hex')}`;
  const secret = Buffer.from(needed('WUGANG_TEST_SECRET'), 'hex');
  await asAdmin(async (admin) => {
    await admin.query(`create database ${name} template ${template}`);
    await admin.query(`grant connect, create on database ${name} to wugang_queue`); // a clone has no grants of its own
  });
  const url = new URL(testServerUrl());
  url.pathname = `/${name}`;
  const ownerUrl = url.toString();
  return {
    ownerUrl,
    ...roleUrls(ownerUrl, secret),
    secret,
    drop: () => asAdmin(async (admin) => void (await admin.query(`drop database if exists ${name} with (force)`))),
  };
}

async function asAdmin(work: (admin: pg.Client) => Promise<void>): Promise<void> {
  const admin = new pg.Client(testServerUrl());
  await admin.connect();
  try {
    await work(admin);
  } finally {
    await admin.end();
  }
}

function needed(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set: tests run by npm test`);
  return value;
}
