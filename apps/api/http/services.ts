export type { Services } from '#libs/persistence/services.js';

export const SERVICES = Symbol('services');
