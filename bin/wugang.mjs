#!/usr/bin/env node
import { buildWhatIsStale } from '../scripts/build.mjs';

try {
  buildWhatIsStale();
} catch (cause) {
  console.error(`wugang: ${cause.message}`);
  process.exit(1);
}
const { main } = await import('../dist/apps/cli/main.js');
await main(process.argv);
