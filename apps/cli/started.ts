/** What was started, in order; stopped in the opposite order, each part even where another fails. */
export class Started {
  private readonly stops: (() => Promise<void>)[] = [];

  onStop(stop: () => Promise<void>): void {
    this.stops.push(stop);
  }

  async stopAll(): Promise<void> {
    for (const stop of this.stops.reverse())
      await stop().catch((cause: Error) => process.stderr.write(`wugang: while stopping: ${cause.message}\n`));
  }
}
