/** Loan product categories; which a branch may lend depends on where it stands (G2). */
export const PRODUCT_CATEGORIES = [
  'farmer_micro_credit',
  'farmer_joint_guarantee',
  'rural_personal',
  'sole_trader',
  'personal_other',
  'company',
] as const;
export type ProductCategory = (typeof PRODUCT_CATEGORIES)[number];

export const LOCATION_CLASSES = ['township', 'county_town', 'business_department'] as const;
export type LocationClass = (typeof LOCATION_CLASSES)[number];
