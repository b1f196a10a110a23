import { z } from 'zod';
import { parseCreditCode, parseResidentId } from '../../domain/identity.js';
import { civilDate, longText, shortText, uuid } from './values.js';

const phone = z.string().regex(/^[0-9+() -]{5,30}$/, 'must be 5 to 30 digits, spaces, +, - or brackets');

const described = {
  name: shortText,
  phone: phone.optional(),
  address: longText.optional(),
  residence: z.enum(['rural', 'urban']).optional(),
  insiderStatus: z.enum(['none', 'insider', 'relative']).optional(),
  monthlyIncomeFen: z.int().min(0).max(Number.MAX_SAFE_INTEGER).optional(),
  incomeAsOf: civilDate.optional(),
  creditLevel: z.enum(['excellent', 'good', 'ordinary']).optional(),
  creditLevelRatedOn: civilDate.optional(),
};

const identityFits = (kind: 'person' | 'organisation', number: string): boolean =>
  kind === 'person' ? parseResidentId(number) !== null : parseCreditCode(number) !== null;

const identityFault = {
  error: 'the identity number fails its check character',
  path: ['identityNumber'],
  params: { code: 'input.identity', zh: '证件号码校验不符' },
};

export const registerCustomerBody = z
  .strictObject({
    kind: z.enum(['person', 'organisation']),
    identityNumber: z.string().trim().min(15).max(18),
    ...described,
    homeUnitId: uuid,
  })
  .refine(({ kind, identityNumber }) => identityFits(kind, identityNumber), identityFault);
export type RegisterCustomerBody = z.infer<typeof registerCustomerBody>;

export const amendCustomerBody = z.strictObject({ ...described, name: shortText.optional() });
export type AmendCustomerBody = z.infer<typeof amendCustomerBody>;

export const registerHouseholdBody = z.strictObject({
  code: shortText,
  members: z
    .array(
      z.strictObject({
        customerId: uuid,
        role: z.enum(['head', 'spouse', 'child', 'parent', 'other']),
        from: civilDate,
      }),
    )
    .min(1)
    .max(50),
});
export type RegisterHouseholdBody = z.infer<typeof registerHouseholdBody>;

export const linkCustomersBody = z.strictObject({
  otherCustomerId: uuid,
  kind: z.enum(['spouse', 'relative', 'controller', 'guarantor', 'joint_guarantee']),
  from: civilDate,
  source: shortText,
});
export type LinkCustomersBody = z.infer<typeof linkCustomersBody>;

export const recordConsentBody = z.strictObject({
  purpose: shortText,
  signedOn: civilDate,
  expiresOn: civilDate,
  evidence: shortText.describe('Archive number or SHA-256 of the signed paper'),
});
export type RecordConsentBody = z.infer<typeof recordConsentBody>;

export const inHouseSearchBody = z
  .strictObject({
    identityNumber: z.string().trim().min(15).max(18).optional(),
    name: shortText.optional(),
    birthDate: civilDate.optional(),
    phone: phone.optional(),
    householdCode: shortText.optional(),
    purpose: shortText,
  })
  .refine((body) => Boolean(body.identityNumber ?? body.phone ?? body.householdCode ?? (body.name && body.birthDate)), {
    error: 'give an identity number, a phone, a household, or a name with a birth date',
    params: { code: 'input.nothing-to-search', zh: '须给出证件号、电话、户号，或姓名加出生日期' },
  })
  .refine(
    ({ identityNumber }) =>
      identityNumber === undefined ||
      parseResidentId(identityNumber) !== null ||
      parseCreditCode(identityNumber) !== null,
    identityFault,
  );
export type InHouseSearchBody = z.infer<typeof inHouseSearchBody>;
