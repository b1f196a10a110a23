import type { Bilingual } from '../../../domain/text.js';

interface Meaning<Level> {
  readonly level: Level;
  readonly cure: Bilingual;
}

export const error = (zh: string, en: string): Meaning<'error'> => ({ level: 'error', cure: { zh, en } });
export const warning = (zh: string, en: string): Meaning<'warning'> => ({ level: 'warning', cure: { zh, en } });
