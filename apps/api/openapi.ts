import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { problemSchema } from '#libs/contracts/http/views.js';
import { openApiSchema } from './http/answers.decorator.js';

/** The OpenAPI 3.1 document, made from the routes and their zod schemas. */
export function openApiDocument(app: INestApplication): OpenAPIObject {
  const builder = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Wugang 五岗')
    .setDescription(
      'The gate every new loan of a rural credit cooperative passes before money moves. Failures are RFC 9457 problem details with a stable code, a clause and both languages.',
    )
    .setVersion('1')
    .addCookieAuth('wugang_session');
  const document = SwaggerModule.createDocument(app, builder.build());
  const schemas = { ...document.components?.schemas, Problem: openApiSchema(problemSchema) };
  return { ...document, components: { ...document.components, schemas } };
}
