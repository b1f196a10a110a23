import type { OpenAPIObject } from '@nestjs/swagger';
import type { Route } from '#apps/api/http/route-table.js';
import type { JsonSchema } from './fuzz/json-schema.js';

/** What the OpenAPI document says that a route takes. */
export interface Operation {
  /** Media type of the body; null where it takes none. */
  readonly type: string | null;
  readonly body: JsonSchema;
  readonly query: readonly { readonly name: string; readonly required: boolean; readonly schema: JsonSchema }[];
}

interface Described {
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: JsonSchema }>> };
  readonly parameters?: readonly { name: string; in: string; required?: boolean; schema: JsonSchema }[];
}

/** Null for a route that is not in the document: of the documentation itself, say. */
export function operationOf({ paths }: OpenAPIObject, { method, path }: Route): Operation | null {
  const item = paths[path.replaceAll(/:(\w+)/g, '{$1}')] as Readonly<Record<string, Described>> | undefined;
  const described = item?.[method.toLowerCase()];
  if (described === undefined) return null;
  const [type, content] = Object.entries(described.requestBody?.content ?? {})[0] ?? [null, null];
  const query = (described.parameters ?? []).filter((one) => one.in === 'query');
  return {
    type,
    body: content?.schema ?? {},
    query: query.map(({ name, required = false, schema }) => ({ name, required, schema })),
  };
}

/** Bodies of the kinds that are no JSON: as small as they are taken. */
export const FILES: Readonly<Record<string, Buffer>> = {
  'application/pdf': Buffer.from('%PDF-1.7\n% verify\n%%EOF\n'),
  'image/png': Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  ),
  'image/jpeg': Buffer.from('/9j/4AAQSkZJRgABAQAAAQABAAD/2Q==', 'base64'),
  'text/csv': Buffer.from('branch,category,limit\nB01,rural_personal,1000\n'),
};
