import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { loadBook, loadCases } from '#libs/platform/load-book.js';
import { bookContent } from '#libs/rules/book.js';
import type { RuleDraftView } from '#libs/usecases/rule-drafts.js';
import { CommandFailed, printJson } from '../output.js';
import { atServer, RulesClient, type ServerOptions } from './rules-client.js';

interface PublishOptions extends ServerOptions {
  readonly from?: string;
  readonly title: string;
  readonly changes?: string;
  readonly draft?: string;
  readonly opinion: string;
  readonly json?: true;
}

export function addRulesPublish(rules: Command): void {
  atServer(
    rules
      .command('publish')
      .description('submit a book to be checked, or check and publish what another person submitted')
      .argument('[folder]', 'folder of the rule book to submit')
      .option('--from <date>', 'the day from which it is to be in force')
      .option('--title <text>', 'what is proposed, and why', 'rule book')
      .option('--changes <file>', 'JSON file with changes of parameters, each with its reason')
      .option('--draft <id>', 'check and publish this draft')
      .option('--opinion <text>', 'what was checked', 'checked')
      .option('--json', 'print the draft as JSON'),
  )
    .addHelpText(
      'after',
      `
Examples:
  one person:  wugang rules publish ./my-book --from 2027-01-01 --title "Enquiries: eight" --login li.hua
  another:     wugang rules publish --draft 0199f3a2-… --opinion "cases and impact read" --login wang.fang`,
    )
    .action(publish);
}

export function addRulesRollback(rules: Command): void {
  atServer(
    rules
      .command('rollback')
      .description('submit an earlier book to be published again; another person checks it by `rules publish --draft`')
      .argument('<hash>', 'address of the published book')
      .requiredOption('--from <date>', 'the day from which it is to be in force')
      .option('--title <text>', 'why', 'back to an earlier book')
      .option('--json', 'print the draft as JSON'),
  )
    .addHelpText('after', '\nExample:\n  wugang rules rollback 3f0c… --from 2027-02-01 --login li.hua')
    .action(async (hash: string, options: PublishOptions & { from: string }) => {
      const client = await RulesClient.signIn(options);
      told(await submit(client, { title: options.title, rollbackOf: hash }, options.from), options);
    });
}

async function publish(folder: string | undefined, options: PublishOptions): Promise<void> {
  const { draft, from, changes, title, opinion } = options;
  if (draft !== undefined) {
    const client = await RulesClient.signIn(options);
    told(await checkAndPublish(client, draft, opinion), options);
    return;
  }
  if (from === undefined || (folder === undefined && changes === undefined))
    throw new CommandFailed('say what to submit (a folder, --changes) and --from when; or which --draft to publish');
  const content = folder === undefined ? {} : await contentOf(resolve(folder));
  const parameters = changes === undefined ? [] : await changesOf(resolve(changes));
  const client = await RulesClient.signIn(options);
  told(await submit(client, { title, parameters, ...content }, from), options);
}

async function contentOf(folder: string): Promise<object> {
  const { book } = await loadBook(folder);
  return { content: bookContent(book), cases: await loadCases(folder).catch(() => []) };
}

async function changesOf(file: string): Promise<unknown[]> {
  try {
    const { parameters } = JSON.parse(await readFile(file, 'utf8')) as { parameters?: unknown[] };
    if (Array.isArray(parameters)) return parameters;
  } catch (cause) {
    throw new CommandFailed(`${file} cannot be read: ${cause instanceof Error ? cause.message : 'not JSON'}`);
  }
  throw new CommandFailed(`${file} has no list of parameters`);
}

async function submit(client: RulesClient, body: object, effectiveFrom: string): Promise<RuleDraftView> {
  const { id, version } = await client.post<RuleDraftView>('/rule-drafts', body);
  return client.post(`/rule-drafts/${id}/submission`, { effectiveFrom }, version);
}

async function checkAndPublish(client: RulesClient, id: string, opinion: string): Promise<RuleDraftView> {
  const found = await client.get<RuleDraftView>(`/rule-drafts/${id}`);
  const { version } =
    found.state === 'checked'
      ? found
      : await client.post<RuleDraftView>(`/rule-drafts/${id}/check`, { opinion }, found.version);
  return client.post(`/rule-drafts/${id}/publication`, {}, version);
}

function told(draft: RuleDraftView, { json }: { readonly json?: true }): void {
  if (json === true) printJson(draft);
  else {
    const next = draft.state === 'submitted' ? `; another person: wugang rules publish --draft ${draft.id}` : '';
    process.stdout.write(`${draft.state} from ${draft.effectiveFrom} ${draft.hash ?? 'parameters'}${next}\n`);
  }
}
