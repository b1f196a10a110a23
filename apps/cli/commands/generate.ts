import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Command } from 'commander';
import { projectRoot } from '#libs/platform/project-root.js';
import { generatedFiles } from '../generated-files.js';
import { printJson } from '../output.js';

export function addGenerate(wugang: Command): void {
  wugang
    .command('generate')
    .description('write the files that are made from the code: OpenAPI document, JSON Schemas, page of records')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', '\nExample:\n  npm run generate')
    .action(async ({ json }: { json?: true }) => {
      const written: string[] = [];
      for (const [path, content] of await generatedFiles()) {
        const file = join(projectRoot(), path);
        if ((await readFile(file, 'utf8').catch(() => null)) === content) continue;
        await mkdir(dirname(file), { recursive: true });
        await writeFile(file, content);
        written.push(path);
      }
      if (json === true) printJson({ written });
      else process.stdout.write(written.length === 0 ? 'nothing changed\n' : `${written.join('\n')}\n`);
    });
}
