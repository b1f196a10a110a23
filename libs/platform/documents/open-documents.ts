import { join } from 'node:path';
import type { Config } from '../config.js';
import type { DocumentStore } from './document-store.js';
import { FolderDocuments } from './folder-store.js';
import { S3Documents } from './s3-store.js';

/** The store that the settings name: an S3-compatible bucket, or a folder of the data folder. */
export function openDocuments({ s3, dataDir }: Pick<Config, 's3' | 'dataDir'>): DocumentStore {
  return s3 === undefined ? new FolderDocuments(join(dataDir, 'documents')) : new S3Documents(s3);
}
