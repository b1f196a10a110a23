import type { Period } from '../../domain/authority-table.js';
import type { RatingPolicy } from '../../domain/branch-rating.js';
import type { CivilDate } from '../../domain/civil-date.js';
import { PERFORMING_AT_MOST_OVERDUE_DAYS } from '../../domain/classification.js';
import type { IdSource } from '../../domain/clock.js';
import type { LocationClass } from '../../domain/product.js';
import { categoriesLentAt } from '../../rules/tables/lent-at.js';
import type { Actor } from '../../usecases/actor.js';
import type {
  BranchCount,
  CountedFigures,
  LendingBranchLimits,
  NewLimit,
  RatingView,
} from '../../usecases/authority.js';
import type { LiftSuspensionPort, SuspensionView } from '../../usecases/lift-suspension.js';
import type { RateBranchesPort } from '../../usecases/rate-branches.js';
import type { AuthorityTableView, SetAuthorityPort } from '../../usecases/set-authority.js';
import type { SuspendAuthorityPort } from '../../usecases/suspend-authority.js';
import type { BookStore } from '../book-store.js';
import type { Sql } from '../pool.js';
import { SqlRecords } from './sql-records.js';

const NON_PERFORMING = `(l.five_tier is null or l.five_tier in ('substandard', 'doubtful', 'loss') or l.overdue_days > ${PERFORMING_AT_MOST_OVERDUE_DAYS})`;

const LENDING = `u.union_id = $1 and u.kind in ('branch', 'sub_branch', 'business_department') and (u.opened_on is null or u.opened_on <= $2)
  and (u.closed_on is null or u.closed_on >= $2)`;

/** $1 union, $2 day: a few rows for each branch and sub-branch that lends. */
const BRANCHES_SQL = `
select u.id, u.code, u.name, u.location::text as location,
  coalesce((select jsonb_object_agg(t.category, t.limit_fen) from authority_limit t where t.union_id = $1 and t.unit_id = u.id
    and t.superseded_at is null and t.valid_from <= $2 and t.valid_to >= $2), '{}') as limits
from org_unit u where ${LENDING} order by u.code`;

/** $1 union, $2 day, $3 a branch or null for all. One pass over the outstanding loans of the union, or of the branch. */
const FIGURES_SQL = `
with lent as (
  select l.branch_id, sum(l.balance_fen) as balance, sum(l.balance_fen) filter (where ${NON_PERFORMING}) as bad,
    sum(l.balance_fen) filter (where ${NON_PERFORMING} and l.issued_on > $2::date - interval '1 year') as new_bad
  from loan l where l.union_id = $1 and l.status = 'outstanding' and l.kind = 'own' and ($3::uuid is null or l.branch_id = $3) group by l.branch_id)
select u.id, coalesce(lent.balance, 0)::float8 as "balanceFen", coalesce(lent.bad, 0)::float8 as "nonPerformingFen",
  coalesce(lent.new_bad, 0)::float8 as "newNonPerformingFen",
  (select count(distinct p.staff_id) from post_appointment p where p.union_id = $1 and p.unit_id = u.id
    and p.post = 'responsible_credit_officer' and p.valid_from <= $2 and (p.valid_to is null or p.valid_to >= $2))::int as "responsibleOfficers"
from org_unit u left join lent on lent.branch_id = u.id
where ${LENDING} and ($3::uuid is null or u.id = $3) order by u.code`;

/** What branches may lend by themselves: ratings, tables, suspensions (G2). */
export class AuthorityStore
  extends SqlRecords
  implements LiftSuspensionPort, RateBranchesPort, SetAuthorityPort, SuspendAuthorityPort
{
  constructor(
    sql: Sql,
    ids: IdSource,
    actor: Actor,
    private readonly books: BookStore,
  ) {
    super(sql, ids, actor);
  }

  async lendingBranches(on: string): Promise<LendingBranchLimits[] | null> {
    const inForce = await this.books.inForce(this.unionId, on as CivilDate);
    if (inForce === null) return null;
    type Row = Omit<LendingBranchLimits, 'categories'> & { readonly location: LocationClass };
    const found = await this.sql.query<Row>(BRANCHES_SQL, [this.unionId, on]);
    const branches = found.rows.map(({ location, ...branch }) => {
      const categories = categoriesLentAt(inForce.book, inForce.parameters, location);
      return categories === null ? null : { ...branch, categories };
    });
    const known = branches.filter((one) => one !== null);
    return known.length === branches.length ? known : null;
  }

  async countedFigures(on: string, branchId: string | null): Promise<BranchCount[]> {
    const found = await this.sql.query<CountedFigures & { id: string }>(FIGURES_SQL, [this.unionId, on, branchId]);
    return found.rows.map(({ id, ...counted }) => ({ branchId: id, counted }));
  }

  private parameter(name: string, on: string): Promise<number | null> {
    return this.books.parameter(this.unionId, `policy.${name}`, on as CivilDate);
  }

  nonPerformingLimitPercent(on: string): Promise<number | null> {
    return this.parameter('branchNonPerformingLimitPercent', on);
  }

  async ratingPolicy(on: string): Promise<RatingPolicy | null> {
    const names = {
      nonPerformingLimitPercent: 'branchNonPerformingLimitPercent',
      nonPerformingGoodPercent: 'ratingNonPerformingGoodPercent',
      newNonPerformingGoodPercent: 'ratingNewNonPerformingGoodPercent',
      officersMinimum: 'responsibleOfficersMinimum',
      examsPassedPercent: 'ratingExamsPassedPercent',
      lateInspectionsTolerated: 'ratingLateInspectionsTolerated',
      auditFindingsTolerated: 'ratingAuditFindingsTolerated',
      demeritsForB: 'ratingDemeritsForB',
      A: 'ratingFactorAPercent',
      B: 'ratingFactorBPercent',
      C: 'ratingFactorCPercent',
      D: 'ratingFactorDPercent',
    };
    const found = await Promise.all(
      Object.entries(names).map(async ([key, name]) => [key, await this.parameter(name, on)] as const),
    );
    if (found.some(([, value]) => value === null)) return null;
    const { A, B, C, D, ...measures } = Object.fromEntries(found) as Record<keyof typeof names, number>;
    return { ...measures, factorPercent: { A, B, C, D } };
  }

  async ratings(periodFrom: string): Promise<RatingView[]> {
    const found = await this.sql.query<RatingView>(
      `select distinct on (u.code) r.id, r.unit_id as "branchId", u.name as branch, r.period_from::text as "periodFrom", r.period_to::text as "periodTo",
         r.figures, r.grade, r.proposed
       from branch_rating r join org_unit u on u.union_id = $1 and u.id = r.unit_id
       where r.union_id = $1 and r.period_from = $2 order by u.code, r.rated_at desc, r.id desc`,
      [this.unionId, periodFrom],
    );
    return found.rows;
  }

  async addRating(rating: Omit<RatingView, 'id' | 'branch'>, staffId: string | null, at: Date): Promise<string> {
    const id = this.ids.next();
    const { branchId, periodFrom, periodTo, figures, grade, proposed } = rating;
    await this.sql.query(
      `insert into branch_rating (id, union_id, unit_id, period_from, period_to, figures, grade, proposed, rated_by_id, rated_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [
        id,
        this.unionId,
        branchId,
        periodFrom,
        periodTo,
        JSON.stringify(figures),
        grade,
        JSON.stringify(proposed),
        staffId,
        at,
      ],
    );
    return id;
  }

  async limitsBegunWithin({ from, to }: Period, today: string): Promise<boolean> {
    const found = await this.sql.query(
      'select from authority_limit where union_id = $1 and superseded_at is null and valid_from between $2 and $3 and valid_from <= $4 limit 1',
      [this.unionId, from, to, today],
    );
    return found.rowCount !== 0;
  }

  async makeRoomFor({ from, to }: Period, at: Date): Promise<void> {
    await this.sql.query(
      'update authority_limit set valid_to = $2::date - 1 where union_id = $1 and superseded_at is null and valid_from < $2 and valid_to >= $2',
      [this.unionId, from],
    );
    await this.sql.query(
      'update authority_limit set superseded_at = $4 where union_id = $1 and superseded_at is null and valid_from between $2 and $3',
      [this.unionId, from, to, at],
    );
  }

  async addTable(
    table: Omit<AuthorityTableView, 'id' | 'limits' | 'ratings'> & { csv: string; ratings: readonly RatingView[] },
    limits: readonly NewLimit[],
    staffId: string | null,
    at: Date,
  ): Promise<string> {
    const id = this.ids.next();
    const { validFrom, validTo, basis, csv, ratings } = table;
    await this.sql.query(
      `insert into authority_table (id, union_id, valid_from, valid_to, basis, csv, ratings, decided_by_id, decided_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [id, this.unionId, validFrom, validTo, basis, csv, JSON.stringify(ratings), staffId, at],
    );
    await this.sql.query(
      `insert into authority_limit (id, union_id, unit_id, category, limit_fen, valid_from, valid_to, basis, table_id)
       select n.id, $1, n.unit, n.category, n.fen, n.since, n.until, $2, $3
       from jsonb_to_recordset($4::jsonb) as n(id uuid, unit uuid, category product_category, fen bigint, since date, until date)`,
      [
        this.unionId,
        basis,
        id,
        JSON.stringify(
          limits.map(({ branchId, category, limitFen, from, to }) => ({
            id: this.ids.next(),
            unit: branchId,
            category,
            fen: limitFen,
            since: from,
            until: to,
          })),
        ),
      ],
    );
    return id;
  }

  async tables(): Promise<AuthorityTableView[]> {
    const found = await this.sql.query<AuthorityTableView>(
      `select t.id, t.valid_from::text as "validFrom", t.valid_to::text as "validTo", t.basis, jsonb_array_length(t.ratings) as ratings,
         (select count(*)::int from authority_limit l where l.union_id = $1 and l.table_id = t.id) as limits
       from authority_table t where t.union_id = $1 order by t.valid_from desc`,
      [this.unionId],
    );
    return found.rows;
  }

  async suspensions(): Promise<SuspensionView[]> {
    const found = await this.sql.query<SuspensionView>(
      `select s.id, s.unit_id as "branchId", u.name as branch, s.suspended_from::text as "suspendedFrom",
         (s.figures ->> 'balanceFen')::float8 as "balanceFen", (s.figures ->> 'nonPerformingFen')::float8 as "nonPerformingFen",
         s.lifted_on::text as "liftedOn", s.lift_reason as "liftReason"
       from authority_suspension s join org_unit u on u.union_id = $1 and u.id = s.unit_id
       where s.union_id = $1 order by s.suspended_from desc, u.code`,
      [this.unionId],
    );
    return found.rows;
  }

  async suspend(branchId: string, from: string, figures: object, at: Date): Promise<string | null> {
    const added = await this.sql.query<{ id: string }>(
      `insert into authority_suspension (id, union_id, unit_id, suspended_from, figures, noticed_at)
       values ($1, $2, $3, $4, $5, $6) on conflict do nothing returning id`,
      [this.ids.next(), this.unionId, branchId, from, JSON.stringify(figures), at],
    );
    return added.rows[0]?.id ?? null;
  }

  async lift(id: string, liftedOn: string, staffId: string | null, reason: string): Promise<void> {
    await this.sql.query(
      'update authority_suspension set lifted_on = $3, lifted_by_id = $4, lift_reason = $5 where union_id = $1 and id = $2',
      [this.unionId, id, liftedOn, staffId, reason],
    );
  }
}
