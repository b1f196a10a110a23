import type { CivilDate } from '../domain/civil-date.js';
import { type Permission, permissionsOf } from '../domain/permission.js';
import type { Post } from '../domain/post.js';

/** A post appointment in force today. */
export interface ActiveAppointment {
  /** Null where a job acts. */
  readonly id: string | null;
  readonly post: Post;
  readonly unitId: string;
  /** Head-office units see all branches; a branch sees itself. */
  readonly headOffice: boolean;
}

/** Who acts, in one request: known from the session, never from a header or a body. */
export interface Actor {
  readonly unionId: string;
  readonly staffId: string | null;
  /** Login, or the name of the job that acts. */
  readonly name: string;
  readonly appointments: readonly ActiveAppointment[];
  readonly requestId: string;
  readonly at: Date;
  readonly businessDate: CivilDate;
}

export const holds = (actor: Actor, permission: Permission): boolean =>
  actor.appointments.some(({ post }) => permissionsOf(post).includes(permission));

/** Every unit of the union, or some. */
export type Units = 'all' | readonly string[];

const unitsOf = (appointments: readonly ActiveAppointment[]): Units =>
  appointments.some(({ headOffice }) => headOffice) ? 'all' : [...new Set(appointments.map(({ unitId }) => unitId))];

/** The units in which the actor holds a permission: 'all' from a head-office post. */
export const unitsFor = (actor: Actor, permission: Permission): Units =>
  unitsOf(actor.appointments.filter(({ post }) => permissionsOf(post).includes(permission)));

/** The units in which the actor holds any post. */
export const unitsOfPosts = (actor: Actor): Units => unitsOf(actor.appointments);

export function mayActIn(actor: Actor, permission: Permission, unitId: string): boolean {
  const units = unitsFor(actor, permission);
  return units === 'all' || units.includes(unitId);
}

/** Whether at least one of these units, null where there is none, is within the actor's posts. */
export const mayActInAny = (actor: Actor, permission: Permission, unitIds: Iterable<string | null>): boolean =>
  [...unitIds].some((unitId) => unitId !== null && mayActIn(actor, permission, unitId));

/**
 * The appointment under which an act is recorded in the audit trail: of several that give the permission the one at the
 * unit that the act is about, else one that reaches it from head office.
 */
export function actingAppointment(actor: Actor, permission: Permission, unitId?: string): string | null {
  const granting = actor.appointments.filter(({ post }) => permissionsOf(post).includes(permission));
  const there = granting.find((one) => one.unitId === unitId) ?? granting.find(({ headOffice }) => headOffice);
  return (there ?? granting[0])?.id ?? null;
}

/** Whether any post of the actor's lies at a unit or above it, whatever it allows there; a job reaches all. */
export const reaches = (actor: Actor, unitId: string): boolean =>
  actor.staffId === null || actor.appointments.some((held) => held.headOffice || held.unitId === unitId);
