import type { Clock } from '../domain/clock.js';

/** A clock that stands still until a test moves it. */
export class SettableClock implements Clock {
  constructor(private at: Date) {}

  now(): Date {
    return this.at;
  }

  set(at: string): void {
    this.at = new Date(at);
  }

  advanceSeconds(seconds: number): void {
    this.at = new Date(this.at.getTime() + seconds * 1000);
  }
}
