import type { Bilingual } from '../domain/text.js';

/** Stands in a new file where its author has to write; lint lists every such place. */
export const FILL_IN: Bilingual = { zh: '（待填写）', en: '(to be filled in)' };

export const isFilledIn = ({ zh, en }: Bilingual): boolean => !zh.includes(FILL_IN.zh) && !en.includes(FILL_IN.en);
