import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { parseCivilDate } from '#libs/domain/civil-date.js';
import { PRODUCT_CATEGORIES } from '#libs/domain/product.js';
import type { Language } from '#libs/domain/text.js';
import { loadBook } from '#libs/platform/load-book.js';
import { NoRulesInForce } from '#libs/rules/evaluate.js';
import { type Explanation, explain } from '#libs/rules/explain/explain.js';
import type { ExplainedDecision } from '#libs/rules/explain/explained-decision.js';
import { parametersInForce } from '#libs/rules/parameters.js';
import { CHECKPOINTS, type Checkpoint } from '#libs/rules/rule-format.js';
import { CommandFailed, printJson } from '../output.js';
import { explanationText } from './explanation-text.js';
import { readFacts } from './read-facts.js';
import { storedExplanation } from './stored-explanation.js';

interface ExplainOptions {
  readonly decision?: string;
  readonly database?: string;
  readonly facts?: string;
  readonly checkpoint: Checkpoint;
  readonly product?: string;
  readonly category?: string;
  readonly asOf?: string;
  readonly pdf?: string;
  readonly language: 'zh-CN' | 'en';
  readonly json?: true;
}

export function addRulesExplain(rules: Command): void {
  rules
    .command('explain')
    .description('why a decision says what it says, and the nearest change that would turn it')
    .argument('[folder]', 'folder of a rule book, with --facts')
    .option('--decision <id>', 'a decision that is kept')
    .option('--database <url>', 'where it is kept; DATABASE_URL where left out')
    .option('--facts <file>', 'JSON: facts by name')
    .addOption(new Option('--checkpoint <name>', 'at which door').choices(CHECKPOINTS).default('intake'))
    .option('--product <code>', 'code of the product')
    .addOption(new Option('--category <name>', 'its category').choices(PRODUCT_CATEGORIES))
    .option('--as-of <date>', 'business date, YYYY-MM-DD')
    .option('--pdf <file>', 'write the page to print, of a kept decision')
    .addOption(new Option('--language <language>', 'of text and page').choices(['zh-CN', 'en']).default('en'))
    .option('--json', 'print the explanation as JSON, in both languages')
    .addHelpText(
      'after',
      '\nExamples:\n  wugang rules explain --decision 0199f3a2-… --pdf decision.pdf --language zh-CN\n' +
        '  wugang rules explain ./my-book --facts facts.json --product rural-personal --category rural_personal --as-of 2026-11-24',
    )
    .action(explainIt);
}

async function explainIt(folder: string | undefined, options: ExplainOptions): Promise<void> {
  const language = options.language === 'en' ? 'en' : 'zh';
  if (options.decision !== undefined) {
    const decision = await storedExplanation(options.decision, options.database);
    if (options.pdf !== undefined) await writePage(resolve(options.pdf), decision, language);
    if (options.json === true) printJson(decision);
    else process.stdout.write(explanationText(decision.explanation, language));
    if (!decision.reproduced) throw new CommandFailed('deciding again does not give the stored answer: wugang replay');
    return;
  }
  if (options.pdf !== undefined) throw new CommandFailed('--pdf is for a kept decision: say --decision ID');
  const explanation = await explainFacts(folder, options);
  if (options.json === true) printJson(explanation);
  else process.stdout.write(explanationText(explanation, language));
}

/** What sets type is large: it is read where a page is asked for. */
async function writePage(file: string, decision: ExplainedDecision, language: Language): Promise<void> {
  const { default: explanationPdf } = await import('#libs/platform/pages/pages-worker.js');
  await writeFile(file, await explanationPdf({ decision, language }));
}

async function explainFacts(folder: string | undefined, options: ExplainOptions): Promise<Explanation> {
  const { facts, checkpoint, product, category, asOf } = options;
  if (folder === undefined || facts === undefined || product === undefined || category === undefined || !asOf) {
    throw new CommandFailed('say --decision ID, or a folder with --facts, --product, --category and --as-of');
  }
  const on = parseCivilDate(asOf);
  if (on === null) throw new CommandFailed(`${asOf} is no date of the calendar, YYYY-MM-DD`);
  const { book, parameters } = await loadBook(resolve(folder));
  const matter = {
    book,
    pinnedBook: null,
    parameters: parametersInForce(parameters, on),
    checkpoint,
    product: { code: product, category },
  };
  return explain({ ...matter, on, facts: await readFacts(resolve(facts), on) }).catch((cause: unknown) => {
    throw cause instanceof NoRulesInForce ? new CommandFailed(`${cause.message}: the loan stops`) : cause;
  });
}
