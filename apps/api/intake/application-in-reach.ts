import type { Permission } from '#libs/domain/permission.js';
import { inUnionTransaction } from '#libs/persistence/prisma.js';
import { reachOf, reading } from '#libs/persistence/scope.js';
import { ApplicationStore } from '#libs/persistence/stores/application-store.js';
import { type Actor, mayActIn } from '#libs/usecases/actor.js';
import { notFound } from '#libs/usecases/problems.js';
import type { ApplicationView } from '#libs/usecases/views.js';
import { HttpProblem } from '../http/problem-response.js';
import type { Services } from '../http/services.js';

/** The application, if the actor's posts reach its branch; else it is as if it were not there. */
export async function applicationInReach(
  { tools }: Services,
  actor: Actor,
  id: string,
  permission: Permission,
): Promise<ApplicationView> {
  const found = await inUnionTransaction(tools.prisma, reading(reachOf(actor, permission)), (tx) =>
    new ApplicationStore(tx, tools, actor).application(id),
  );
  if (found === null || !mayActIn(actor, permission, found.branchId)) {
    throw new HttpProblem(notFound({ zh: '申请', en: 'application' }));
  }
  return found;
}
