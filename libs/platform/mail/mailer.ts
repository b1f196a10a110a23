import { createTransport } from 'nodemailer';

export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** The same for a mail that is sent again, so that a reader's program shows it once. */
  readonly messageId: string;
}

/** Sends mails; throws where the server does not take one, so that the queue tries again. */
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
      await transport.sendMail({ from, to, subject, text, messageId: `<${messageId}@wugang>` });
    },
    close: () => transport.close(),
  };
}
