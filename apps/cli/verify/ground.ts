import { Writable } from 'node:stream';
import type { Config } from '#libs/platform/config.js';
import { createLogger } from '#libs/platform/logger.js';
import { type DemoServer, startDemoServer } from '../demo/demo-server.js';
import { appointPeople, type VerifyPerson } from './people.js';
import { makeTargets, type Targets } from './targets.js';

/** What is attacked: the product over a scratch database, with the demonstration union. */
export interface Ground {
  readonly server: DemoServer;
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
  const http = { metricsToken: 'a-token-for-verification' };
  const server = await startDemoServer(config, createLogger('info', sink), http);
  return { server, logged: () => lines.join(''), stop: () => server.stop() };
}

/** The ground with people of every post on it, and loans at every stage. From then on no group that votes is small. */
export interface Peopled extends Ground {
  readonly people: readonly VerifyPerson[];
  readonly targets: Targets;
}

export async function people(ground: Ground): Promise<Peopled> {
  const targets = await makeTargets(ground.server);
  return { ...ground, targets, people: await appointPeople(ground.server) };
}
