import type { Known } from './fuzz/json-schema.js';
import type { Targets } from './targets.js';

const today = (): string => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);

/** Fields that take the id of a target, a value that its record has, or a day that is today. */
export function knownValues(targets: Targets): Known {
  const of = (name: string): string[] => [targets[name] ?? ''];
  const values: Readonly<Record<string, readonly unknown[]>> = {
    branchId: of('unit'),
    unitId: of('unit'),
    homeUnitId: of('unit'),
    customerId: of('customer'),
    otherId: of('customer'),
    other: of('customer'),
    staffId: of('staff'),
    toStaffId: of('staff'),
    firmId: of('firm'),
    specimenId: of('specimen'),
    documentId: of('document'),
    purposeDocumentId: of('document'),
    identityNumber: of('identityNumber'),
    phone: of('phone'),
    productCode: ['rural-personal'],
    joinedOn: [today()],
    from: [today()],
    validFrom: [today()],
    signedOn: [today()],
    leftOn: [today()],
    visitedOn: [today()],
    checkedOn: [today()],
    observedOn: ['2026-01-05'],
    expiresOn: [today()],
  };
  return (name) => values[name];
}
