import { readFile } from 'node:fs/promises';
import { type Mapping, mappingSchema } from '#libs/contracts/import/mapping.js';
import { schemaFaults } from '#libs/rules/schema-faults.js';
import { CommandFailed } from './output.js';

/** Reads a mapping file. Throws CommandFailed with every fault of it. */
export async function readMapping(file: string): Promise<Mapping> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new CommandFailed(`mapping ${file} cannot be read`);
  });
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (cause) {
    throw new CommandFailed(`mapping ${file} is not JSON: ${(cause as Error).message}`);
  }
  const parsed = mappingSchema.safeParse(content);
  if (!parsed.success) throw new CommandFailed(`mapping ${file} has faults`, schemaFaults(parsed.error));
  return parsed.data;
}
