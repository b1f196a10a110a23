import { type DemoAnswer, DemoClient } from '../../demo/demo-client.js';

/** A command that was sent, and whether its success was heard. */
export interface SentCommand {
  readonly key: string;
  readonly path: string;
  readonly body: string | null;
  acknowledged: boolean;
  /** Sends the very same again. */
  again(): Promise<DemoAnswer>;
}

/** The service was killed, or could not serve: what came of the command is not known. */
export class CutOff extends Error {}

/** Remembers every command with its key. */
export class RecordingClient extends DemoClient {
  private commands: SentCommand[] = [];

  /** The commands since the last time; those that were refused are left out: nothing of them has happened. */
  take(): SentCommand[] {
    const taken = this.commands;
    this.commands = [];
    return taken;
  }

  protected override async send(
    method: string,
    login: string,
    path: string,
    headers: Record<string, string>,
    body?: string | Uint8Array<ArrayBuffer>,
  ): Promise<DemoAnswer> {
    const again = (): Promise<DemoAnswer> => super.send(method, login, path, headers, body);
    const key = headers['idempotency-key'];
    const command =
      key === undefined
        ? null
        : { key, path, body: typeof body === 'string' ? body : null, acknowledged: false, again };
    if (command !== null) this.commands.push(command);
    const answer = await again().catch((cause: Error) => {
      throw new CutOff(cause.message);
    });
    if (answer.status >= 500) throw new CutOff(`${answer.status}`);
    if (command === null) return answer;
    if (answer.status < 300) command.acknowledged = true;
    else this.commands = this.commands.filter((one) => one !== command);
    return answer;
  }
}
