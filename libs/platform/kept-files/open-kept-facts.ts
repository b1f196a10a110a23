import { join } from 'node:path';
import { systemClock } from '../clock.js';
import type { Config } from '../config.js';
import { KeptFiles } from './kept-files.js';

/** Facts that bulk runs have taken apart, in the data folder; null where the settings say that none are kept. */
export function openKeptFacts(
  { dataDir, factsCacheMegabytes }: Config,
  secret: Uint8Array,
  onError?: (error: Error) => void,
): KeptFiles | null {
  if (factsCacheMegabytes === 0) return null;
  const folder = join(dataDir, 'facts');
  return new KeptFiles({ folder, mostBytes: factsCacheMegabytes * 1024 * 1024, secret, clock: systemClock, onError });
}
