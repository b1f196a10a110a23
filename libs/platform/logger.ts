import { type DestinationStream, type Logger, pino } from 'pino';
import { scrubLine } from './scrub.js';

const NAMES = [
  'identityNumber',
  'phone',
  'password',
  'passwordHash',
  'secret',
  'token',
  'sessionToken',
  'connectionString',
  'cookie',
  'authorization',
  '["set-cookie"]',
  '["idempotency-key"]',
  'body',
  'response',
];
/** How deep a name is looked for; what lies deeper is held by the scrubbing of the line alone. */
const DEPTH = 4;

const pathsOf = (name: string): string[] =>
  Array.from({ length: DEPTH }, (_, depth) => {
    const above = Array.from({ length: depth }, () => '*').join('.');
    return above === '' || name.startsWith('[') ? `${above}${name}` : `${above}.${name}`;
  });

/** Structured logs to standard error. What could carry personal data or secrets is left out by name, then by its form. */
export const createLogger = (level: string, destination: DestinationStream = pino.destination(2)): Logger =>
  pino(
    { level, redact: { paths: NAMES.flatMap(pathsOf), censor: '[hidden]' }, hooks: { streamWrite: scrubLine } },
    destination,
  );
