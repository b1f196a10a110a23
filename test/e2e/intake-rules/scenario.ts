import type { StaffName, UnitName } from '#libs/testing/test-union.js';
import type { TestApi } from '../support/api.js';

/** What a test prepares so that exactly the expected rules find something at intake. */
export interface Scenario {
  /** What each rule says, by rule id; every other rule is silent. */
  readonly expected: Readonly<Record<string, string>>;
  readonly branch?: UnitName;
  /** Leaves out the bureau query, or the consent too. */
  readonly without?: 'query' | 'consent';
  prepare(api: TestApi): Promise<Prepared>;
}

export interface Prepared {
  readonly customerId: string;
  readonly productCode?: string;
  readonly amountFen?: number;
  readonly monthlyInstalmentFen?: number;
  readonly guarantorIds?: readonly string[];
  readonly exception?: { clause: string; papers: readonly string[] };
}

export const officerOf: Readonly<Record<Exclude<UnitName, 'audit' | 'headOffice'>, StaffName>> = {
  qingshi: 'qingshiOfficer',
  liuhe: 'liuheOfficer',
  chengguan: 'chengguanOfficer',
  business: 'businessOfficer',
};
