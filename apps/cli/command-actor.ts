import { userInfo } from 'node:os';
import { civilDateOf } from '#libs/domain/civil-date.js';
import type { Clock, IdSource } from '#libs/domain/clock.js';
import type { Actor } from '#libs/usecases/actor.js';

/** Who acts where a command does: the person at the machine, under no post. */
export function commandActor(tools: { clock: Clock; ids: IdSource }, unionId: string, what: string): Actor {
  const at = tools.clock.now();
  return {
    unionId,
    staffId: null,
    name: `${what}: ${userInfo().username}`,
    appointments: [],
    requestId: tools.ids.next(),
    at,
    businessDate: civilDateOf(at),
  };
}
