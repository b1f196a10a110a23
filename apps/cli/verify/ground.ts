import { Writable } from 'node:stream';
import type { Config } from '#libs/platform/config.js';
import { createLogger } from '#libs/platform/logger.js';
import { type DemoServer, startDemoServer } from '../demo/demo-server.js';
import { appointPeople, type VerifyPerson } from './people.js';
import { makeTargets, type Targets } from './targets.js';

/** What is attacked: the product over a scratch database, with people of every post and loans at every stage. */
export interface Ground {
  readonly server: DemoServer;
  readonly people: readonly VerifyPerson[];
  readonly targets: Targets;
  /** Every line that the product logged. */
  logged(): string;
  stop(): Promise<void>;
}

export async function openGround(config: Config): Promise<Ground> {
  const lines: string[] = [];
  const sink = new Writable({
    write(chunk: Buffer, _, done) {
      lines.push(chunk.toString());
      done();
    },
  });
  const server = await startDemoServer(config, createLogger('info', sink), {
    metricsToken: 'a-token-for-verification',
  });
  try {
    const targets = await makeTargets(server);
    const people = await appointPeople(server);
    return { server, people, targets, logged: () => lines.join(''), stop: () => server.stop() };
  } catch (cause) {
    await server.stop();
    throw cause;
  }
}
