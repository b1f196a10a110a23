/** Somebody else's way to decide the same rows by the same rules. */
export interface Contender {
  readonly name: string;
  /** Rows in one pass. */
  readonly rows: number;
  readonly pass: () => Promise<unknown> | unknown;
}
