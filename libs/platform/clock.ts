import { v7 } from 'uuid';
import type { Clock, IdSource } from '../domain/clock.js';

export const systemClock: Clock = { now: () => new Date() };
export const systemIds: IdSource = { next: () => v7() };
