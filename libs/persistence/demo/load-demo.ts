import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type pg from 'pg';
import { mappingSchema } from '../../contracts/import/mapping.js';
import { civilDateOf } from '../../domain/civil-date.js';
import { creditCodeCheckCharacter } from '../../domain/identity.js';
import { projectRoot } from '../../platform/project-root.js';
import { hashPassword } from '../identity/passwords.js';
import { runImport } from '../import/run-import.js';
import { inUnion } from '../pool.js';
import { wholeUnion } from '../scope.js';
import type { PersistenceTools } from '../tools.js';
import { DEMO_PASSWORD, DEMO_STAFF } from './demo-staff.js';
import { specimenImage } from './specimen-image.js';

export const DEMO_UNION = { code: 'DEMO', name: '青河县农村信用合作联社', cityUnionName: '酒泉地区办事处' } as const;
const ON_POST_SINCE = '2025-01-01';

/**
 * Fills a new demonstration union: units, customers, households, loans, staff with posts, appraisal firms. One that has
 * its staff already is left as it is. Returns whether it was filled now.
 */
export async function loadDemo(tools: PersistenceTools, unionId: string): Promise<boolean> {
  const folder = join(projectRoot(), 'demo');
  const mapping = mappingSchema.parse(JSON.parse(await readFile(join(folder, 'mapping.json'), 'utf8')));
  const passwordHash = await hashPassword(DEMO_PASSWORD);
  return inUnion(tools.pool, wholeUnion(unionId), async (sql) => {
    const known = await sql.query('select from staff where union_id = $1 limit 1', [unionId]);
    if (known.rowCount !== 0) return false;
    const asOf = civilDateOf(tools.clock.now());
    const report = await runImport(sql, { mapping, folder, unionId, asOf, actorName: 'demonstration' }, tools);
    if (report.refusedLines > 0) throw new Error(`demonstration data: ${report.refusedLines} lines refused`);
    await addStaff(sql, tools, unionId, passwordHash);
    await addAuthority(sql, tools, unionId);
    await addAppraisalFirms(sql, tools, unionId);
    return true;
  });
}

async function addStaff(
  sql: pg.PoolClient,
  tools: PersistenceTools,
  unionId: string,
  passwordHash: string,
): Promise<void> {
  const units = await sql.query<{ id: string; code: string }>('select id, code from org_unit where union_id = $1', [
    unionId,
  ]);
  const unitId = new Map(units.rows.map(({ id, code }) => [code, id]));
  for (const [index, person] of DEMO_STAFF.entries()) {
    const staffId = tools.ids.next();
    const unit = unitId.get(person.unit);
    await sql.query(
      'insert into staff (id, union_id, staff_no, name, home_unit_id, joined_on) values ($1, $2, $3, $4, $5, $6)',
      [staffId, unionId, `S${String(index + 1).padStart(3, '0')}`, person.name, unit, ON_POST_SINCE],
    );
    const appointed = [
      ...person.posts.map((post) => ({ post, at: unit })),
      ...(person.sitsIn ?? []).map((code) => ({ post: 'deliberation_group_member', at: unitId.get(code) })),
    ];
    for (const { post, at } of appointed) {
      await sql.query(
        'insert into post_appointment (id, union_id, staff_id, unit_id, post, valid_from, basis) values ($1, $2, $3, $4, $5, $6, $7)',
        [tools.ids.next(), unionId, staffId, at, post, ON_POST_SINCE, '联社聘任文件（演示）'],
      );
    }
    await sql.query(
      'insert into user_account (id, union_id, staff_id, login, password_hash) values ($1, $2, $3, $4, $5)',
      [tools.ids.next(), unionId, staffId, person.login, passwordHash],
    );
  }
}

/** What a branch may lend by itself this year, by where it stands (G2), in yuan. */
const AUTHORITY = {
  township: { farmer_micro_credit: 30_000, farmer_joint_guarantee: 50_000, rural_personal: 100_000 },
  county_town: { sole_trader: 300_000, personal_other: 200_000 },
  business_department: { company: 2_000_000 },
} as const;

async function addAuthority(sql: pg.PoolClient, tools: PersistenceTools, unionId: string): Promise<void> {
  const year = tools.clock.now().getUTCFullYear();
  for (const [location, limits] of Object.entries(AUTHORITY)) {
    for (const [category, yuan] of Object.entries(limits)) {
      await sql.query(
        `insert into authority_limit (id, union_id, unit_id, category, limit_fen, valid_from, valid_to, basis)
         select gen_random_uuid(), $1, u.id, $2, $3, $4, $5, $6 from org_unit u
         where u.union_id = $1 and u.location = $7 and u.kind in ('branch', 'business_department')`,
        [unionId, category, yuan * 100, `${year}-01-01`, `${year}-12-31`, '年度授权文件（演示）', location],
      );
    }
  }
}

const made = (first17: string): string => first17 + creditCodeCheckCharacter(first17);

const FIRMS = [
  { name: '正衡资产评估有限公司', creditCode: made('91629100MA1000001'), signer: '韩正' },
  { name: '公信房地产评估有限公司', creditCode: made('91629100MA1000002'), signer: '许衡' },
] as const;

/** Two firms on this year's panel, under agreement, with a seal and a signature each as specimens (G3). */
async function addAppraisalFirms(sql: pg.PoolClient, tools: PersistenceTools, unionId: string): Promise<void> {
  const year = tools.clock.now().getUTCFullYear();
  const selectionId = tools.ids.next();
  const ids = FIRMS.map((firm, index) => ({ ...firm, firmId: tools.ids.next(), score: 9000 - index * 100 }));
  await sql.query(
    `insert into panel_selection (id, union_id, year, chosen_by, decided_on, basis, record, recorded_by_id, recorded_at)
     select $1, $2, $3, 'tender', $4, '招标会议纪要（演示）', $5, a.staff_id, $6 from user_account a where a.union_id = $2 and a.login = 'credit'`,
    [
      selectionId,
      unionId,
      year,
      `${year}-01-01`,
      JSON.stringify({
        chosenBy: 'tender',
        bids: ids.map(({ firmId, score }) => ({ firmId, scoreHundredths: score })),
      }),
      tools.clock.now(),
    ],
  );
  for (const { name, creditCode, signer, firmId } of ids) {
    await sql.query('insert into appraisal_firm (id, union_id, name, credit_code) values ($1, $2, $3, $4)', [
      firmId,
      unionId,
      name,
      creditCode,
    ]);
    await sql.query(
      `insert into appraisal_panel (id, union_id, firm_id, year, chosen_by, agreement_from, agreement_to, selection_id) values ($1, $2, $3, $4, 'tender', $5, $6, $7)`,
      [tools.ids.next(), unionId, firmId, year, `${year}-01-01`, `${year}-12-31`, selectionId],
    );
    for (const [kind, holder] of [
      ['seal', name],
      ['signature', signer],
    ] as const) {
      const image = specimenImage(kind, holder);
      await sql.query(
        `insert into appraisal_specimen (id, union_id, firm_id, kind, holder, media_type, image, sha256, valid_from) values ($1, $2, $3, $4, $5, 'image/svg+xml', $6, $7, $8)`,
        [
          tools.ids.next(),
          unionId,
          firmId,
          kind,
          holder,
          image,
          createHash('sha256').update(image).digest('hex'),
          `${year}-01-01`,
        ],
      );
    }
  }
}
