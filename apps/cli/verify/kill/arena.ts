import { type ChildProcess, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type DatabaseServer, freePort, startEmbeddedPostgres } from '#libs/platform/embedded-postgres.js';
import { projectRoot } from '#libs/platform/project-root.js';

export const VICTIMS = ['api', 'worker', 'postgres'] as const;
export type Victim = (typeof VICTIMS)[number];

const UP_WITHIN_MS = 60_000;
const UNLIMITED = '1000000';
const READY_WITHIN_MS = 20_000;

/** Below the ports that systems give to whoever asks for any: it is still free when the killed process comes back. */
const LASTING_PORTS = { from: 20_000, to: 29_999 };

/** The demonstration in processes of its own, each of which can be killed and started again at the same address. */
export class Arena {
  private readonly children = new Map<'api' | 'worker', ChildProcess>();
  /** What each printed since its last start. */
  private readonly told = new Map<'api' | 'worker', string>();

  private constructor(
    private readonly folder: string,
    private readonly databasePort: number,
    private readonly apiPort: number,
    private server: DatabaseServer,
  ) {}

  static async open(): Promise<Arena> {
    const folder = await mkdtemp(join(tmpdir(), 'wugang-kill-'));
    await chmod(folder, 0o755); // root's server runs as another user
    const port = await lastingPort();
    const server = await startEmbeddedPostgres(join(folder, 'postgres'), port);
    const arena = new Arena(folder, port, await lastingPort(), server);
    try {
      await arena.startApi(); // founds the union before a worker looks for it
      await arena.startWorker();
      return arena;
    } catch (cause) {
      await arena.close();
      throw cause;
    }
  }

  get url(): string {
    return `http://127.0.0.1:${this.apiPort}`;
  }

  get ownerUrl(): string {
    return this.server.ownerUrl;
  }

  /** SIGKILL: nothing is told, nothing is finished. */
  async kill(victims: readonly Victim[]): Promise<void> {
    for (const victim of victims) {
      const pid = victim === 'postgres' ? await this.postmaster() : this.children.get(victim)?.pid;
      if (pid !== undefined) process.kill(pid, 'SIGKILL');
    }
  }

  /** Starts again what was killed, and waits until the service can serve. */
  async revive(victims: readonly Victim[]): Promise<void> {
    if (victims.includes('postgres')) await this.restartPostgres();
    if (victims.includes('api')) await this.startApi();
    if (victims.includes('worker')) await this.startWorker();
    await within('the service is ready', async () => {
      const answer = await fetch(`${this.url}/ready`, { signal: AbortSignal.timeout(READY_WITHIN_MS) });
      if (!answer.ok)
        throw new Error(`${answer.status} after ${victims.join(' and ')}: ${this.told.get('api')?.slice(-2000)}`);
      return true;
    });
  }

  private async postmaster(): Promise<number> {
    return Number.parseInt(await readFile(join(this.folder, 'postgres/postmaster.pid'), 'utf8'), 10);
  }

  /** Its orphans hold memory and port for moments after it. */
  private async restartPostgres(): Promise<void> {
    await within('PostgreSQL starts again', async () => {
      this.server = await startEmbeddedPostgres(join(this.folder, 'postgres'), this.databasePort);
      return true;
    });
  }

  private startApi(): Promise<void> {
    return this.start('api', ['serve', '--demo', '--no-worker', '--json'], /"url"/);
  }

  private startWorker(): Promise<void> {
    return this.start('worker', ['worker', '--demo', '--json'], /"runs"/);
  }

  private async start(name: 'api' | 'worker', args: readonly string[], up: RegExp): Promise<void> {
    const child = spawn(process.execPath, [join(projectRoot(), 'bin/wugang.mjs'), ...args], {
      env: {
        ...process.env,
        DATABASE_URL: this.server.ownerUrl,
        REDIS_URL: '',
        WUGANG_DATA_DIR: join(this.folder, 'data'),
        PORT: String(this.apiPort),
        LOG_LEVEL: 'error',
        RATE_LIMIT_PER_MINUTE: UNLIMITED,
        RATE_LIMIT_ADDRESS_PER_MINUTE: UNLIMITED,
        RATE_LIMIT_SIGN_IN_PER_MINUTE: UNLIMITED,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.children.set(name, child);
    this.told.set(name, '');
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => this.told.set(name, `${this.told.get(name)}${chunk}`));
    await within(`${name} starts`, async () => {
      const printed = this.told.get(name) ?? '';
      if (child.exitCode !== null) throw new Gone(`${name} ended: ${printed}`);
      return up.test(printed);
    });
  }

  async close(): Promise<void> {
    for (const child of this.children.values()) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
    await this.server.stop().catch(() => {});
    await rm(this.folder, { recursive: true, force: true });
  }
}

async function lastingPort(): Promise<number> {
  for (;;) {
    const wanted = randomInt(LASTING_PORTS.from, LASTING_PORTS.to);
    const port = await freePort(wanted).catch(() => null);
    if (port !== null) return port;
  }
}

/** No waiting helps. */
class Gone extends Error {}

async function within(what: string, reached: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + UP_WITHIN_MS;
  let reason = 'it did not come to pass';
  while (Date.now() < end) {
    try {
      if (await reached()) return;
    } catch (cause) {
      if (cause instanceof Gone) throw cause;
      reason = (cause as Error).message;
    }
    await pause(100);
  }
  throw new Error(`${what}: ${reason}`);
}
