import { type AuthorityRoute, routeOf } from '../../domain/authority.js';
import type { CivilDate } from '../../domain/civil-date.js';
import { BUREAU_SUMMARY_FACTS } from '../../rules/bureau-summary.js';
import type { GatheredFactName } from '../../rules/catalogue/index.js';
import { debtToIncomePercent } from '../../rules/debt-to-income.js';
import type { FactSource } from '../../rules/fact-definition.js';
import type { GatheredFact, UnknownCause } from '../../rules/fact-value.js';
import type { GatheredRow } from './gathered-row.js';

type NamedFacts = Record<GatheredFactName, GatheredFact>;

/** A gathered row as the facts that rules read: each with its source and date, or the cause why it is unknown. */
export function factsOfRow(row: GatheredRow, asOf: CivilDate): NamedFacts {
  const known = (source: FactSource, value: unknown, unknown: UnknownCause = 'not-stated'): GatheredFact =>
    value === null || value === undefined ? { unknown, source } : { value, source, asOf };
  const ledger = (value: unknown) => known('ledger', value);
  // Where an import refused a loan, finding none says nothing; finding one still says that there is one.
  const counted = (value: number | null, gap: boolean) =>
    known('ledger', gap && value === 0 ? null : value, 'malformed');
  const own = (value: number | null) => counted(value, row.own_gap);
  const summed = (value: number | null, gap: boolean) => known('ledger', gap ? null : value, 'malformed');
  const household = (value: number | null): GatheredFact =>
    row.household_known ? counted(value, row.household_gap) : { unknown: 'not-gathered', source: 'ledger' };
  return {
    'application.amountFen': known('application', row.amount_fen),
    'application.termMonths': known('application', row.term_months),
    'application.productCategory': known('application', row.category),
    'application.productCustomerKind': known('application', row.customer_kind),
    'application.unsecured': known('application', row.unsecured),
    'application.exceptionClause': known('application', row.exception_clause ?? 'none'),
    'application.exceptionPapers': known(
      'application',
      (row.exception_papers ?? []).map((name) => ({ name })),
    ),
    'applicant.kind': known('customer', row.party_kind),
    'applicant.residence': known('customer', row.residence),
    'applicant.insiderStatus': known('customer', row.insider_status),
    'applicant.creditLevel': known('customer', row.credit_level ?? 'none'),
    'applicant.monthsSinceCreditRating': known('customer', row.months_since_rating ?? { never: true }),
    'branch.location': known('organisation', row.location),
    'branch.responsibleCreditOfficers': known('organisation', row.officers),
    'inHouse.applicant.nonPerformingLoans': own(row.own_bad),
    'inHouse.household.nonPerformingLoans': household(row.household_bad),
    'inHouse.guarantors.nonPerformingLoans': ledger(row.guarantors_bad),
    'inHouse.applicant.outstandingLoansAtOtherBranches': own(row.elsewhere),
    'inHouse.applicant.liveApplicationsElsewhere': ledger(row.live_applications),
    'inHouse.household.membersWithOutstandingLoans': household(row.borrowers),
    'inHouse.applicant.unexplainedLoanInstalments': ledger(row.unexplained_accounts),
    'inHouse.applicant.accountsSharingPayee': ledger(row.payee_accounts),
    'inHouse.applicant.customersSharingPhone': ledger(row.same_phone),
    'inHouse.applicant.customersSharingAddress': ledger(row.same_address),
    'inHouse.applicant.namesakesWithLoans': ledger(row.namesakes),
    'exposure.applicantAfterFen': summed(row.applicant_after, row.own_gap),
    'exposure.groupAfterFen': summed(row.group_after, row.own_gap || row.household_gap),
    'exposure.topTenAfterFen': ledger(row.top_ten_after),
    'microCredit.householdAfterFen': row.household_known
      ? summed(row.micro_after, row.own_gap || row.household_gap)
      : { unknown: 'not-gathered', source: 'ledger' },
    'jointGuarantee.households': ledger(row.joint_households),
    'jointGuarantee.relatedHouseholds': ledger(row.joint_related),
    ...bureauFacts(row, asOf),
  };
}

function bureauFacts(
  row: GatheredRow,
  asOf: CivilDate,
): Record<Extract<GatheredFactName, `bureau.${string}` | `repayment.${string}`>, GatheredFact> {
  const source = 'bureau' as const;
  const reportedOn = (row.reported_on ?? asOf) as CivilDate;
  const stated = (value: unknown): GatheredFact => {
    if (row.report === null) return { unknown: 'not-gathered', source };
    return value === null || value === undefined
      ? { unknown: 'not-stated', source }
      : { value, source, asOf: reportedOn };
  };
  const summary = Object.fromEntries(
    BUREAU_SUMMARY_FACTS.map(({ fact, key }) => [fact, stated(row.report?.[key])]),
  ) as Record<(typeof BUREAU_SUMMARY_FACTS)[number]['fact'], GatheredFact>;
  return {
    ...summary,
    'bureau.reportPresent': { value: row.report !== null, source, asOf },
    'bureau.consentValid': { value: row.consent_valid, source, asOf },
    'bureau.reportAgeDays':
      row.age_days === null ? { unknown: 'not-gathered', source } : { value: row.age_days, source, asOf: reportedOn },
    'repayment.debtToIncomePercent': debtToIncomePercent(row, asOf),
  };
}

/** The route of a loan today; one that rests on an exception's over-authority paper takes that route (C9, G1.2). */
export const routeOfRow = (row: GatheredRow): AuthorityRoute =>
  row.exception_papers?.includes('overAuthorityRoute') === true
    ? 'over'
    : routeOf(row.group_after, row.authority_limit);
