import { type Logger, pino } from 'pino';

/** Structured logs to standard error. What could carry personal data or secrets is left out by name. */
export const createLogger = (level: string): Logger =>
  pino(
    {
      level,
      redact: {
        paths: [
          '*.identityNumber',
          '*.phone',
          '*.password',
          '*.passwordHash',
          'req.headers.cookie',
          '*.connectionString',
        ],
        censor: '[hidden]',
      },
    },
    pino.destination(2),
  );
