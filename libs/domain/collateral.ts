/** What may secure a loan (抵质押物); each class has its own loan-to-value limit. */
export const COLLATERAL_CLASSES = [
  'housing',
  'commercial_property',
  'land_use_right',
  'equipment',
  'forest_right',
  'vehicle',
  'deposit_receipt',
] as const;
export type CollateralClass = (typeof COLLATERAL_CLASSES)[number];

/** What the registry of titles said. */
export const TITLE_OUTCOMES = ['clear', 'encumbered', 'forged', 'not_found'] as const;
export type TitleOutcome = (typeof TITLE_OUTCOMES)[number];

/** Whether a report's seal or signature is the specimen's (G3). */
export const COMPARISON_OUTCOMES = ['matches', 'differs', 'unclear'] as const;
export type ComparisonOutcome = (typeof COMPARISON_OUTCOMES)[number];

export const SPECIMEN_KINDS = ['seal', 'signature'] as const;
export type SpecimenKind = (typeof SPECIMEN_KINDS)[number];
