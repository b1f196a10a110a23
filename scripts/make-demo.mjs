// Makes the demonstration county union's data: `node scripts/make-demo.mjs` after a build. The same seed makes the same files.
import { writeFileSync } from 'node:fs';
import { creditCodeCheckCharacter } from '../dist/libs/domain/identity.js';
import { madeIdentity } from '../dist/libs/domain/made-identity.js';

let state = 20261124;
/** mulberry32: small, seeded, the same on every machine. */
const random = () => {
  state = (state + 0x6d2b79f5) | 0;
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
};
const int = (from, to) => from + Math.floor(random() * (to - from + 1));
const pick = (list) => list[int(0, list.length - 1)];
const chance = (share) => random() < share;
const pad = (number, width) => String(number).padStart(width, '0');
const day = (from, to) => new Date(int(Date.parse(from), Date.parse(to))).toISOString().slice(0, 10);

const tables = {};
const row = (table, values) => {
  tables[table] ??= [];
  tables[table].push(values);
};

const TOWNSHIPS = ['青石', '柳河', '大寨', '白杨', '石桥', '红崖', '双塔', '泉湖'];
const units = [
  ...TOWNSHIPS.map((name, index) => ({
    ref: `B${pad(index + 1, 2)}`,
    name: `${name}信用社`,
    kind: 'branch',
    location: 'township',
  })),
  { ref: 'B09', name: '城关信用社', kind: 'branch', location: 'county_town' },
  { ref: 'B10', name: '南街信用社', kind: 'branch', location: 'county_town' },
  { ref: 'B11', name: '北关信用社', kind: 'branch', location: 'county_town' },
  { ref: 'B12', name: '联社营业部', kind: 'business_department', location: 'business_department' },
  ...['客户部', '信贷部', '稽核部', '合规部', '法律顾问室', '风险资产部'].map((name, index) => ({
    ref: `D${index + 1}`,
    name,
    kind: 'department',
    location: 'county_town',
  })),
];
for (const unit of units) row('units', unit);
const branches = units.slice(0, 12);

const SURNAMES = [...'王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗'];
const GIVEN = [...'伟芳娜敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂英华玉红建国秀云志海文'];
const name = (surname = pick(SURNAMES)) => surname + pick(GIVEN) + (chance(0.7) ? pick(GIVEN) : '');

const customers = [];
let household = 0;
while (customers.length < 1970) {
  household += 1;
  const branch = pick(branches.slice(0, 11));
  const rural = branch.location === 'township' ? chance(0.95) : chance(0.15);
  const surname = pick(SURNAMES);
  const address = rural
    ? `${branch.name.slice(0, 2)}乡${pick(['一', '二', '三', '四', '五', '六'])}社${household}号`
    : `${branch.name.slice(0, 2)}街${household}号`;
  const roles = ['head', 'spouse', 'child', 'parent'].slice(0, int(1, 4));
  for (const role of roles) {
    const n = customers.length;
    const rated = rural && chance(0.6);
    const ref = `C${pad(n + 1, 5)}`;
    customers.push({ ref, branch: branch.ref, rural, household: `H${pad(household, 5)}`, rated });
    row('customers', {
      ref,
      kind: 'person',
      name: name(role === 'spouse' ? undefined : surname),
      identity: madeIdentity(n * 7 + 3),
      phone: `139${pad(10000000 + n * 37, 8)}`,
      address,
      residence: rural ? 'rural' : 'urban',
      insider: chance(0.005) ? pick(['insider', 'relative']) : 'none',
      income: `${int(2000, 12000)}.00`,
      incomeAsOf: '2026-09-30',
      level: rated ? pick(['excellent', 'good', 'good', 'ordinary']) : '',
      ratedOn: rated ? day('2024-06-01', '2026-10-01') : '',
      branch: branch.ref,
    });
    row('households', { household: `H${pad(household, 5)}`, customer: ref, role, from: '2015-01-01' });
  }
}
for (let n = 0; n < 30; n += 1) {
  const ref = `E${pad(n + 1, 3)}`;
  const first17 = `91629${pad(900 + n, 3)}MA${pad(1000000 + n * 7919, 7)}`;
  row('customers', {
    ref,
    kind: 'organisation',
    name: `${pick(TOWNSHIPS)}${pick(['农产品', '建材', '养殖', '商贸', '果业'])}有限公司${n + 1}`,
    identity: first17 + creditCodeCheckCharacter(first17),
    phone: `0937${pad(5000000 + n, 7)}`,
    address: `工业园区${n + 1}号`,
    residence: 'urban',
    insider: 'none',
    income: '',
    incomeAsOf: '',
    level: '',
    ratedOn: '',
    branch: 'B12',
  });
  customers.push({ ref, branch: 'B12', rural: false, household: null, rated: false, company: true });
}

const persons = customers.filter((one) => !one.company);
for (let n = 0; n < 600; n += 1) {
  const owner = pick(persons);
  const ref = `A${pad(n + 1, 5)}`;
  row('accounts', { ref, branch: owner.branch, openedOn: day('2016-01-01', '2025-12-31'), customer: owner.ref });
  if (chance(0.5))
    row('payments', {
      ref: `P${pad(n + 1, 5)}`,
      account: ref,
      purpose: pick(['household', 'insurance', 'other']),
      payee: `6229${pad(int(1, 400000), 8)}`,
      amount: `${int(20, 900)}.00`,
    });
  if (chance(0.03))
    row('payments', {
      ref: `L${pad(n + 1, 5)}`,
      account: ref,
      purpose: 'loan_instalment',
      payee: `6228${pad(n, 8)}`,
      amount: `${int(800, 4000)}.00`,
    });
}
const WEAK = ['B02', 'B06'];
for (let n = 0; n < 1500; n += 1) {
  const borrower = chance(0.03) ? pick(customers.filter((one) => one.company)) : pick(persons);
  const elsewhere = chance(0.02);
  const fate = random();
  const [status, quality, kind] =
    fate < 0.35
      ? ['settled', 'normal', 'own']
      : fate < 0.9
        ? ['outstanding', chance(0.06) ? 'special_mention' : 'normal', 'own']
        : fate < 0.96
          ? ['outstanding', pick(['substandard', 'doubtful', 'loss']), 'own']
          : ['outstanding', 'loss', pick(['written_off', 'central_bank_swap', 'government_swap'])];
  const principal = borrower.company ? int(20, 300) * 10000 : borrower.rural ? int(1, 6) * 5000 : int(1, 20) * 10000;
  const issuedOn =
    status === 'settled'
      ? day('2018-01-01', '2023-12-31')
      : kind === 'own'
        ? day('2024-01-01', '2026-10-31')
        : day('2008-01-01', '2015-12-31');
  const product = borrower.company
    ? 'company-working-capital'
    : borrower.rural
      ? borrower.rated
        ? 'farmer-micro-credit'
        : 'rural-personal'
      : pick(['sole-trader', 'personal-consumption', 'personal-mortgage']);
  const ref = `L${issuedOn.slice(0, 4)}${pad(n + 1, 5)}`;
  const branch = elsewhere ? pick(branches).ref : borrower.branch;
  const bad = kind === 'own' && ['substandard', 'doubtful', 'loss'].includes(quality);
  // Two branches are over their non-performing limit, the others are well within it.
  const left = status === 'settled' ? 0 : random() * (bad && !WEAK.includes(branch) ? 0.2 : 1);
  row('loans', {
    ref,
    branch,
    customer: borrower.ref,
    product,
    kind,
    status,
    class: quality,
    principal: `${principal}.00`,
    balance: status === 'settled' ? '0.00' : `${Math.max(1000, Math.round(principal * left))}.00`,
    issuedOn,
    dueOn: `${Number(issuedOn.slice(0, 4)) + int(2, 5)}${issuedOn.slice(4).replace('02-29', '02-28')}`,
    overdueDays: ['substandard', 'doubtful', 'loss'].includes(quality) ? int(91, 900) : 0,
  });
  if (chance(0.15))
    row('guarantees', {
      ref: `G${pad(n + 1, 5)}`,
      customer: pick(persons).ref,
      loan: ref,
      kind: 'guarantee',
      amount: `${principal}.00`,
      from: issuedOn,
    });
}

for (const [table, rows] of Object.entries(tables)) {
  const columns = Object.keys(rows[0]);
  writeFileSync(
    `demo/${table}.csv`,
    `${[columns, ...rows.map((one) => columns.map((column) => one[column]))].map((cells) => cells.join(',')).join('\n')}\n`,
  );
}
