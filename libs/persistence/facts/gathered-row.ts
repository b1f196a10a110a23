/** A row of GATHER_SQL. Null: not known. Money in fen as a float8 that is exact to 2^53; counts as float8 too. */
export interface GatheredRow {
  readonly application_id: string;
  readonly branch_id: string;
  readonly stage: string;
  readonly version: number;
  readonly bureau_outstanding: boolean | null;
  /** An emergency stop of the product is in force. */
  readonly product_stopped: boolean;
  readonly product_code: string;
  readonly category: string;
  readonly customer_kind: string;
  readonly unsecured: boolean;
  readonly party_kind: string;
  readonly residence: string | null;
  readonly insider_status: string | null;
  readonly credit_level: string | null;
  readonly months_since_rating: number | null;
  readonly location: string | null;
  readonly amount_fen: number;
  readonly term_months: number;
  readonly exception_clause: string | null;
  readonly exception_papers: readonly string[] | null;
  readonly instalment_fen: number | null;
  readonly monthly_income_fen: number | null;
  readonly income_as_of: string | null;
  readonly debt_to_income_percent: number | null;
  /** A loan of the applicant, or of the household, was refused by an import: what was counted may be too little. */
  readonly own_gap: boolean;
  readonly household_gap: boolean;
  readonly own_bad: number | null;
  readonly elsewhere: number;
  readonly household_known: boolean;
  readonly household_bad: number | null;
  readonly borrowers: number;
  readonly guarantors_bad: number | null;
  readonly live_applications: number;
  readonly unexplained_accounts: number;
  readonly payee_accounts: number | null;
  readonly same_phone: number | null;
  readonly same_address: number | null;
  readonly namesakes: number | null;
  readonly applicant_after: number;
  readonly group_after: number;
  readonly top_ten_after: number;
  readonly micro_after: number | null;
  readonly officers: number | null;
  /** Null: the branch has no authority of its own today. */
  readonly authority_limit: number | null;
  readonly joint_households: number | null;
  readonly joint_related: number;
  readonly consent_valid: boolean;
  readonly report: Readonly<Record<string, unknown>> | null;
  readonly reported_on: string | null;
  readonly age_days: number | null;
}
