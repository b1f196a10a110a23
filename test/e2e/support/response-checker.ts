import type { OpenAPIObject } from '@nestjs/swagger';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formatsModule from 'ajv-formats';
import type { Response } from 'supertest';

const addFormats = formatsModule as unknown as (ajv: Ajv2020) => void;

interface Operation {
  readonly responses?: Readonly<Record<string, { content?: Record<string, { schema?: object }> }>>;
}

export type ResponseChecker = (method: string, path: string, response: Response) => void;

/** Checks that every answer is one that the OpenAPI document states. */
export function responseChecker(document: OpenAPIObject): ResponseChecker {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats(ajv);
  const components = { $id: 'document', components: document.components };
  ajv.addSchema(components);
  const compiled = new Map<object, ValidateFunction>();
  return (method, path, response) => {
    const [template, operations] = operationOf(document, path);
    const operation = operations[method.toLowerCase()];
    const stated = operation?.responses?.[String(response.status)] ?? operation?.responses?.['default'];
    if (stated === undefined) throw new Error(`${method} ${template} does not state ${response.status}`);
    const [schema] = Object.values(stated.content ?? {}).map((one) => one.schema);
    if (schema === undefined || !/json/.test(response.headers['content-type'] ?? '')) return;
    const validate = compiled.get(schema) ?? ajv.compile(absolute(schema));
    compiled.set(schema, validate);
    if (!validate(response.body)) {
      throw new Error(`${method} ${template} ${response.status}: ${ajv.errorsText(validate.errors)}\n${response.text}`);
    }
  };
}

/** A reference into the document, from a schema that stands apart from it. */
const absolute = (schema: object): object =>
  '$ref' in schema && typeof schema.$ref === 'string' ? { $ref: `document${schema.$ref}` } : schema;

function operationOf(document: OpenAPIObject, path: string): [string, Record<string, Operation>] {
  const plain = path.split('?')[0] ?? path;
  // A path as it is written goes before one with a parameter in its place.
  const concreteFirst = Object.entries(document.paths).sort(
    ([one], [other]) => one.split('{').length - other.split('{').length,
  );
  for (const [template, operations] of concreteFirst) {
    const pattern = new RegExp(`^${template.replaceAll(/\{[^}]+\}/g, '[^/]+')}$`);
    if (pattern.test(plain)) return [template, operations as Record<string, Operation>];
  }
  throw new Error(`${path} is no path of the document`);
}
