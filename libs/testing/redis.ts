import { spawn, spawnSync } from 'node:child_process';
import { freePort } from '../platform/embedded-postgres.js';

const installed = spawnSync('redis-server', ['--version']).status === 0;

/** `describe` where Redis is installed; where it is not, skipped visibly, and failing under CI. */
export const describeWithRedis = installed || process.env['CI'] === 'true' ? describe : describe.skip;

export interface TestRedis {
  readonly url: string;
  stop(): Promise<void>;
}

/** A Redis server of the test's own, without persistence. */
export async function startRedis(): Promise<TestRedis> {
  const port = await freePort();
  const server = spawn('redis-server', ['--port', String(port), '--save', '', '--appendonly', 'no'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => server.once('close', () => resolve()));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.stdout.on('data', (chunk: Buffer) => {
      if (chunk.toString().includes('Ready to accept connections')) resolve();
    });
  });
  return {
    url: `redis://127.0.0.1:${port}`,
    async stop() {
      server.kill('SIGKILL');
      await ended;
    },
  };
}
