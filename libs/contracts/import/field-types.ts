import type { Bilingual } from '../../domain/text.js';

/** How the text of a field is read. Money is given in yuan unless the mapping names another unit. */
export type FieldType =
  | { readonly kind: 'text' }
  | { readonly kind: 'ref'; readonly to?: string }
  | { readonly kind: 'fen' }
  | { readonly kind: 'date' }
  | { readonly kind: 'count' }
  | { readonly kind: 'percent' }
  | { readonly kind: 'enum'; readonly values: readonly string[] };

export interface RecordField {
  readonly type: FieldType;
  readonly required: boolean;
  /** Used where the mapping leaves the field out or the value is missing. */
  readonly byDefault?: string;
  /** True where "it never happened" may be stated, which is not the same as missing. */
  readonly mayBeNever?: true;
  readonly label: Bilingual;
}

export interface RecordDefinition {
  readonly label: Bilingual;
  readonly clause: string;
  readonly fields: Readonly<Record<string, RecordField>>;
}

type Options = Omit<RecordField, 'type' | 'required' | 'label'>;
const make =
  (required: boolean) =>
  (type: FieldType, zh: string, en: string, options: Options = {}): RecordField => ({
    type,
    required,
    label: { zh, en },
    ...options,
  });

export const needed = make(true);
export const optional = make(false);

export const TEXT = { kind: 'text' } as const;
export const REF = { kind: 'ref' } as const;
export const FEN = { kind: 'fen' } as const;
export const DATE = { kind: 'date' } as const;
export const COUNT = { kind: 'count' } as const;
export const PERCENT = { kind: 'percent' } as const;
export const refTo = (to: string) => ({ kind: 'ref', to }) as const;
export const oneOf = (...values: string[]) => ({ kind: 'enum', values }) as const;
