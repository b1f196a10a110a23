import { applyDecorators } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';
import { z } from 'zod';

type OpenApiSchema = NonNullable<Extract<Parameters<typeof ApiResponse>[0], { schema?: unknown }>['schema']>;

/** A zod schema as OpenAPI 3.1 takes it, which is JSON Schema 2020-12. */
export function openApiSchema(schema: z.ZodType): OpenApiSchema {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io: 'output' });
  return rest as OpenApiSchema;
}

const problemAnswer = () =>
  ApiResponse({
    status: 'default',
    description: 'Problem details (RFC 9457)',
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  });

/** States what a route answers when it succeeds; every route may answer problem details instead. */
export const Answers = (status: number, schema: z.ZodType, description: string): MethodDecorator =>
  applyDecorators(ApiResponse({ status, description, schema: openApiSchema(schema) }), problemAnswer());

/** The same for a route that answers a file. */
export const AnswersFile = (types: readonly string[], description: string): MethodDecorator => {
  const content = Object.fromEntries(types.map((type) => [type, { schema: { type: 'string', format: 'binary' } }]));
  return applyDecorators(ApiResponse({ status: 200, description, content }), problemAnswer());
};

/** The same for a route that answers nothing where it succeeds. */
export const AnswersNothing = (description: string): MethodDecorator =>
  applyDecorators(ApiResponse({ status: 204, description }), problemAnswer());
