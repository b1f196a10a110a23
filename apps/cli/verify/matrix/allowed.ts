import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { POST_NAMES } from '#libs/domain/post.js';
import { projectRoot } from '#libs/platform/project-root.js';

/**
 * How far a route reaches for the posts that may use it:
 * - public: everybody, signed in or not;
 * - self: everybody who is signed in, about themselves;
 * - unit: the record lies in a unit; a branch post reaches its own, a head-office post every one of its union;
 * - unit-list, union-list: a list of what lies in the units in reach, or in the union; it shows nothing of others;
 * - union: the record is the union's;
 * - new: something new in the own union;
 * - nobody: a record of one person, or of nobody's; the people of the matrix are not that person.
 */
const REACHES = ['public', 'self', 'unit', 'unit-list', 'union-list', 'union', 'new', 'nobody'] as const;

const allowedSchema = z.array(
  z.strictObject({ reach: z.enum(REACHES), posts: z.array(z.enum(POST_NAMES)), routes: z.array(z.string()) }),
);
export type Allowed = Omit<z.infer<typeof allowedSchema>[number], 'routes'>;

/** What is allowed, by `METHOD /path`: said once more beside the code, so that a slip in the code is seen. */
export async function readAllowed(): Promise<ReadonlyMap<string, Allowed>> {
  const file = join(projectRoot(), 'apps/cli/verify/matrix/allowed.json');
  const groups = allowedSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  return new Map(groups.flatMap(({ routes, ...allowed }) => routes.map((route) => [route, allowed] as const)));
}
