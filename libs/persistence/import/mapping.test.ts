import { type Mapping, mappingSchema } from '#libs/contracts/import/mapping.js';
import { TableUnreadable } from '#libs/platform/csv/read-table.js';
import { customersMapping, TestImport } from '#libs/testing/test-import.js';

let importing: TestImport;
beforeAll(async () => {
  importing = await TestImport.open();
});
afterAll(() => importing.close());

const faultsOf = async (mapping: Mapping, files: Record<string, string>): Promise<string[]> => {
  const taking = importing.take(mapping, files);
  await expect(taking).rejects.toThrow(TableUnreadable);
  return taking.then(
    () => [],
    (cause: TableUnreadable) => cause.faults.map(({ path, code }) => `${path} ${code}`),
  );
};

describe('a mapping that does not fit its files', () => {
  it('every column, field, source and expression that is wrong is told, before the first line is written', async () => {
    const mapping = customersMapping(
      {},
      {
        name: 'nome',
        shoeSize: 'name',
        phone: { lookup: { in: 'phones', match: { who: 'no', kind: 'sort' }, take: 'number' } },
        address: { template: '{street} {no}' },
        residence: { expression: 'no +' },
        monthlyIncome: { aggregate: { in: 'nowhere', match: {}, take: 'sum', column: 'x' } },
        incomeAsOf: { column: 'no', ifMissing: 'never' },
      },
      { sources: { people: { file: 'people.csv' }, phones: { file: 'phones.csv' }, gone: { file: 'gone.csv' } } },
    );
    const faults = await faultsOf(mapping, { 'people.csv': 'no,name\n1,张三\n', 'phones.csv': 'who,digits\n1,139\n' });
    expect(faults.sort()).toEqual(
      [
        'gone.csv file.missing',
        '/records/0/fields/name mapping.unknown-column',
        '/records/0/fields/shoeSize mapping.unknown-field',
        '/records/0/fields/phone/lookup/match mapping.unknown-column',
        '/records/0/fields/phone/lookup/match mapping.unknown-column',
        '/records/0/fields/phone/lookup/take mapping.unknown-column',
        '/records/0/fields/address/template mapping.unknown-column',
        '/records/0/fields/residence/expression mapping.expression',
        '/records/0/fields/monthlyIncome/aggregate/in mapping.unknown-source',
        '/records/0/fields/incomeAsOf/ifMissing mapping.never',
      ].sort(),
    );
    expect(await importing.rows('select count(*)::int as n from party')).toEqual([{ n: 0 }]);
  });

  it('a field that a record needs and the mapping leaves out is named', async () => {
    const mapping = customersMapping();
    const { name: _left, ...fields } = mapping.records[0]!.fields;
    const without = { ...mapping, records: [{ ...mapping.records[0]!, fields }] };
    expect(await faultsOf(without, { 'people.csv': 'no,name\n1,张三\n' })).toEqual([
      '/records/0/fields mapping.missing-field',
    ]);
  });

  it.each([
    ['an unknown key', { colour: 'red' }],
    ['a delimiter of two characters', { defaults: { delimiter: ';;' } }],
    ['an encoding that is not read', { defaults: { encoding: 'ebcdic' } }],
    ['a record that does not exist', { records: [{ record: 'cow', from: 'people', fields: {} }] }],
    ['another version', { version: 2 }],
  ])('%s is refused by the schema', (_, change) => {
    expect(mappingSchema.safeParse({ ...customersMapping(), ...change }).success).toBe(false);
  });
});

describe('a bank nobody here has seen', () => {
  // Branch register without header, customers in two files, balances in the ledger of movements, a bureau extract with "never".
  const mapping = mappingSchema.parse({
    version: 1,
    name: 'stranger',
    union: { code: 'IMPORT', name: '导入联社' },
    defaults: { delimiter: '|', missing: ['\\N'] },
    sources: {
      offices: { file: 'offices.dat', header: false, columns: ['id', 'title', 'type'] },
      persons: { file: 'persons.dat' },
      incomes: { file: 'incomes.dat' },
      contracts: { file: 'contracts.dat' },
      movements: { file: 'movements.dat' },
      extract: { file: 'extract.dat' },
    },
    records: [
      {
        record: 'orgUnit',
        from: 'offices',
        where: { column: 'type', notIn: ['HQ'] },
        fields: {
          ref: 'id',
          name: 'title',
          location: { column: 'type', map: { R: 'township' }, otherwise: 'county_town' },
        },
      },
      {
        record: 'customer',
        from: 'persons',
        fields: {
          ref: 'pid',
          name: { template: '{last}{first}' },
          monthlyIncome: {
            aggregate: {
              in: 'incomes',
              match: { pid: 'pid' },
              where: { column: 'state', in: ['ok'] },
              take: 'sum',
              column: 'amount',
            },
            unit: 'yuan',
          },
          branch: 'office',
        },
      },
      {
        record: 'loan',
        from: 'contracts',
        fields: {
          ref: 'cid',
          status: { const: 'outstanding' },
          branch: { lookup: { in: 'persons', match: { pid: 'pid' }, take: 'office' } },
          customer: 'pid',
          principal: { column: 'sum', unit: 'ten-thousand-yuan' },
          balance: { expression: '$string($number(sum) * 10000 - $number(paid))' },
          class: { column: 'grade', map: { '1': 'normal', '5': 'loss' } },
          issuedOn: { column: 'on', date: 'dd.MM.yyyy' },
        },
      },
      {
        record: 'bureauReport',
        from: 'extract',
        fields: {
          ref: { lineNumber: true },
          customer: 'pid',
          reportedOn: { asOf: true },
          monthsSince90DaysLate: { column: 'late', ifMissing: 'never' },
          accountsOverdueNow: 'overdue',
        },
      },
    ],
  });

  it('goes in by its mapping alone', async () => {
    const report = await importing.take(mapping, {
      'offices.dat': 'A|Alpha|R\nB|Beta|T\nZ|Zentrale|HQ\n',
      'persons.dat': 'pid|last|first|office\n1|张|三|A\n2|李|四|B\n',
      'incomes.dat': 'pid|amount|state\n1|1000.50|ok\n1|2000|ok\n1|9|void\n2|\\N|ok\n',
      'contracts.dat': 'cid|pid|sum|paid|grade|on\nC1|1|5|20000|1|31.12.2025\nC2|2|0.5|0|5|01.06.2026\n',
      'movements.dat': 'cid|x\n',
      'extract.dat': 'pid|late|overdue\n1|\\N|0\n2|7|\\N\n',
    });
    expect(report).toMatchObject({ refusedLines: 0, taken: { orgUnit: 2, customer: 2, loan: 2, bureauReport: 2 } });
    expect(
      await importing.rows(
        `select l.loan_no, u.name as branch, p.name, p.monthly_income_fen::text as income, l.principal_fen::text as principal, l.balance_fen::text as balance, l.five_tier, l.issued_on::text
         from loan l join party p on p.id = l.party_id join org_unit u on u.id = l.branch_id where l.loan_no in ('C1', 'C2') order by 1`,
      ),
    ).toEqual([
      {
        loan_no: 'C1',
        branch: 'Alpha',
        name: '张三',
        income: '300050',
        principal: '5000000',
        balance: '3000000',
        five_tier: 'normal',
        issued_on: '2025-12-31',
      },
      {
        loan_no: 'C2',
        branch: 'Beta',
        name: '李四',
        income: null,
        principal: '500000',
        balance: '500000',
        five_tier: 'loss',
        issued_on: '2026-06-01',
      },
    ]);
    expect(await importing.rows('select summary from bureau_report order by external_ref')).toEqual([
      { summary: { monthsSince90DaysLate: { never: true }, accountsOverdueNow: 0 } },
      { summary: { monthsSince90DaysLate: 7 } }, // not stated is not zero
    ]);
  });

  it('leaves a trace: which mapping, how much was taken, how much refused', async () => {
    const [run] = await importing.rows(`select mapping_name, refused from import_run where mapping_name = 'stranger'`);
    expect(run).toEqual({ mapping_name: 'stranger', refused: 0 });
    const audited = await importing.rows(
      `select count(*)::int as n from audit_event where action = 'import.run' and after->>'mapping' = 'stranger'`,
    );
    expect(audited).toEqual([{ n: 1 }]);
  });

  it('of the ledger of exposures follows what came in', async () => {
    expect(
      await importing.rows(
        `select p.external_ref, e.outstanding_fen::text as fen, e.outstanding_loans from party_exposure e join party p on p.id = e.party_id
         where p.external_ref in ('1', '2') order by 1`,
      ),
    ).toEqual([
      { external_ref: '1', fen: '3000000', outstanding_loans: 1 },
      { external_ref: '2', fen: '500000', outstanding_loans: 1 },
    ]);
  });
});

describe('what cannot be known is not taken for zero', () => {
  const reports = (sources: object, field: object) =>
    mappingSchema.parse({
      version: 1,
      name: 'reports',
      union: { code: 'IMPORT', name: '导入联社' },
      sources: { people: { file: 'people.csv' }, ...sources },
      records: [
        { record: 'customer', from: 'people', fields: { ref: 'no', name: 'no' } },
        {
          record: 'bureauReport',
          from: 'people',
          fields: { ref: 'no', customer: 'no', reportedOn: { asOf: true }, ...field },
        },
      ],
    });
  const summaryOf = (ref: string) => importing.rows('select summary from bureau_report where external_ref = $1', [ref]);

  it('a count over a source with a line that could not be read is unknown, and the line is told once', async () => {
    const mapping = reports(
      { crb: { file: 'crb.csv' } },
      {
        accountsOverdueNow: { aggregate: { in: 'crb', match: { no: 'no' }, take: 'count' } },
        taxLiens: { aggregate: { in: 'crb', match: { no: 'no' }, take: 'count' } },
      },
    );
    const report = await importing.take(mapping, { 'people.csv': 'no\nR1\n', 'crb.csv': 'no,late\nR1,1,ragged\n' });
    expect(report.refused).toMatchObject([{ file: 'crb.csv', line: 2, faults: [{ code: 'csv.ragged-line' }] }]);
    expect(await summaryOf('R1')).toEqual([{ summary: {} }]);
  });

  it('an expression that cannot be worked out refuses its line, in a field and in a condition', async () => {
    const field = reports({}, { accountsOverdueNow: { expression: '$number(no)' } });
    const report = await importing.take(field, { 'people.csv': 'no\nR2\n' });
    expect(report.refused).toMatchObject([
      { line: 2, faults: [{ path: '/accountsOverdueNow', code: 'import.expression' }] },
    ]);
    const where = {
      ...field,
      records: field.records.map((one) => ({ ...one, where: { expression: '$number(no) > 1' } })),
    };
    expect((await importing.take(where, { 'people.csv': 'no\nR2\n' })).refused[0]).toMatchObject({
      faults: [{ path: '/where', code: 'import.expression' }],
    });
  });

  it('a report that comes again with another content is refused; with the same it is taken', async () => {
    const mapping = reports({}, { accountsOverdueNow: 'late' });
    const take = (late: number) => importing.take(mapping, { 'people.csv': `no,late\nR3,${late}\n` });
    expect((await take(0)).taken.bureauReport).toBe(1);
    expect((await take(0)).taken.bureauReport).toBe(1);
    const differing = await take(3);
    expect(differing.refused).toMatchObject([{ faults: [{ code: 'import.differs' }] }]);
    expect(differing.taken.bureauReport).toBe(0);
    expect(await summaryOf('R3')).toEqual([{ summary: { accountsOverdueNow: 0 } }]);
  });

  it('the same record in two blocks is refused the second time, not overwritten', async () => {
    const mapping = customersMapping(
      {},
      {},
      {
        sources: { people: { file: 'people.csv' }, others: { file: 'others.csv' } },
        records: ['people', 'others'].map((from) => ({
          record: 'customer',
          from,
          fields: { ref: 'no', name: 'name' },
        })),
      },
    );
    const report = await importing.take(mapping, {
      'people.csv': 'no,name\nT1,张三\n',
      'others.csv': 'no,name\nT1,李四\n',
    });
    expect(report.refused).toMatchObject([{ file: 'others.csv', faults: [{ code: 'import.twice' }] }]);
    expect(await importing.rows(`select name from party where external_ref = 'T1'`)).toEqual([{ name: '张三' }]);
  });

  it('a loan line that was refused leaves a gap for its borrower, until it comes in', async () => {
    const mapping = mappingSchema.parse({
      version: 1,
      name: 'gaps',
      union: { code: 'IMPORT', name: '导入联社' },
      sources: { loans: { file: 'loans.csv' } },
      records: [
        {
          record: 'orgUnit',
          from: 'loans',
          where: { column: 'no', in: ['G1'] },
          fields: { ref: { const: 'GB' }, name: 'no', location: { const: 'township' } },
        },
        { record: 'customer', from: 'loans', fields: { ref: 'who', name: 'who' } },
        {
          record: 'loan',
          from: 'loans',
          fields: {
            ref: 'no',
            branch: { const: 'GB' },
            customer: 'who',
            status: { const: 'outstanding' },
            principal: 'sum',
            class: 'class',
            issuedOn: { asOf: true },
          },
        },
      ],
    });
    const gaps = () =>
      importing.rows(
        `select p.external_ref as of, x.source_ref as loan, x.closed_at is null as open from import_gap x join party p on p.id = x.party_id order by 2`,
      );
    await importing.take(mapping, { 'loans.csv': 'no,who,sum,class\nG1,A1,10,normal\nG2,A2,10,LOSS?\n' });
    expect(await gaps()).toEqual([{ of: 'A2', loan: 'G2', open: true }]);
    await importing.take(mapping, { 'loans.csv': 'no,who,sum,class\nG1,A1,10,normal\nG2,A2,10,loss\n' });
    expect(await gaps()).toEqual([{ of: 'A2', loan: 'G2', open: false }]);
    // What was released here stays what was released; a loan of the ledger is what the ledger says (G1).
    await importing.unguarded(`update loan set application_id = gen_random_uuid() where loan_no = 'G1'`);
    const again = await importing.take(mapping, {
      'loans.csv': 'no,who,sum,class\nG1,A1,20,normal\nG2,A2,20,loss\n',
    });
    expect(again.refused).toMatchObject([{ faults: [{ code: 'import.differs' }] }]);
    expect(
      await importing.rows(
        `select loan_no, principal_fen::text as fen from loan where loan_no in ('G1', 'G2') order by 1`,
      ),
    ).toEqual([
      { loan_no: 'G1', fen: '1000' },
      { loan_no: 'G2', fen: '2000' },
    ]);
  });

  it('a column name that stands twice is ambiguous', async () => {
    expect(await faultsOf(customersMapping(), { 'people.csv': 'no,name,name\n1,a,b\n' })).toEqual([
      '/records/0/fields/name mapping.ambiguous-column',
    ]);
  });
});
