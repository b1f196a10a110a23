import type { Permission } from '../domain/permission.js';
import { type Actor, type Units, unitsFor } from '../usecases/actor.js';

/** Whose rows a transaction sees and writes: of one union, and within it of these units. Held by the database's policies. */
export interface Scope {
  readonly unionId: string;
  readonly units: Units;
  readonly readOnly?: true;
}

/** What an actor's posts reach by a permission. */
export const reachOf = (actor: Actor, permission: Permission): Scope => ({
  unionId: actor.unionId,
  units: unitsFor(actor, permission),
});

/** For what belongs to no unit: sessions, books, the audit trail, the organisation, the outbox. */
export const ofNoUnit = (unionId: string): Scope => ({ unionId, units: [] });

/** Every branch. Who asks for it stands in the list of `test/architecture/unit-scope.test.ts`, with the reason. */
export const wholeUnion = (unionId: string): Scope => ({ unionId, units: 'all' });

/** The same in a transaction that can write nothing. */
export const reading = (scope: Scope): Scope => ({ ...scope, readOnly: true });

/** A scope as the values of `SCOPE_SQL`. */
export const settingsOf = ({ unionId, units, readOnly }: Scope): [string, string, 'on' | 'off'] => [
  unionId,
  units === 'all' ? 'all' : units.join(','),
  readOnly === true ? 'on' : 'off',
];
