/**
 * A loan of a performing class is overdue by at most so many days: beyond, it is substandard at best (2023 rules on risk
 * classification), so a class that says otherwise is stale.
 */
export const PERFORMING_AT_MOST_OVERDUE_DAYS = 90;
