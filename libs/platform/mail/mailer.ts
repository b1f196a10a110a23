import { createTransport } from 'nodemailer';

export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** The same for a mail that is sent again, so that a reader's program shows it once. */
  readonly messageId: string;
}

/** A server that did not take a mail: its code alone, never the address that its words may hold. */
export class MailNotTaken extends Error {
  constructor(
    code: string,
    /** True where sending it again would change nothing. */
    readonly forGood: boolean,
  ) {
    super(`the mail was not taken: ${code}`);
  }
}

/** Sends mails; throws MailNotTaken where the server does not take one, so that the queue tries again. */
export interface Mailer {
  send(mail: Mail): Promise<void>;
  close(): void;
}

const GIVES_UP_AFTER_MS = 10_000;

/** A mailer over an SMTP server: smtp:// or smtps:// with user and password in the address. */
export function smtpMailer(url: string, from: string): Mailer {
  const transport = createTransport({
    url,
    connectionTimeout: GIVES_UP_AFTER_MS,
    greetingTimeout: GIVES_UP_AFTER_MS,
    socketTimeout: GIVES_UP_AFTER_MS,
  });
  return {
    async send({ to, subject, text, messageId }) {
      const mail = { from, to, subject, text, messageId: `<${messageId}@wugang>` };
      await transport
        .sendMail(mail)
        .catch(({ code = '', responseCode = 0 }: { code?: string; responseCode?: number }) => {
          throw new MailNotTaken(`${code} ${responseCode}`.trim(), responseCode >= 500);
        });
    },
    close: () => transport.close(),
  };
}
