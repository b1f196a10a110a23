import { randomUUID } from 'node:crypto';
import { creditCodeCheckCharacter } from '#libs/domain/identity.js';
import { TestApi, TODAY } from '../support/api.js';
import { must } from '../support/journey.js';
import { PEOPLE, Walk } from './walk.js';

export const png = Buffer.from(
  '89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360f8cf500f0003820180a4e5a3b10000000049454e44ae426082',
  'hex',
);

const FIRST_17 = ['91629100MA1000001', '91629100MA1000002', '91629100MA1000003', '91629100MA1000004'] as const;

/** Credit codes of four firms. */
export const CODES = FIRST_17.map((first17) => first17 + creditCodeCheckCharacter(first17)) as [
  string,
  string,
  string,
  string,
];

export interface MadeFirm {
  readonly id: string;
  readonly creditCode: string;
  readonly name: string;
  readonly seal: string;
  readonly signature: string;
}

interface SecurityTraits {
  readonly class?: string;
  readonly securedFen?: number;
  readonly certificateNo?: string;
  readonly title?: string | null;
  readonly marketFen?: number | null;
  readonly valueFen?: number;
  readonly reportNo?: string;
  readonly appraisedOn?: string;
  readonly validUntil?: string;
  readonly firm: { name: string; creditCode: string };
  readonly report?: string;
  readonly signer?: string;
}

/** Firms, panels and collateral, as their people record them. */
export class Security {
  constructor(private readonly walk: Walk) {}

  /** A firm with a seal and a signature as specimens; on no panel. */
  async firm(creditCode: string, name: string): Promise<MadeFirm> {
    const head = await this.walk.as('creditHead');
    const { id } = must(201, await head.post('/api/v1/appraisal-firms', { name, creditCode })).body;
    const specimen = async (kind: string) =>
      must(
        201,
        await head.upload(
          `/api/v1/appraisal-firms/${id}/specimens?kind=${kind}&holder=${encodeURIComponent(name)}&validFrom=2026-01-01`,
          'image/png',
          png,
        ),
      ).body.id;
    return { id, creditCode, name, seal: await specimen('seal'), signature: await specimen('signature') };
  }

  /** Puts firms on the panel of the year by tender. */
  async panel(firms: readonly MadeFirm[], year = 2026): Promise<void> {
    const head = await this.walk.as('creditHead');
    must(
      201,
      await head.post('/api/v1/appraisal-panels', {
        year,
        decidedOn: `${year}-01-05`,
        basis: '招标会议纪要',
        record: { chosenBy: 'tender', bids: firms.map(({ id }, n) => ({ firmId: id, scoreHundredths: 9000 - n })) },
        firms: firms.map(({ id }) => ({
          firmId: id,
          agreementFrom: `${year}-01-10`,
          agreementTo: `${year}-12-31`,
        })),
      }),
    );
  }

  /** A thing with title, market and report, good ones unless the traits say otherwise. Gives its id. */
  async secured(id: string, traits: SecurityTraits, route: 'within' | 'over' = 'within'): Promise<string> {
    const who = PEOPLE[route].investigator;
    const at = `collateral`;
    const added = must(
      201,
      await this.walk.act(who, id, at, {
        class: traits.class ?? 'housing',
        description: '青石街住房一套',
        ownerName: '客户',
        certificateNo: traits.certificateNo ?? `Q-${randomUUID()}`,
        securedFen: traits.securedFen ?? 2_000_000,
      }),
    ).body;
    if (traits.title !== null) must(201, await this.checked(id, added.id, traits.title ?? 'clear', TODAY, who));
    if (traits.marketFen !== null) {
      for (const share of [90, 100, 130]) {
        must(
          201,
          await this.walk.act(who, id, `${at}/${added.id}/market-evidence`, {
            source: '二手房成交',
            observedOn: TODAY,
            valueFen: ((traits.marketFen ?? 10_000_000) * share) / 100,
            evidence: '网签 1',
          }),
        );
      }
    }
    must(201, await this.appraised(id, added.id, traits, who));
    return added.id;
  }

  checked(id: string, collateralId: string, outcome: string, checkedOn = TODAY, who = PEOPLE.within.investigator) {
    return this.walk.act(who, id, `collateral/${collateralId}/title-checks`, {
      registry: '县不动产登记中心',
      checkedOn,
      outcome,
      evidence: '查询结果 1',
    });
  }

  async appraised(id: string, collateralId: string, traits: SecurityTraits, who = PEOPLE.within.investigator) {
    const documentId = await this.walk.paper(id, 'appraisal_report', traits.report);
    return this.walk.act(who, id, `collateral/${collateralId}/appraisals`, {
      firmName: traits.firm.name,
      firmCreditCode: traits.firm.creditCode,
      reportNo: traits.reportNo ?? `R-${randomUUID()}`,
      signer: traits.signer ?? traits.firm.name,
      appraisedOn: traits.appraisedOn ?? '2026-11-01',
      validUntil: traits.validUntil ?? '2027-10-31',
      valueFen: traits.valueFen ?? 10_000_000,
      documentId,
    });
  }

  /** The reviewer's word on the newest report's seal and signature. */
  async compared(
    id: string,
    firm: MadeFirm,
    outcomes: { seal?: string; signature?: string } = { seal: 'matches', signature: 'matches' },
    reviewer = PEOPLE.within.reviewers[0]!,
  ): Promise<void> {
    const auditor = await this.walk.as('auditor');
    const { items } = must(200, await auditor.get(`/api/v1/applications/${id}/collateral`)).body;
    for (const thing of items) {
      for (const [kind, outcome] of Object.entries(outcomes)) {
        must(
          201,
          await this.walk.act(
            reviewer,
            id,
            `collateral/${thing.id}/appraisals/${thing.appraisals.at(-1).id}/comparisons`,
            { specimenId: firm[kind as 'seal' | 'signature'], outcome, opinion: '逐项比对' },
          ),
        );
      }
    }
  }

  /** Collateral as `traits` say, investigated, and set against the firm's specimens; what the review's check finds. */
  async found(
    firm: MadeFirm,
    traits: Partial<SecurityTraits> = {},
    compare: { seal?: string; signature?: string } | null | undefined = undefined,
  ): Promise<{ id: string; rules: Record<string, string> }> {
    const id = await this.walk.accepted();
    await this.secured(id, { firm, ...traits });
    await this.walk.investigated(id);
    if (compare !== null) await this.compared(id, firm, compare);
    return { id, rules: this.rules(await this.walk.checked(id)) };
  }

  rules(response: { body: { findings: { ruleId: string; verdict: string }[] } }): Record<string, string> {
    return Object.fromEntries(response.body.findings.map(({ ruleId, verdict }) => [ruleId, verdict]));
  }
}

/** `Security.found` for the firm of a test. */
export type Found = (
  traits?: Partial<SecurityTraits>,
  compare?: { seal?: string; signature?: string } | null,
) => ReturnType<Security['found']>;

/** An API with two firms on the panel of the year, and one that is on none. */
export async function startSecurity() {
  const api = await TestApi.start();
  const walk = new Walk(api);
  const security = new Security(walk);
  await api.records.authority(api.union.units.qingshi, 'rural_personal', 10_000_000);
  const [one, two, three] = CODES;
  const firm = await security.firm(one, '正衡评估');
  const other = await security.firm(two, '公信评估');
  const outsider = await security.firm(three, '外地评估');
  await security.panel([firm, other]);
  return { api, walk, security, firm, other, outsider };
}
