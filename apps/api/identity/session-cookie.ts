import type { FastifyReply } from 'fastify';
import type { OpenedSession } from '#libs/usecases/sign-in.js';
import { SESSION_COOKIE } from '../http/session.guard.js';

/** Hands the session over in a cookie that no script reads and no other site sends. */
export function setSessionCookie(reply: FastifyReply, { token, expiresAt }: OpenedSession, secure: boolean): void {
  reply.setCookie(SESSION_COOKIE, token, { httpOnly: true, sameSite: 'strict', path: '/', expires: expiresAt, secure });
}
