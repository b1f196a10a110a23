import { z } from 'zod';
import { createApp } from '#apps/api/create-app.js';
import { openApiDocument } from '#apps/api/openapi.js';
import { mappingSchema } from '#libs/contracts/import/mapping.js';
import { openServices } from '#libs/persistence/services.js';
import { noBureau } from '#libs/platform/bureau/no-bureau.js';
import { systemClock, systemIds } from '#libs/platform/clock.js';
import { FolderDocuments } from '#libs/platform/documents/folder-store.js';
import { createLogger } from '#libs/platform/logger.js';
import { caseFileSchema, manifestSchema, parameterFileSchema, ruleFileSchema } from '#libs/rules/rule-format.js';
import { tableDefinitionSchema } from '#libs/rules/tables/table-format.js';
import { recordsPage } from './records-page.js';
import { workflowPage } from './workflow-page.js';

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

const schemaFile = (title: string, schema: z.ZodType): string =>
  json({ title, ...z.toJSONSchema(schema, { io: 'input' }) });

/** Every file that is made from the code and committed, by its path: a test fails where one differs. */
export async function generatedFiles(): Promise<ReadonlyMap<string, string>> {
  return new Map([
    ['docs/openapi.json', json(await openApi())],
    ['docs/import/mapping.schema.json', schemaFile('Wugang import mapping', mappingSchema)],
    ['docs/import/records.md', recordsPage()],
    ['docs/workflow.md', workflowPage()],
    ['rules/schema/rules.schema.json', schemaFile('Wugang rules', ruleFileSchema)],
    ['rules/schema/manifest.schema.json', schemaFile('Wugang rule book manifest', manifestSchema)],
    ['rules/schema/parameters.schema.json', schemaFile('Wugang policy parameters', parameterFileSchema)],
    ['rules/schema/table.schema.json', schemaFile('Wugang decision table', tableDefinitionSchema)],
    ['rules/schema/cases.schema.json', schemaFile('Wugang rule cases', caseFileSchema)],
  ]);
}

/** The document needs the routes only: no database is asked. */
async function openApi(): Promise<unknown> {
  const services = openServices({
    appUrl: 'postgresql://nobody@127.0.0.1/none',
    secret: new Uint8Array(32),
    clock: systemClock,
    ids: systemIds,
    bureau: noBureau,
    documents: new FolderDocuments('/nowhere'),
    sessions: { hours: 1, idleMinutes: 30 },
    secureCookies: true,
  });
  const app = await createApp(services, createLogger('silent'));
  try {
    return openApiDocument(app);
  } finally {
    await app.close();
    await services.close();
  }
}
