import { type CivilDate, civilDateFromUtc, dateAtUtc } from '../../domain/civil-date.js';
import type { Actor } from '../../usecases/actor.js';
import type { BureauReportReceived, CloseQueryPort, OpenQueryPort } from '../../usecases/query-bureau.js';
import type { SubmitApplication, SubmitApplicationPort } from '../../usecases/submit-application.js';
import type { ApplicationView } from '../../usecases/views.js';
import type { WithdrawApplicationPort } from '../../usecases/withdraw-application.js';
import type { LoanApplication } from '../generated/client.js';
import { RecordsStore } from './records-store.js';

type Ports = SubmitApplicationPort & WithdrawApplicationPort & OpenQueryPort & CloseQueryPort;

const date = (text: string): Date => dateAtUtc(text as CivilDate);
export const WITH_PRODUCT = { product: { select: { code: true } } } as const;

export const applicationView = (row: LoanApplication & { product: { code: string } }): ApplicationView => ({
  id: row.id,
  fileNo: row.fileNo,
  branchId: row.branchId,
  customerId: row.partyId,
  productCode: row.product.code,
  amountFen: Number(row.amountFen),
  termMonths: row.termMonths,
  purpose: row.purpose,
  stage: row.stage,
  intakeVerdict: row.intakeVerdict,
  waitingFor: row.waitingFor,
  submittedOn: civilDateFromUtc(row.submittedOn),
  version: row.version,
});

/** Applications and the bureau queries made for them. */
export class ApplicationStore extends RecordsStore implements Ports {
  async lendingUnit(id: string): Promise<{ open: boolean } | null> {
    const unit = await this.tx.orgUnit.findFirst({ where: { id }, select: { kind: true, closedOn: true } });
    if (unit === null) return null;
    const lends = ['branch', 'sub_branch', 'business_department'].includes(unit.kind);
    return { open: lends && (unit.closedOn === null || unit.closedOn > date(this.actor.businessDate)) };
  }

  async productInForce(code: string, on: string): Promise<string | null> {
    const product = await this.tx.product.findFirst({
      where: { code, activeFrom: { lte: date(on) }, OR: [{ activeTo: null }, { activeTo: { gte: date(on) } }] },
      select: { id: true },
    });
    return product?.id ?? null;
  }

  async addApplication(application: SubmitApplication & { productId: string }, actor: Actor): Promise<ApplicationView> {
    const id = this.tools.ids.next();
    const created = await this.tx.loanApplication.create({
      data: {
        id,
        unionId: this.unionId,
        fileNo: await this.nextFileNo(actor.businessDate),
        branchId: application.branchId,
        partyId: application.customerId,
        productId: application.productId,
        amountFen: BigInt(application.amountFen),
        termMonths: application.termMonths,
        instalmentFen: application.monthlyInstalmentFen === undefined ? null : BigInt(application.monthlyInstalmentFen),
        purpose: application.purpose,
        stage: 'intake',
        officerId: actor.staffId,
        exceptionClause: application.exception?.clause ?? null,
        ...(application.exception === undefined ? {} : { exceptionPapers: [...application.exception.papers] }),
        submittedOn: date(actor.businessDate),
        submittedAt: actor.at,
        stageSince: actor.at,
      },
      include: WITH_PRODUCT,
    });
    await this.tx.guarantee.createMany({
      data: application.guarantorIds.map((guarantorId) => ({
        id: this.tools.ids.next(),
        unionId: this.unionId,
        applicationId: id,
        guarantorId,
        kind: 'guarantee' as const,
        validFrom: date(actor.businessDate),
      })),
    });
    return applicationView(created);
  }

  /** Loan file numbers count per union and year. */
  private async nextFileNo(on: string): Promise<string> {
    const year = Number(on.slice(0, 4));
    const [row] = await this.tx.$queryRaw<
      { next: number }[]
    >`select next_number(${this.unionId}::uuid, 'application', ${year}::int) as next`;
    return `${year}-${String(row?.next ?? 0).padStart(6, '0')}`;
  }

  async application(id: string): Promise<ApplicationView | null> {
    const found = await this.tx.loanApplication.findFirst({ where: { id }, include: WITH_PRODUCT });
    return found === null ? null : applicationView(found);
  }

  async closeApplication(id: string, version: number, reason: string, at: Date): Promise<ApplicationView | null> {
    const { count } = await this.tx.loanApplication.updateMany({
      where: { id, version },
      data: { stage: 'withdrawn', waitingFor: null, closedAt: at, closedReason: reason, version: { increment: 1 } },
    });
    return count === 1 ? this.application(id) : null;
  }

  async applicant(applicationId: string) {
    const found = await this.tx.loanApplication.findFirst({
      where: { id: applicationId },
      select: { branchId: true, partyId: true, stage: true, party: { select: { name: true, identityCipher: true } } },
    });
    if (found === null) return null;
    const { branchId, partyId: customerId, stage, party } = found;
    const identityNumber = party.identityCipher === null ? null : this.tools.vault.decrypt(party.identityCipher);
    return { branchId, customerId, stage, name: party.name, identityNumber };
  }

  async consentInForce(customerId: string, on: string) {
    return this.tx.bureauConsent.findFirst({
      where: {
        partyId: customerId,
        signedOn: { lte: date(on) },
        expiresOn: { gte: date(on) },
        OR: [{ revokedOn: null }, { revokedOn: { gt: date(on) } }],
      },
      orderBy: { signedOn: 'desc' },
      select: { id: true, purpose: true },
    });
  }

  async openQuery(
    query: { applicationId: string; customerId: string; consentId: string; purpose: string },
    actor: Actor,
  ): Promise<string> {
    const { id } = await this.tx.bureauQuery.create({
      data: {
        id: this.tools.ids.next(),
        unionId: this.unionId,
        partyId: query.customerId,
        applicationId: query.applicationId,
        consentId: query.consentId,
        purpose: query.purpose,
        outcome: 'pending',
        requestedAt: actor.at,
        requestedById: actor.staffId,
      },
      select: { id: true },
    });
    return id;
  }

  async closeQuery(
    queryId: string,
    outcome: 'answered' | 'unavailable' | 'invalid',
    detail: string | null,
    at: Date,
  ): Promise<void> {
    await this.tx.bureauQuery.updateMany({
      where: { id: queryId },
      data: { outcome, detail, answeredAt: outcome === 'answered' ? at : null, attempts: { increment: 1 } },
    });
  }

  async keepReport(
    report: BureauReportReceived,
    query: { queryId: string; customerId: string; provider: string },
    at: Date,
  ): Promise<string> {
    const { id } = await this.tx.bureauReport.create({
      data: {
        id: this.tools.ids.next(),
        unionId: this.unionId,
        partyId: query.customerId,
        queryId: query.queryId,
        provider: query.provider,
        reportedOn: date(report.reportedOn),
        receivedAt: at,
        wholeCipher: new Uint8Array(this.tools.vault.encrypt(report.whole)),
        summary: { ...report.summary },
      },
      select: { id: true },
    });
    return id;
  }
}
