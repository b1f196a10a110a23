/** The one source of time; injected, so that tests and simulations set it. */
export interface Clock {
  now(): Date;
}

/** The one source of identifiers: UUIDv7, ascending in time. */
export interface IdSource {
  next(): string;
}
