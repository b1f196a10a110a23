import pg from 'pg';
import { dailySweep } from '#apps/worker/daily-sweep.js';
import { learnKeys } from '#libs/persistence/key-ring.js';
import { rotateKeys, SEALED_COLUMNS } from '#libs/persistence/rotate-keys.js';
import { sealAccountNumbers } from '#libs/persistence/seal-account-numbers.js';
import { PersonalDataVault } from '#libs/platform/personal-data.js';
import { NOW, TestApi } from './support/api.js';
import { must, submitted, takeConsent } from './support/journey.js';
import type { Session } from './support/session.js';

let api: TestApi;
let owner: pg.Client;
let officer: Session;
let identity: string;
beforeAll(async () => {
  api = await TestApi.start();
  owner = new pg.Client(api.database.ownerUrl);
  await owner.connect();
  officer = await api.signIn('qingshiOfficer');
});
afterAll(async () => {
  await owner.end();
  await api.stop();
});
beforeEach(() => api.clock.set(NOW));

const PHONE = '13893700001';
const ACCOUNT = '6217 0012 3456 7890';

describe('unmasking', () => {
  let customer: string;
  beforeAll(async () => {
    const { qingshi } = api.union.units;
    const made = await api.records.customer(qingshi, { phone: PHONE });
    customer = made.id;
    identity = made.identityNumber;
    await api.records.account(customer, qingshi, ACCOUNT);
  });
  const unmask = (session: Session, body: object) => session.post(`/api/v1/customers/${customer}/unmaskings`, body);

  it('shows what was asked for, and keeps who, whose, which kinds and why, never the data', async () => {
    const { body } = must(200, await officer.get(`/api/v1/customers/${customer}`));
    expect(body).toMatchObject({ identityMasked: `****${identity.slice(-4)}`, phoneMasked: '****0001' });
    const purpose = '核对抵押登记资料';
    const shown = must(200, await unmask(officer, { purpose, wanted: ['identityNumber', 'accounts'] }));
    expect(shown.body).toEqual({ identityNumber: identity, accounts: [ACCOUNT] });
    const auditor = await api.signIn('auditor');
    const trail = must(200, await auditor.get(`/api/v1/audit-events?subjectId=${customer}`));
    expect(trail.body.items[0]).toMatchObject({
      action: 'customer.unmask',
      after: { purpose, wanted: ['identityNumber', 'accounts'] },
    });
    expect(trail.text).not.toContain(identity);
  });

  it('needs a purpose, a post that gives it, and the reach of the customer', async () => {
    must(400, await unmask(officer, { wanted: ['phone'] }));
    must(403, await unmask(await api.signIn('lawyer'), { purpose: '想看一看', wanted: ['phone'] }));
    must(404, await unmask(await api.signIn('liuheOfficer'), { purpose: '想看一看', wanted: ['phone'] }));
    const auditor = await api.signIn('auditor');
    expect(must(200, await unmask(auditor, { purpose: '专项稽核', wanted: ['phone'] })).body).toEqual({ phone: PHONE });
  });
});

describe('a whole bureau report', () => {
  it('is wiped beyond the days that policy keeps it; what was seen of it stays', async () => {
    const { qingshi } = api.union.units;
    const { id: customer } = await api.records.customer(qingshi);
    await takeConsent(officer, customer);
    const id = await submitted(officer, { branchId: qingshi, customerId: customer });
    must(201, await officer.post(`/api/v1/applications/${id}/bureau-queries`));
    const kept = async () => {
      await owner.query(`select set_config('app.union_id', $1, false)`, [api.union.unionId]);
      const text = 'select whole_cipher is not null as whole, summary from bureau_report where party_id = $1';
      return (await owner.query<{ whole: boolean; summary: object }>(text, [customer])).rows[0];
    };
    expect(await kept()).toMatchObject({ whole: true });
    const policy = (days: number) =>
      owner.query(
        `update policy_parameter set value = $2::jsonb where union_id = $1 and key = 'policy.bureauReportKeptDays'`,
        [api.union.unionId, JSON.stringify(days)],
      );
    await owner.query(`alter table bureau_report disable trigger bureau_report_append_only`);
    await owner.query(`update bureau_report set reported_on = reported_on - 400 where party_id = $1`, [customer]);
    await owner.query(`alter table bureau_report enable trigger bureau_report_append_only`);
    expect((await dailySweep(api.services, 'sweep-1')).wipedReports).toBe(0);
    await policy(390);
    expect((await dailySweep(api.services, 'sweep-2')).wipedReports).toBe(1);
    expect(await kept()).toMatchObject({ whole: false, summary: expect.objectContaining({}) });
    expect((await dailySweep(api.services, 'sweep-3')).wipedReports).toBe(0);
    await expect(
      owner.query('update bureau_report set provider = $2 where party_id = $1', [customer, 'x']),
    ).rejects.toThrow(/append-only/);
  });
});

describe('account numbers of an earlier version', () => {
  it('are sealed at the next start, and found by the number as before', async () => {
    const { qingshi } = api.union.units;
    const { id: customer } = await api.records.customer(qingshi);
    const account = await api.records.account(customer, qingshi, 'B-2002');
    const sealed = (await owner.query('select account_key from deposit_account where id = $1', [account])).rows[0];
    await owner.query(`update deposit_account set account_key = 'B-2002', account_cipher = null where id = $1`, [
      account,
    ]);
    const { pool, vault } = api.services.tools;
    await sealAccountNumbers(pool, vault);
    const after = (
      await owner.query('select account_key, account_cipher from deposit_account where id = $1', [account])
    ).rows[0];
    expect(after.account_key).toBe(sealed.account_key);
    expect(vault.decrypt(after.account_cipher)).toBe('B-2002');
  });
});

describe('rotating the keys', () => {
  const keysInUse = async (): Promise<number[]> => {
    const found = new Set<number>();
    for (const [table, column] of SEALED_COLUMNS) {
      const rows = await owner.query<{ key: number }>(
        `select distinct get_byte(${column}, 0) as key from ${table} where ${column} is not null`,
      );
      for (const { key } of rows.rows) found.add(key);
    }
    return [...found].sort();
  };
  const rotate = async () => {
    const vault = new PersonalDataVault(api.database.secret);
    await learnKeys(owner, vault);
    return rotateKeys(owner, vault, { graceSeconds: 6 });
  };

  it('knows every sealed column, and each is guarded', async () => {
    const columns = await owner.query<{ name: string }>(
      `select table_name || '.' || column_name as name from information_schema.columns
       where table_schema = 'public' and column_name like '%cipher' order by 1`,
    );
    expect(columns.rows.map(({ name }) => name)).toEqual(SEALED_COLUMNS.map((pair) => pair.join('.')).sort());
    const triggers = await owner.query<{ tgname: string }>(
      `select tgname from pg_trigger where tgname like '%\\_key' order by 1`,
    );
    for (const [table, column] of SEALED_COLUMNS)
      expect(triggers.rows.map(({ tgname }) => tgname)).toContain(`${table}_${column}_key`);
  });

  it('seals everything anew while people work; search still finds, and every value opens', async () => {
    const { qingshi } = api.union.units;
    const search = async (identityNumber: string) => {
      const found = await officer.post('/api/v1/in-house-searches', { purpose: '贷款申请', identityNumber });
      return must(200, found).body.customers.length as number;
    };
    let working = true;
    let worked = 0;
    const work = async (): Promise<void> => {
      while (working) {
        const { id: customer } = await api.records.customer(qingshi);
        const shown = must(
          200,
          await officer.post(`/api/v1/customers/${customer}/unmaskings`, {
            purpose: '轮换测试',
            wanted: ['phone', 'identityNumber'],
          }),
        );
        expect(shown.body.identityNumber).toMatch(/^\d{17}[\dX]$/);
        expect(await search(identity)).toBe(1);
        worked += 1;
      }
    };
    const workers = [work(), work()];
    const rotated = await rotate();
    working = false;
    await Promise.all(workers);
    expect(worked).toBeGreaterThan(20);
    expect(rotated).toMatchObject({ key: 2, destroyed: [1] });
    expect(rotated.sealed).toBeGreaterThan(5);
    expect(await keysInUse()).toEqual([2]);
    expect(await search(identity)).toBe(1);
  }, 120_000);

  it('refuses what a process that slept would write under a key that is retired', async () => {
    const asleep = new PersonalDataVault(api.database.secret);
    const { id: customer } = await api.records.customer(api.union.units.qingshi);
    await expect(
      api.records.sql('update party set phone_cipher = $2 where id = $1', [customer, asleep.encrypt(PHONE)]),
    ).rejects.toThrow(/not in use/);
  });

  it('stopped half-way and begun again, goes on with the key that it had made', async () => {
    const { rows } = await owner.query<{ wrapped: Buffer }>('select wrapped from data_key where id = 2');
    expect(rows[0]?.wrapped).toBeInstanceOf(Buffer);
    await owner.query(`insert into data_key (id, wrapped, usable_from) values (3, $1, now() + interval '4 seconds')`, [
      new PersonalDataVault(api.database.secret).newWrappedKey(),
    ]);
    expect(await rotate()).toMatchObject({ key: 3, destroyed: [2] });
    expect(await keysInUse()).toEqual([3]);
    expect((await owner.query('select wrapped from data_key where id = 2')).rows[0].wrapped).toBeNull();
    const sessions = must(200, await officer.get('/api/v1/sessions'));
    expect(sessions.body.items.length).toBeGreaterThan(0);
  }, 60_000);
});
