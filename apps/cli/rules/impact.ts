import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { defaultBookFolder } from '#libs/platform/load-book.js';
import { CHECKPOINTS } from '#libs/rules/rule-format.js';
import { printJson, startProgress } from '../output.js';
import { type ImpactOptions, readImpactInput } from './impact/options.js';
import { overPastDecisions } from './impact/past-decisions.js';
import { overPortfolio } from './impact/portfolio.js';
import { reportText } from './impact/report-text.js';

const EXAMPLES = `
Examples:
  wugang rules impact --mapping mapping.json --from ./export --as-of 2026-11-01 --set policy.hardEnquiriesTolerated=8 --out ./impact
  wugang rules impact ./my-book --since 2025-11-01 --until 2026-10-31 --out ./impact
  wugang rules impact ./my-book --since 2025-11-01 --until 2026-10-31 --sweep policy.hardEnquiriesTolerated=0..12`;

export function addRulesImpact(rules: Command): void {
  rules
    .command('impact')
    .description('what a rule book or a parameter would change, over past decisions or an exported portfolio')
    .argument('[draft]', 'folder of the rule book after; the one before where left out')
    .option(
      '--against <folder>',
      'rule book before: the one that ships for a portfolio, the one in force for decisions',
    )
    .option('--set <key=value...>', 'a parameter of the book after')
    .option('--mapping <file>', 'mapping of an export to run over')
    .option('--from <folder>', 'folder of the exported files')
    .option('--as-of <date>', 'business date of the portfolio, YYYY-MM-DD')
    .option('--since <date>', 'past decisions from this day')
    .option('--until <date>', 'past decisions to this day')
    .option('--union <code>', 'union whose past decisions are meant, where there are several')
    .option('--on <date>', 'day on which rules and parameters must be in force; the last day where left out')
    .addOption(
      new Option('--checkpoint <name>', 'checkpoint whose rules are run').choices(CHECKPOINTS).default('intake'),
    )
    .option('--rules <ids>', 'only these rules, by comma')
    .option('--as-decided', 'verdicts before are those that were given, not what the book before says')
    .option('--sweep <key=from..to..step>', 'what each value of a number parameter would make, as a curve')
    .option('--workers <n>', 'parts of past decisions under way at once', '2')
    .option('--out <folder>', 'write the matrices, the changed cases and the curve as CSV and XLSX')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', EXAMPLES)
    .action(async (draft: string | undefined, options: ImpactOptions) => {
      const input = await readImpactInput(draft, options, resolve(options.against ?? defaultBookFolder()));
      const progress = startProgress();
      try {
        const report = await (input.portfolio === null ? overPastDecisions : overPortfolio)(input, progress);
        progress.stop();
        if (options.json === true) printJson(report);
        else process.stdout.write(reportText(report));
      } finally {
        progress.stop();
      }
    });
}
