/** How a person showed who they are. */
export const SIGN_IN_METHODS = ['password', 'password_and_code', 'password_and_recovery_code', 'oidc'] as const;
export type SignInMethod = (typeof SIGN_IN_METHODS)[number];
