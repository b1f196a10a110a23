import type { ProductCategory } from './product.js';

export interface ProductSeed {
  readonly code: string;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly category: ProductCategory;
  readonly customerKind: 'person' | 'organisation';
  readonly unsecured: boolean;
}

/** The products that a new union starts with: one of each category that G2 names. */
export const DEFAULT_PRODUCTS: readonly ProductSeed[] = [
  {
    code: 'farmer-micro-credit',
    nameZh: '农户小额信用贷款',
    nameEn: 'Farmer micro-credit',
    category: 'farmer_micro_credit',
    customerKind: 'person',
    unsecured: true,
  },
  {
    code: 'farmer-joint-guarantee',
    nameZh: '农户联保贷款',
    nameEn: 'Farmer joint-guarantee loan',
    category: 'farmer_joint_guarantee',
    customerKind: 'person',
    unsecured: false,
  },
  {
    code: 'rural-personal',
    nameZh: '农村个人贷款',
    nameEn: 'Rural personal loan',
    category: 'rural_personal',
    customerKind: 'person',
    unsecured: false,
  },
  {
    code: 'sole-trader',
    nameZh: '个体工商户贷款',
    nameEn: 'Sole trader loan',
    category: 'sole_trader',
    customerKind: 'person',
    unsecured: false,
  },
  {
    code: 'personal-consumption',
    nameZh: '个人消费贷款',
    nameEn: 'Personal consumer loan',
    category: 'personal_other',
    customerKind: 'person',
    unsecured: true,
  },
  {
    code: 'personal-mortgage',
    nameZh: '个人抵押贷款',
    nameEn: 'Personal mortgage loan',
    category: 'personal_other',
    customerKind: 'person',
    unsecured: false,
  },
  {
    code: 'company-working-capital',
    nameZh: '公司流动资金贷款',
    nameEn: 'Company working-capital loan',
    category: 'company',
    customerKind: 'organisation',
    unsecured: false,
  },
];
