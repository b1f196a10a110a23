import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../platform/project-root.js';

/** Real data that is not part of the project; a checkout without it beside it leaves these tests out, CI does not. */
export const sharedData = (folder: string): string => join(projectRoot(), '../shared/data', folder);

/** `describe` where the real data is there; where it is not, skipped visibly, and failing under CI. */
export const describeWithSharedData =
  existsSync(sharedData('.')) || process.env['CI'] === 'true' ? describe : describe.skip;
