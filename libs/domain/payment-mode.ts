/** To the borrower's own account (自主支付), or by entrusted payment to the payee (受托支付). */
export const PAYMENT_MODES = ['own_account', 'entrusted'] as const;
export type PaymentMode = (typeof PAYMENT_MODES)[number];
