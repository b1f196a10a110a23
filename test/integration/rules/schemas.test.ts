import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { projectRoot } from '#libs/platform/project-root.js';
import { CATALOGUE, isPolicyFact } from '#libs/rules/catalogue/index.js';

const root = projectRoot();
const book = join(root, 'rules/default/2026.1');
const files = readdirSync(book, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.json'));
const jsonOf = (path: string) => JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;

const ajv = new Ajv2020({ strict: false, allErrors: true });
const validators = new Map(
  ['rules', 'manifest', 'parameters', 'cases', 'table'].map((name) => [
    name,
    ajv.compile(jsonOf(join(root, `rules/schema/${name}.schema.json`))),
  ]),
);
const faultsOf = (name: string, content: unknown): string[] => {
  const validate = validators.get(name)!;
  return validate(content) ? [] : validate.errors!.map(({ instancePath }) => instancePath);
};

describe('what an editor knows of the shipped book', () => {
  it.each(files)('%s names its schema and keeps to it', (path) => {
    const content = jsonOf(join(book, path));
    const schema = relative(root, resolve(dirname(join(book, path)), String(content['$schema'])));
    const name = /^rules\/schema\/(\w+)\.schema\.json$/.exec(schema)?.[1] ?? schema;
    expect(faultsOf(name, content)).toEqual([]);
  });

  it('a fact, a parameter, an operator or a field that is misspelt is underlined where it stands', () => {
    const content = jsonOf(join(book, 'bureau.rules.json'));
    const [rule] = content['rules'] as object[];
    const at = (conditions: object) => faultsOf('rules', { rules: [{ ...rule, conditions }] });
    const leaf = { fact: 'bureau.taxLiens', operator: 'greaterThan', value: { fact: 'policy.taxLiensTolerated' } };
    expect(at(leaf)).toEqual([]);
    expect(at({ ...leaf, fact: 'bureau.taxLien' })).toContain('/rules/0/conditions/fact');
    expect(at({ ...leaf, fact: 'policy.taxLiensTolerated' })).toContain('/rules/0/conditions/fact');
    expect(at({ ...leaf, operator: 'exceeds' })).toContain('/rules/0/conditions/operator');
    expect(at({ ...leaf, value: { fact: 'policy.madeUp' } })).toContain('/rules/0/conditions/value/fact');
    const some = { field: 'kind', operator: 'equal', value: 'x' };
    expect(at({ fact: 'collateral.items', operator: 'some', value: some })).toContain(
      '/rules/0/conditions/value/field',
    );
  });

  it('every fact is offered by name, with its label in both languages', () => {
    const { $defs } = jsonOf(join(root, 'rules/schema/rules.schema.json')) as {
      $defs: Record<string, { enum: string[]; enumDescriptions: string[] }>;
    };
    const { enum: names, enumDescriptions } = $defs['gatheredFact']!;
    expect(names).toEqual([...CATALOGUE.keys()].filter((name) => !isPolicyFact(name)).sort());
    for (const [index, name] of names.entries()) {
      const { zh, en } = CATALOGUE.get(name)!.label;
      expect(enumDescriptions[index]).toContain(`${zh} / ${en}.`);
    }
  });
});
