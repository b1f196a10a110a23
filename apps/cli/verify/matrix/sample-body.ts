import type { OpenAPIObject } from '@nestjs/swagger';
import fc from 'fast-check';
import type { Route } from '#apps/api/http/route-table.js';
import { type JsonSchema, valid } from '../fuzz/json-schema.js';
import { knownValues } from '../known-values.js';
import { FILES, operationOf } from '../operation.js';
import type { Targets } from '../targets.js';

interface SampleBody {
  readonly type: string;
  readonly content: string | Uint8Array<ArrayBuffer>;
  /** With its question mark. */
  readonly query: string;
}

const SEED = 20_261_126;

/** A body that the route's schema allows, about the targets; null where it takes none. */
export function sampleBody(description: OpenAPIObject, route: Route, targets: Targets): SampleBody | null {
  const operation = operationOf(description, route);
  if (operation === null) return null;
  const one = (schema: JsonSchema, name = ''): unknown =>
    fc.sample(valid(schema, knownValues(targets), name), { seed: SEED, numRuns: 1 })[0];
  const query = new URLSearchParams(
    operation.query.filter(({ required }) => required).map(({ name, schema }) => [name, String(one(schema, name))]),
  );
  const { type } = operation;
  if (type === null) return { type: 'application/json', content: '{}', query: `?${query}` };
  const file = FILES[type];
  return {
    type,
    content: file === undefined ? JSON.stringify(one(operation.body)) : new Uint8Array(file),
    query: query.size === 0 ? '' : `?${query}`,
  };
}
