import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '#libs/platform/project-root.js';
import { PRODUCT_PARAMETERS } from '#libs/rules/catalogue/product-parameters.js';

const root = projectRoot();
const text = ['libs/usecases', 'libs/persistence/stores', 'prisma/migrations']
  .flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((path) => join(root, folder, path)),
  )
  .filter((path) => /(?<!\.test)\.(ts|sql)$/.test(path))
  .map((path) => readFileSync(path, 'utf8'))
  .join('\n');

/** Limits of the stages are read by a name made of the stage. */
const isRead = (key: string): boolean =>
  new RegExp(`['.\`]${key.slice('policy.'.length)}\\b`).test(text) ||
  (key.startsWith('policy.stageDays') && text.includes('policy.stageDays$'));

it('a parameter that no rule need name is read by the product', () => {
  expect(PRODUCT_PARAMETERS.filter((key) => !isRead(key))).toEqual([]);
});
