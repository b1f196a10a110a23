import type { Post } from '#libs/domain/post.js';
import { sitsAt } from '#libs/domain/post-place.js';
import type { Place } from '../people.js';
import type { Allowed } from './allowed.js';

/** open: it may be used on the target; blind: it answers, and shows nothing of the target; shut: refused. */
type Expected = 'open' | 'blind' | 'shut';

const seesAllUnits = (post: Post): boolean => sitsAt(post, 'department') && !sitsAt(post, 'branch');

/** What a person of a post at a place may do by a route with the targets; a route that nobody listed is shut to all. */
export function expected(
  allowed: Allowed | undefined,
  person: { readonly post: Post; readonly place: Place } | null,
): Expected {
  if (allowed === undefined || allowed.reach === 'nobody') return 'shut';
  if (allowed.reach === 'public') return 'open';
  if (person === null) return 'shut';
  if (allowed.reach === 'self') return 'blind';
  if (!allowed.posts.includes(person.post)) return 'shut';
  const { place } = person;
  switch (allowed.reach) {
    case 'new':
      return 'blind';
    case 'union':
      return place === 'foreign' ? 'shut' : 'open';
    case 'union-list':
      return place === 'foreign' ? 'blind' : 'open';
    case 'unit':
      return place === 'own' || (place === 'other' && seesAllUnits(person.post)) ? 'open' : 'shut';
    case 'unit-list':
      return place === 'own' || (place === 'other' && seesAllUnits(person.post)) ? 'open' : 'blind';
  }
}
