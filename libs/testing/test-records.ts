import { residentCheckCharacter } from '../domain/identity.js';
import { madeIdentity } from '../domain/made-identity.js';
import type { Post } from '../domain/post.js';
import { accountKey } from '../persistence/account-key.js';
import { inUnion } from '../persistence/pool.js';
import { wholeUnion } from '../persistence/scope.js';
import type { PersistenceTools } from '../persistence/tools.js';
import { systemIds } from '../platform/clock.js';
import { normaliseAddress, normalisePhone } from '../platform/personal-data.js';

let made = 100;

export interface MadeCustomer {
  readonly id: string;
  readonly identityNumber: string;
}

interface CustomerTraits {
  readonly name?: string;
  readonly kind?: 'person' | 'organisation';
  readonly residence?: 'rural' | 'urban' | null;
  readonly insiderStatus?: 'none' | 'insider' | 'relative' | null;
  readonly monthlyIncomeFen?: number | null;
  readonly creditLevel?: 'excellent' | 'good' | 'ordinary' | null;
  readonly creditLevelRatedOn?: string | null;
  readonly phone?: string | null;
  readonly address?: string;
  /** An identity number whose date of birth this customer shares. */
  readonly bornLike?: string;
  /** False: registered in no household, so that what the household owes is not known. */
  readonly household?: boolean;
}

interface LoanTraits {
  readonly customer: string;
  readonly branch: string;
  readonly balanceFen?: number;
  readonly kind?: 'own' | 'written_off' | 'central_bank_swap' | 'government_swap';
  readonly status?: 'outstanding' | 'settled';
  readonly fiveTier?: 'normal' | 'special_mention' | 'substandard' | 'doubtful' | 'loss' | null;
  readonly productCode?: string;
  readonly account?: string;
  readonly issuedOn?: string;
}

/** Writes ledger and customer rows straight into a test's union, as an import would have left them. */
export class TestRecords {
  constructor(
    private readonly tools: PersistenceTools,
    private readonly unionId: string,
  ) {}

  private run(text: string, values: unknown[]): Promise<unknown> {
    return inUnion(this.tools.pool, wholeUnion(this.unionId), (sql) => sql.query(text, values));
  }

  /** A clean farmer with a household of one, unless the traits say otherwise. */
  async customer(homeUnitId: string, traits: CustomerTraits = {}): Promise<MadeCustomer> {
    const { vault } = this.tools;
    made += 1;
    const id = systemIds.next();
    const identityNumber = traits.bornLike === undefined ? madeIdentity(made * 13) : twinOf(traits.bornLike);
    const identity = vault.seal('identity', identityNumber);
    const given = orElse(traits.phone, `138${String(made).padStart(8, '0')}`);
    const phone = given === null ? null : vault.seal('phone', normalisePhone(given));
    const address = traits.address ?? `青石乡${made}号`;
    const birth = `${identityNumber.slice(6, 10)}-${identityNumber.slice(10, 12)}-${identityNumber.slice(12, 14)}`;
    await this.run(
      `insert into party (id, union_id, kind, name, identity_kind, identity_cipher, identity_blind, identity_tail, birth_date, phone_cipher,
         phone_blind, phone_tail, address, address_blind, residence, insider_status, monthly_income_fen, income_as_of, credit_level,
         credit_level_rated_on, home_unit_id, external_ref)
       values ($1, $2, $3, $4, 'resident_id', $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, '2026-09-30', $17, $18, $19, $20)`,
      [
        id,
        this.unionId,
        traits.kind ?? 'person',
        traits.name ?? `客户${made}`,
        identity.cipher,
        identity.blind,
        identity.tail,
        birth,
        phone?.cipher,
        phone?.blind,
        phone?.tail,
        address,
        vault.blindIndex('address', normaliseAddress(address)),
        orElse(traits.residence, 'rural'),
        orElse(traits.insiderStatus, 'none'),
        orElse(traits.monthlyIncomeFen, 800_000),
        traits.creditLevel ?? null,
        traits.creditLevelRatedOn ?? null,
        homeUnitId,
        `T${made}`,
      ],
    );
    if (traits.household !== false) await this.household([id]);
    return { id, identityNumber };
  }

  async household(members: readonly string[], from = '2015-01-01', code?: string): Promise<string> {
    const id = systemIds.next();
    await this.run('insert into household (id, union_id, code) values ($1, $2, $3)', [
      id,
      this.unionId,
      code ?? `H-${id}`,
    ]);
    for (const member of members) {
      await this.run(
        `insert into household_member (id, union_id, household_id, party_id, role, valid_from) values ($1, $2, $3, $4, 'other', $5)`,
        [systemIds.next(), this.unionId, id, member, from],
      );
    }
    return id;
  }

  async loan(traits: LoanTraits): Promise<string> {
    const id = systemIds.next();
    const status = traits.status ?? 'outstanding';
    await this.run(
      `insert into loan (id, union_id, loan_no, branch_id, party_id, product_code, kind, status, five_tier, principal_fen, balance_fen,
         issued_on, repayment_account_id) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
      [
        id,
        this.unionId,
        `L-${id}`,
        traits.branch,
        traits.customer,
        traits.productCode ?? null,
        traits.kind ?? 'own',
        status,
        orElse(traits.fiveTier, 'normal'),
        Math.max(traits.balanceFen ?? 0, 1_000_000),
        status === 'settled' ? 0 : (traits.balanceFen ?? 1_000_000),
        traits.issuedOn ?? '2025-01-01',
        traits.account ?? null,
      ],
    );
    return id;
  }

  async account(owner: string, branch: string, number = `A-${systemIds.next()}`): Promise<string> {
    const id = systemIds.next();
    const { vault } = this.tools;
    const { cipher, tail } = vault.seal('account', number);
    await this.run(
      'insert into deposit_account (id, union_id, branch_id, account_key, account_cipher, account_tail) values ($1, $2, $3, $4, $5, $6)',
      [id, this.unionId, branch, accountKey(vault, number), cipher, tail],
    );
    await this.run(
      `insert into account_holder (id, union_id, account_id, party_id, role) values ($1, $2, $3, $4, 'owner')`,
      [systemIds.next(), this.unionId, id, owner],
    );
    return id;
  }

  async standingPayment(account: string, purpose: string, payee: string | null): Promise<void> {
    const id = systemIds.next();
    await this.run(
      'insert into standing_payment (id, union_id, account_id, purpose, payee_blind, payee_tail, external_ref) values ($1, $2, $3, $4, $5, $6, $7)',
      [
        id,
        this.unionId,
        account,
        purpose,
        payee === null ? null : this.tools.vault.blindIndex('payee', payee),
        payee?.slice(-4) ?? null,
        `S-${id}`,
      ],
    );
  }

  async link(kind: string, from: string, to: string, status = 'confirmed'): Promise<void> {
    await this.run(
      `insert into party_link (id, union_id, kind, from_party_id, to_party_id, status, valid_from, source) values ($1, $2, $3, $4, $5, $6, '2020-01-01', 'test')`,
      [systemIds.next(), this.unionId, kind, from, to, status],
    );
  }

  /** A bureau report that came in some way other than by a query. */
  async bureauReport(customer: string, reportedOn: string, summary: object): Promise<void> {
    await this.run(
      `insert into bureau_report (id, union_id, party_id, provider, reported_on, received_at, summary) values ($1, $2, $3, 'test', $4, now(), $5)`,
      [systemIds.next(), this.unionId, customer, reportedOn, JSON.stringify(summary)],
    );
  }

  async guaranteeOf(guarantor: string, loan: string): Promise<void> {
    await this.run(
      `insert into guarantee (id, union_id, guarantor_id, loan_id, kind, valid_from) values ($1, $2, $3, $4, 'guarantee', '2025-01-01')`,
      [systemIds.next(), this.unionId, guarantor, loan],
    );
  }

  /** An application that stands at intake, as another branch took it in. */
  async liveApplication(customer: string, branch: string): Promise<void> {
    const id = systemIds.next();
    await this.run(
      `insert into loan_application (id, union_id, file_no, branch_id, party_id, product_id, amount_fen, term_months, purpose, stage, submitted_on, submitted_at)
       select $1, $2, $3, $4, $5, p.id, 1000000, 12, 'test', 'intake', '2026-11-01', '2026-11-01' from product p where p.union_id = $2 and p.code = 'rural-personal'`,
      [id, this.unionId, `F-${id}`, branch, customer],
    );
  }

  async importGap(customer: string, kind: 'loan' | 'householdMember'): Promise<void> {
    await this.run(
      `insert into import_gap (id, union_id, party_id, record_kind, source_ref, noted_at) values ($1, $2, $3, $4, 'L', now())`,
      [systemIds.next(), this.unionId, customer, kind],
    );
  }

  /** Runs a statement in the union's scope, for what no builder says. */
  sql(text: string, values: unknown[]): Promise<unknown> {
    return this.run(text, values);
  }

  /** A post from a day on, whatever the person has handled; gives the appointment's id. */
  async appoint(staff: string, unit: string, post: Post, from = '2026-01-01'): Promise<string> {
    const id = systemIds.next();
    await this.run(
      'insert into post_appointment (id, union_id, staff_id, unit_id, post, valid_from, basis) values ($1, $2, $3, $4, $5, $6, $7)',
      [id, this.unionId, staff, unit, post, from, 'test'],
    );
    return id;
  }

  /** What a branch may lend by itself in a category, this year. */
  async authority(unit: string, category: string, limitFen: number): Promise<void> {
    await this.run(
      `insert into authority_limit (id, union_id, unit_id, category, limit_fen, valid_from, valid_to, basis)
       values ($1, $2, $3, $4, $5, '2026-01-01', '2026-12-31', 'test')`,
      [systemIds.next(), this.unionId, unit, category, limitFen],
    );
  }

  /** A joint-guarantee group of one member of each household given. */
  async jointGuarantee(unit: string, members: readonly { customer: string; household: string }[]): Promise<void> {
    const id = systemIds.next();
    await this.run(
      `insert into joint_guarantee_group (id, union_id, code, unit_id, formed_on) values ($1, $2, $3, $4, '2024-01-01')`,
      [id, this.unionId, `J-${id}`, unit],
    );
    for (const { customer, household } of members) {
      await this.run(
        `insert into joint_guarantee_member (id, union_id, group_id, household_id, party_id, valid_from) values ($1, $2, $3, $4, $5, '2024-01-01')`,
        [systemIds.next(), this.unionId, id, household, customer],
      );
    }
  }
}

/** Another person of the same date of birth. */
function twinOf(identityNumber: string): string {
  const first17 = `${identityNumber.slice(0, 14)}999`;
  return first17 + residentCheckCharacter(first17);
}

/** Null is a trait of its own: not known. */
const orElse = <T>(given: T | null | undefined, otherwise: T): T | null => (given === undefined ? otherwise : given);
