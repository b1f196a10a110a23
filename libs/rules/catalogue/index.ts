import type { Catalogue, FactDefinition } from '../fact-definition.js';
import { APPLICATION_FACTS } from './application-facts.js';
import { BUREAU_FACTS } from './bureau-facts.js';
import { LEDGER_FACTS } from './ledger-facts.js';
import { POLICY_FACTS } from './policy-facts.js';
import { SECURITY_FACTS } from './security-facts.js';
import { WORKFLOW_FACTS } from './workflow-facts.js';

/** Known to the command that asks, not to the gatherer. */
const OF_COMMAND = WORKFLOW_FACTS;

const GATHERED = { ...APPLICATION_FACTS, ...BUREAU_FACTS, ...LEDGER_FACTS };

export type GatheredFactName = keyof typeof GATHERED;
export type SecurityFactName = keyof typeof SECURITY_FACTS;

/** Every fact and parameter that a rule may name. */
export const CATALOGUE: Catalogue = new Map<string, FactDefinition>(
  Object.entries({ ...GATHERED, ...SECURITY_FACTS, ...OF_COMMAND, ...POLICY_FACTS }),
);

export const isPolicyFact = (name: string): boolean => name.startsWith('policy.');
