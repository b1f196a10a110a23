import type { Verdict } from '../domain/verdict.js';
import type { ApplicationStage } from '../domain/workflow.js';

/** A customer as shown: identity number and phone masked to their last characters. */
export interface CustomerView {
  readonly id: string;
  readonly kind: 'person' | 'organisation';
  readonly name: string;
  readonly identityMasked: string | null;
  readonly birthDate: string | null;
  readonly phoneMasked: string | null;
  readonly address: string | null;
  readonly residence: 'rural' | 'urban' | null;
  readonly insiderStatus: 'none' | 'insider' | 'relative' | null;
  readonly monthlyIncomeFen: number | null;
  readonly incomeAsOf: string | null;
  readonly creditLevel: 'excellent' | 'good' | 'ordinary' | null;
  readonly creditLevelRatedOn: string | null;
  readonly homeUnitId: string | null;
  readonly version: number;
}

export interface HouseholdView {
  readonly id: string;
  readonly code: string;
  readonly members: readonly { readonly customerId: string; readonly role: string; readonly from: string }[];
  readonly version: number;
}

export interface LinkView {
  readonly id: string;
  readonly kind: string;
  readonly customerId: string;
  readonly otherCustomerId: string;
  readonly status: string;
  readonly version: number;
}

export interface ConsentView {
  readonly id: string;
  readonly customerId: string;
  readonly purpose: string;
  readonly signedOn: string;
  readonly expiresOn: string;
}

export interface ApplicationView {
  readonly id: string;
  readonly fileNo: string;
  readonly branchId: string;
  readonly customerId: string;
  readonly productCode: string;
  readonly amountFen: number;
  readonly termMonths: number;
  readonly purpose: string;
  readonly stage: ApplicationStage;
  readonly intakeVerdict: Verdict | null;
  /** What the stage waits for, such as the bureau's answer. */
  readonly waitingFor: string | null;
  readonly submittedOn: string;
  readonly version: number;
}
