export interface RunningWorker {
  stop(): Promise<void>;
}

/** Does work again and again with pauses until stopped; what fails is told, and tried again at the next turn. */
export function startLoop(
  everyMs: number,
  work: () => Promise<unknown>,
  onError: (error: Error) => void,
): RunningWorker {
  let stopped = false;
  let wake: () => void = () => {};
  const loop = async (): Promise<void> => {
    while (!stopped) {
      await work().catch(onError);
      await new Promise<void>((resolve) => {
        wake = resolve;
        setTimeout(resolve, everyMs).unref();
      });
    }
  };
  const running = loop();
  return {
    async stop() {
      stopped = true;
      wake();
      await running;
    },
  };
}
