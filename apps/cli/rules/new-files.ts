import { existsSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { loadBook } from '#libs/platform/load-book.js';
import { projectRoot } from '#libs/platform/project-root.js';
import { CATALOGUE } from '#libs/rules/catalogue/index.js';
import { parametersInForce } from '#libs/rules/parameters.js';
import type { Parameter } from '#libs/rules/rule-format.js';
import { manifestSkeleton, parameterSkeleton } from '#libs/rules/skeleton/book-skeleton.js';
import { ruleSkeleton, type WantedRule } from '#libs/rules/skeleton/rule-skeleton.js';
import { CommandFailed } from '../output.js';

const RULE_ID = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
/** What the limits of a new book begin with, so that its cases have two sides. */
const SAMPLE_LIMIT = 1;
const SAMPLE_PARAMETER = 'policy.hardEnquiriesTolerated';

/** The files that a new rule needs, by their path in the folder: the book's own too where it has none. */
export async function newFiles(
  folder: string,
  wanted: Omit<WantedRule, 'limitValue'>,
): Promise<ReadonlyMap<string, unknown>> {
  if (!RULE_ID.test(wanted.id)) throw new CommandFailed(`${wanted.id}: an id is lower case words joined by hyphens`);
  const files = new Map<string, unknown>();
  const schema = (name: string, below = '.') => ({
    $schema: relative(join(folder, below), join(projectRoot(), 'rules/schema', `${name}.schema.json`)).replaceAll(
      '\\',
      '/',
    ),
  });
  let parameters: readonly Parameter[];
  if (existsSync(join(folder, 'manifest.json'))) {
    const loaded = await loadBook(folder);
    parameters = loaded.parameters;
    if (loaded.book.rules.some(({ id }) => id === wanted.id)) throw new CommandFailed(`there is a rule ${wanted.id}`);
  } else {
    const code = basename(folder).toLowerCase();
    parameters = [sampleParameter(wanted)];
    files.set('manifest.json', {
      ...schema('manifest'),
      ...manifestSkeleton(RULE_ID.test(code) ? code : 'new-book', '1', wanted.from),
    });
    files.set('parameters.json', { ...schema('parameters'), parameters });
  }
  const value = parametersInForce(parameters, wanted.from).values[wanted.limit ?? ''];
  const skeleton = ruleSkeleton({ ...wanted, limitValue: typeof value === 'number' ? value : 0 });
  if ('faults' in skeleton) throw new CommandFailed(`no rule is begun over ${wanted.fact}`, skeleton.faults);
  files.set(`${wanted.id}.rules.json`, { ...schema('rules'), rules: [skeleton.rule] });
  files.set(`cases/${wanted.id}.json`, { ...schema('cases', 'cases'), ...skeleton.cases });
  return files;
}

/** The limit that the first rule names, or one to begin with. */
function sampleParameter({ limit, from }: Omit<WantedRule, 'limitValue'>): Parameter {
  const key = limit ?? SAMPLE_PARAMETER;
  const definition = CATALOGUE.get(key);
  return parameterSkeleton(key, SAMPLE_LIMIT, definition?.type === 'number' ? definition.unit : 'count', from);
}
