import type { Post } from '../domain/post.js';
import { createUnion } from '../persistence/create-union.js';
import { hashPassword } from '../persistence/identity/passwords.js';
import { inUnion } from '../persistence/pool.js';
import { wholeUnion } from '../persistence/scope.js';
import type { PersistenceTools } from '../persistence/tools.js';
import { systemIds } from '../platform/clock.js';
import { defaultBookFolder, loadBook } from '../platform/load-book.js';

export const TEST_PASSWORD = 'a-password-for-tests';
const ON_POST_SINCE = '2020-01-01';

const UNITS = {
  qingshi: { name: '青石信用社', kind: 'branch', location: 'township' },
  liuhe: { name: '柳河信用社', kind: 'branch', location: 'township' },
  chengguan: { name: '城关信用社', kind: 'branch', location: 'county_town' },
  business: { name: '联社营业部', kind: 'business_department', location: 'business_department' },
  audit: { name: '稽核部', kind: 'department', location: null },
  headOffice: { name: '联社机关', kind: 'department', location: null },
} as const;
export type UnitName = keyof typeof UNITS;

export type StaffName = keyof typeof STAFF;
const STAFF = {
  qingshiOfficer: { unit: 'qingshi', posts: ['field_credit_officer', 'responsible_credit_officer'] },
  liuheOfficer: { unit: 'liuhe', posts: ['field_credit_officer', 'responsible_credit_officer'] },
  chengguanOfficer: { unit: 'chengguan', posts: ['field_credit_officer', 'responsible_credit_officer'] },
  businessOfficer: { unit: 'business', posts: ['field_credit_officer', 'responsible_credit_officer'] },
  qingshiDirector: { unit: 'qingshi', posts: ['branch_director'] },
  auditor: { unit: 'audit', posts: ['auditor'] },
  maker: { unit: 'audit', posts: ['compliance_maker'] },
  checker: { unit: 'audit', posts: ['compliance_checker'] },
  qingshiOfficer2: { unit: 'qingshi', posts: ['field_credit_officer'] },
  qingshiDeputy: { unit: 'qingshi', posts: ['deputy_director'] },
  qingshiAccountant: { unit: 'qingshi', posts: ['accounting_supervisor'] },
  qingshiMember1: { unit: 'qingshi', posts: ['deliberation_group_member'] },
  qingshiMember2: { unit: 'qingshi', posts: ['deliberation_group_member'] },
  qingshiMember3: { unit: 'qingshi', posts: ['deliberation_group_member'] },
  customer1: { unit: 'headOffice', posts: ['customer_department_investigator'] },
  customer2: { unit: 'headOffice', posts: ['customer_department_investigator'] },
  creditHead: { unit: 'headOffice', posts: ['head_of_credit_department'] },
  vicePresident: { unit: 'headOffice', posts: ['vice_president'] },
  approval1: { unit: 'headOffice', posts: ['approval_group_member'] },
  approval2: { unit: 'headOffice', posts: ['approval_group_member'] },
  approval3: { unit: 'headOffice', posts: ['approval_group_member'] },
  president: { unit: 'headOffice', posts: ['president'] },
  admin: { unit: 'headOffice', posts: ['system_administrator'] },
  lawyer: { unit: 'headOffice', posts: ['legal_adviser'] },
} as const satisfies Record<string, { unit: UnitName; posts: readonly Post[] }>;

export interface TestUnion {
  readonly unionId: string;
  readonly units: Readonly<Record<UnitName, string>>;
  readonly staff: Readonly<Record<StaffName, string>>;
}

let passwordHash: Promise<string> | undefined;

/** A small county union: two township branches, one in the county town, the business department, and people on post. */
export async function foundTestUnion(tools: PersistenceTools, ownerUrl: string, code = 'TEST'): Promise<TestUnion> {
  passwordHash ??= hashPassword(TEST_PASSWORD);
  const hash = await passwordHash;
  const unionId = await createUnion(
    ownerUrl,
    { code, name: `${code}联社` },
    await loadBook(defaultBookFolder()),
    tools,
  );
  const units = {} as Record<UnitName, string>;
  const staff = {} as Record<StaffName, string>;
  await inUnion(tools.pool, wholeUnion(unionId), async (sql) => {
    for (const [name, { kind, location, name: title }] of Object.entries(UNITS)) {
      units[name as UnitName] = systemIds.next();
      await sql.query(
        'insert into org_unit (id, union_id, kind, code, name, location) values ($1, $2, $3, $4, $5, $6)',
        [units[name as UnitName], unionId, kind, name, title, location],
      );
    }
    for (const [name, { unit, posts }] of Object.entries(STAFF)) {
      const id = systemIds.next();
      staff[name as StaffName] = id;
      await sql.query(
        'insert into staff (id, union_id, staff_no, name, home_unit_id, joined_on) values ($1, $2, $3, $3, $4, $5)',
        [id, unionId, name, units[unit], ON_POST_SINCE],
      );
      await sql.query(
        'insert into user_account (id, union_id, staff_id, login, password_hash) values ($1, $2, $3, $4, $5)',
        [systemIds.next(), unionId, id, loginOf(code, name as StaffName), hash],
      );
      for (const post of posts) {
        await sql.query(
          'insert into post_appointment (id, union_id, staff_id, unit_id, post, valid_from, basis) values ($1, $2, $3, $4, $5, $6, $7)',
          [systemIds.next(), unionId, id, units[unit], post, ON_POST_SINCE, 'test'],
        );
      }
    }
  });
  return { unionId, units, staff };
}

export const loginOf = (code: string, name: StaffName): string => `${code}-${name}`.toLowerCase();
