export const LANGUAGES = ['zh', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

/** A text that people read, in both languages of the interface. */
export type Bilingual = Readonly<Record<Language, string>>;
