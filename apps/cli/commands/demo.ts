import { type Command, Option } from 'commander';
import type { Language } from '#libs/domain/text.js';
import { readConfig } from '#libs/platform/config.js';
import { tellCases } from '../demo/cases.js';
import { DemoClient } from '../demo/demo-client.js';
import { startDemoServer } from '../demo/demo-server.js';
import type { DemoResult } from '../demo/demo-walk.js';
import { CommandFailed, printJson, startProgress } from '../output.js';

interface DemoOptions {
  json?: true;
  url?: string;
  lang: Language;
}

export function addDemo(wugang: Command): void {
  wugang
    .command('demo')
    .description('take six applications through the five posts over HTTP: two are released, four must be refused')
    .option('--json', 'print the cases as a JSON array')
    .option('--url <url>', 'a running `wugang serve --demo`; else a server of its own over a scratch database')
    .addOption(new Option('--lang <language>', 'language of the steps').choices(['zh', 'en']).default('en'))
    .addHelpText('after', '\nExamples:\n  wugang demo\n  wugang demo --lang zh --url http://127.0.0.1:3000')
    .action(demo);
}

async function demo({ json, url, lang }: DemoOptions): Promise<void> {
  const server = url === undefined ? await startDemoServer(readConfig(process.env)) : null;
  const progress = startProgress();
  try {
    const client = new DemoClient(url ?? server?.url ?? '');
    const results = await tellCases(client, lang, (result, done, total) => {
      if (json === true) progress.update(done, total, result.case);
      else printCase(result);
    });
    progress.stop();
    if (json === true) printJson(results);
    const replayed = await server?.replay();
    if (replayed === undefined) return;
    if (replayed.differing.length > 0)
      throw new CommandFailed(`${replayed.differing.length} decisions cannot be re-made as they were`);
    if (json !== true) process.stdout.write(`\n${replayed.decisions} decisions re-made, none differs\n`);
  } finally {
    progress.stop();
    await server?.stop();
  }
}

function printCase({ case: name, outcome, clause, steps }: DemoResult): void {
  process.stdout.write(`\n${name}: ${outcome} (${clause})\n${steps.map((step) => `  - ${step}\n`).join('')}`);
}
