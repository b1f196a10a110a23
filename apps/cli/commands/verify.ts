import type { Command } from 'commander';
import { readConfig } from '#libs/platform/config.js';
import { CommandFailed, printJson, startProgress } from '../output.js';
import { runVerify, type VerifySizes } from '../verify/run-verify.js';

const FULL: VerifySizes = { fuzzRequests: 20_000, atOnce: 100, repeats: 200, killRounds: 50, seed: 1 };
/** Within a minute. */
const QUICK: VerifySizes = { fuzzRequests: 2_000, atOnce: 9, repeats: 200, killRounds: 5, seed: 1 };

const SIZES: readonly { readonly size: keyof VerifySizes; readonly option: string; readonly what: string }[] = [
  { size: 'fuzzRequests', option: 'fuzz-requests', what: 'requests of the fuzz' },
  { size: 'atOnce', option: 'at-once', what: 'loans of one risk group released at the same moment' },
  { size: 'repeats', option: 'repeats', what: 'sendings of one command at the same moment' },
  { size: 'killRounds', option: 'rounds', what: 'rounds in which processes are killed' },
  { size: 'seed', option: 'seed', what: 'the same seed attacks in the same way' },
];

const MOST_TOLD = 200;

export function addVerify(wugang: Command): void {
  const command = wugang
    .command('verify')
    .description(
      'attack the gate over scratch databases: every route by every post, fuzz, race, kill -9, SQL around it, a search for clear text',
    )
    .option('--quick', 'a small size, within a minute')
    .option('--json', 'print the figures as JSON');
  for (const { size, option, what } of SIZES)
    command.option(`--${option} <n>`, `${what} (${FULL[size]}, quick ${QUICK[size]})`);
  command
    .addHelpText('after', '\nExamples:\n  wugang verify --quick\n  wugang verify --fuzz-requests 50000 --seed 7 --json')
    .action(verify);
}

/** Anything that got through makes the command fail, with a line for each on standard error. */
async function verify(_: unknown, command: Command): Promise<void> {
  const options = command.opts<{ quick?: true; json?: true }>();
  const sizes = sizesOf(command, options.quick === true ? QUICK : FULL);
  const progress = startProgress();
  try {
    const { figures, findings } = await runVerify(readConfig(process.env), sizes, progress);
    progress.stop();
    for (const finding of findings.slice(0, MOST_TOLD)) process.stderr.write(`${finding}\n`);
    if (options.json === true) printJson(figures);
    else for (const [name, figure] of Object.entries(figures)) process.stdout.write(`${name.padEnd(14)} ${figure}\n`);
    if (findings.length > 0) process.exitCode = 1;
  } finally {
    progress.stop();
  }
}

function sizesOf(command: Command, usual: VerifySizes): VerifySizes {
  const given = SIZES.flatMap(({ size, option }) => {
    const text: unknown = command.getOptionValue(
      option.replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase()),
    );
    if (text === undefined) return [];
    const number = Number(text);
    if (!Number.isInteger(number) || number < 1 || number > 10_000_000)
      throw new CommandFailed(`--${option} ${text}: a whole number from 1 on`);
    return [[size, number] as const];
  });
  return { ...usual, ...Object.fromEntries(given) };
}
