// Builds what is stale, then runs Jest; arguments go to Jest.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { buildWhatIsStale } from './build.mjs';

buildWhatIsStale();
const jest = createRequire(import.meta.url).resolve('jest/bin/jest');
const options = ['--experimental-vm-modules', '--no-warnings', jest, ...process.argv.slice(2)];
const run = spawnSync(process.execPath, options, { stdio: 'inherit' });
process.exit(run.status ?? 1);
