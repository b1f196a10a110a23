import { type CivilDate, dateAtUtc } from '../../domain/civil-date.js';
import { normaliseAddress, normalisePhone } from '../../platform/personal-data.js';
import type { AmendCustomerPort } from '../../usecases/amend-customer.js';
import type { LinkCustomers, LinkCustomersPort } from '../../usecases/link-customers.js';
import type { RecordConsent, RecordConsentPort } from '../../usecases/record-consent.js';
import type { CustomerParticulars, RegisterCustomer, RegisterCustomerPort } from '../../usecases/register-customer.js';
import type { RegisterHousehold, RegisterHouseholdPort } from '../../usecases/register-household.js';
import type { ConsentView, CustomerView, HouseholdView, LinkView } from '../../usecases/views.js';
import { customerView, PARTY_SHOWN } from './customer-view.js';
import { RecordsStore } from './records-store.js';

type Ports = RegisterCustomerPort & AmendCustomerPort & RegisterHouseholdPort & LinkCustomersPort & RecordConsentPort;

const date = (text: string): Date => dateAtUtc(text as CivilDate);
/** Prisma takes a copy with its own array buffer. */
const bytes = (buffer: Buffer) => new Uint8Array(buffer);

/** Customers, households, links and consents. */
export class CustomerStore extends RecordsStore implements Ports {
  async unitExists(id: string): Promise<boolean> {
    return (await this.tx.orgUnit.count({ where: { id } })) === 1;
  }

  async customerByIdentity(number: string): Promise<string | null> {
    const identityBlind = bytes(this.tools.vault.blindIndex('identity', number));
    const [found] = await this.tx.$queryRaw<
      { id: string | null }[]
    >`select customer_of_identity(${identityBlind}) as id`;
    return found?.id ?? null;
  }

  async customer(id: string): Promise<CustomerView | null> {
    const found = await this.tx.party.findFirst({ where: { id }, select: PARTY_SHOWN });
    return found === null ? null : customerView(found);
  }

  async addCustomer(customer: RegisterCustomer & { birthDate: string | null }): Promise<CustomerView> {
    const identity = this.tools.vault.seal('identity', customer.identityNumber);
    const created = await this.tx.party.create({
      data: {
        id: this.tools.ids.next(),
        unionId: this.unionId,
        kind: customer.kind,
        identityKind: customer.kind === 'person' ? 'resident_id' : 'unified_social_credit_code',
        identityCipher: bytes(identity.cipher),
        identityBlind: bytes(identity.blind),
        identityTail: identity.tail,
        birthDate: customer.birthDate === null ? null : date(customer.birthDate),
        homeUnitId: customer.homeUnitId,
        ...this.particulars(customer),
        name: customer.name,
      },
      select: PARTY_SHOWN,
    });
    return customerView(created);
  }

  async changeCustomer(id: string, version: number, particulars: CustomerParticulars): Promise<CustomerView | null> {
    const { count } = await this.tx.party.updateMany({
      where: { id, version },
      data: { ...this.particulars(particulars), version: { increment: 1 } },
    });
    return count === 1 ? this.customer(id) : null;
  }

  /** Columns of what was told; what was not told stays as it is. */
  private particulars(given: CustomerParticulars) {
    const phone = given.phone === undefined ? null : this.tools.vault.seal('phone', normalisePhone(given.phone));
    return {
      ...(given.name === undefined ? {} : { name: given.name }),
      ...(phone === null
        ? {}
        : { phoneCipher: bytes(phone.cipher), phoneBlind: bytes(phone.blind), phoneTail: phone.tail }),
      ...(given.address === undefined
        ? {}
        : {
            address: given.address,
            addressBlind: bytes(this.tools.vault.blindIndex('address', normaliseAddress(given.address))),
          }),
      ...(given.residence === undefined ? {} : { residence: given.residence }),
      ...(given.insiderStatus === undefined ? {} : { insiderStatus: given.insiderStatus }),
      ...(given.monthlyIncomeFen === undefined ? {} : { monthlyIncomeFen: BigInt(given.monthlyIncomeFen) }),
      ...(given.incomeAsOf === undefined ? {} : { incomeAsOf: date(given.incomeAsOf) }),
      ...(given.creditLevel === undefined ? {} : { creditLevel: given.creditLevel }),
      ...(given.creditLevelRatedOn === undefined ? {} : { creditLevelRatedOn: date(given.creditLevelRatedOn) }),
    };
  }

  async householdCodeTaken(code: string): Promise<boolean> {
    return (await this.tx.household.count({ where: { code } })) > 0;
  }

  async addHousehold(household: RegisterHousehold): Promise<HouseholdView> {
    const id = this.tools.ids.next();
    await this.tx.household.create({ data: { id, unionId: this.unionId, code: household.code } });
    await this.tx.householdMember.createMany({
      data: household.members.map(({ customerId, role, from }) => ({
        id: this.tools.ids.next(),
        unionId: this.unionId,
        householdId: id,
        partyId: customerId,
        role,
        validFrom: date(from),
      })),
    });
    return { id, code: household.code, members: household.members, version: 1 };
  }

  async addLink(link: LinkCustomers): Promise<LinkView> {
    const created = await this.tx.partyLink.create({
      data: {
        id: this.tools.ids.next(),
        unionId: this.unionId,
        kind: link.kind,
        fromPartyId: link.customerId,
        toPartyId: link.otherCustomerId,
        status: 'confirmed',
        validFrom: date(link.from),
        source: link.source,
      },
    });
    const { id, kind, fromPartyId, toPartyId, status, version } = created;
    return { id, kind, customerId: fromPartyId, otherCustomerId: toPartyId, status, version };
  }

  async addConsent(consent: RecordConsent, staffId: string | null): Promise<ConsentView> {
    const { id } = await this.tx.bureauConsent.create({
      data: {
        id: this.tools.ids.next(),
        unionId: this.unionId,
        partyId: consent.customerId,
        purpose: consent.purpose,
        signedOn: date(consent.signedOn),
        expiresOn: date(consent.expiresOn),
        evidence: consent.evidence,
        recordedById: staffId,
      },
      select: { id: true },
    });
    const { customerId, purpose, signedOn, expiresOn } = consent;
    return { id, customerId, purpose, signedOn, expiresOn };
  }
}
