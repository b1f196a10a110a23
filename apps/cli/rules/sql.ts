import { resolve } from 'node:path';
import { Argument, type Command, Option } from 'commander';
import { parseCivilDate } from '#libs/domain/civil-date.js';
import { defaultBookFolder, loadBook } from '#libs/platform/load-book.js';
import { parametersInForce } from '#libs/rules/parameters.js';
import { CHECKPOINTS, type Checkpoint } from '#libs/rules/rule-format.js';
import { compileBook, DIALECTS, SQL_DIALECTS, type SqlDialect } from '#libs/rules/sql/compile-book.js';
import { planDecision } from '#libs/rules/sql/decide-select.js';
import { quoteName } from '#libs/rules/sql/dialect.js';
import { factColumns } from '#libs/rules/sql/fact-columns.js';
import { CommandFailed } from '../output.js';

interface SqlOptions {
  dialect: SqlDialect;
  checkpoint: Checkpoint;
  on: string;
  rules?: string;
  from: string;
  table?: true;
}

export function addRulesSql(rules: Command): void {
  rules
    .command('sql')
    .description('print the rule book as one SQL statement over the typed fact table, for a database or a warehouse')
    .addArgument(
      new Argument('[folder]', 'folder of the rule book').default(defaultBookFolder(), 'the book that ships'),
    )
    .addOption(new Option('--dialect <name>', 'database that runs it').choices(SQL_DIALECTS).default('duckdb'))
    .addOption(
      new Option('--checkpoint <name>', 'checkpoint whose rules are run').choices(CHECKPOINTS).default('intake'),
    )
    .requiredOption('--on <date>', 'day on which rules and parameters must be in force, YYYY-MM-DD')
    .option('--rules <ids>', 'only these rules, by comma')
    .option('--from <table>', 'name of the fact table', 'facts')
    .option('--table', 'print the statement that makes the fact table, too')
    .addHelpText('after', '\nExample:\n  wugang rules sql --dialect trino --on 2026-11-01 --table')
    .action(printSql);
}

async function printSql(folder: string, options: SqlOptions): Promise<void> {
  const on = parseCivilDate(options.on);
  if (on === null) throw new CommandFailed(`--on ${options.on} is no date YYYY-MM-DD`);
  const { book, parameters } = await loadBook(resolve(folder));
  const dialect = DIALECTS[options.dialect];
  const only = options.rules?.split(',').map((id) => id.trim());
  const compiled = compileBook(book.rules, {
    dialect,
    parameters: parametersInForce(parameters, on),
    checkpoint: options.checkpoint,
    on,
    ...(only === undefined ? {} : { only: new Set(only) }),
  });
  const unknown = only?.filter((id) => !compiled.some(({ rule }) => rule.id === id)) ?? [];
  if (unknown.length > 0) throw new CommandFailed(`no rule ${unknown.join(', ')} in force at ${options.checkpoint}`);
  if (compiled.length === 0) throw new CommandFailed(`no rule is in force at ${options.checkpoint} on ${on}`);
  const columns = [
    `id ${dialect.columnType({ type: 'text', values: [] })}`,
    ...['product_code', 'category'].map((name) => `${name} ${dialect.columnType({ type: 'text', values: [] })}`),
    ...factColumns().map(({ column, definition }) => `${quoteName(column)} ${dialect.columnType(definition)}`),
  ];
  const head = `-- ${book.manifest.code} ${book.manifest.version}, ${book.hash}, on ${on}\n`;
  if (options.table === true)
    process.stdout.write(`create table ${options.from} (\n  ${columns.join(',\n  ')}\n);\n\n`);
  process.stdout.write(`${head}${planDecision([{ level: 'level', compiled }]).select(options.from, ['id'])};\n`);
}
