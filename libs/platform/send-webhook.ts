import { Webhook } from 'standardwebhooks';

const GIVES_UP_AFTER_MS = 5000;

export interface SignedMessage {
  readonly url: string;
  readonly secret: string;
  readonly id: string;
  readonly body: object;
}

/**
 * Posts a message signed by HMAC-SHA256 as Standard Webhooks has it (webhook-id, webhook-timestamp, webhook-signature).
 * Gives the status answered, or null where nobody answered in time. A redirect is not followed.
 */
export async function sendWebhook({ url, secret, id, body }: SignedMessage, at: Date): Promise<number | null> {
  const text = JSON.stringify(body);
  const headers = {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': new Webhook(secret).sign(id, at, text),
  };
  const signal = AbortSignal.timeout(GIVES_UP_AFTER_MS);
  return fetch(url, { method: 'POST', headers, body: text, redirect: 'manual', signal }).then(
    async (response) => {
      await response.body?.cancel();
      return response.status;
    },
    () => null,
  );
}
