import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { z } from 'zod';
import type { S3Place } from './documents/s3-store.js';
import type { ProviderSettings } from './oidc/identity-provider.js';
import { providerOf, providerSettings } from './oidc/provider-settings.js';

/** An address, a network or a name that Fastify knows. Not `true`: then everybody could say who he is. */
const isProxy = (one: string): boolean => {
  const [address = '', bits, ...more] = one.split('/');
  if (['loopback', 'linklocal', 'uniquelocal'].includes(one)) return true;
  const most = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1;
  return more.length === 0 && (bits === undefined ? most > 0 : /^\d{1,3}$/.test(bits) && Number(bits) <= most);
};

const perMinute = (otherwise: number) => z.coerce.number().int().min(1).max(1_000_000).default(otherwise);

const settings = z.object({
  NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  HOST: z.string().default('127.0.0.1'),
  WUGANG_DATA_DIR: z.string().min(1).default('.wugang'),
  WUGANG_SECRET_KEY: z
    .string()
    .regex(/^[0-9a-f]{64}$/i, '64 hexadecimal digits')
    .optional(),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'a postgresql:// address')
    .optional(),
  REDIS_URL: z
    .string()
    .regex(/^rediss?:\/\//, 'a redis:// address')
    .optional(),
  BUREAU_URL: z.url().optional(),
  BUREAU_TIMEOUT_MS: z.coerce.number().int().min(50).max(60_000).default(3000),
  LOG_LEVEL: z.enum(['silent', 'fatal', 'error', 'warn', 'info', 'debug']).default('warn'),
  DOCUMENTS_S3_URL: z
    .string()
    .regex(/^https?:\/\/[^/]+\/[^/]+\/?$/, 'https://host/bucket')
    .optional(),
  S3_ACCESS_KEY: z.string().optional(),
  S3_SECRET_KEY: z.string().optional(),
  S3_REGION: z.string().default('us-east-1'),
  SMTP_URL: z
    .string()
    .regex(/^smtps?:\/\//, 'an smtp:// address')
    .optional(),
  MAIL_FROM: z.email().default('wugang@localhost.localdomain'),
  SESSION_HOURS: z.coerce.number().int().min(1).max(24).default(8),
  SESSION_IDLE_MINUTES: z.coerce.number().int().min(1).max(1440).default(30),
  UNION_CODE: z
    .string()
    .regex(/^[A-Za-z0-9]{1,20}$/, 'letters and digits, at most 20')
    .default('UNION'),
  UNION_NAME: z.string().min(1).default('县农村信用合作联社'),
  SECOND_FACTOR_REQUIRED: z.stringbool().default(false),
  ...providerSettings,
  RATE_LIMIT_PER_MINUTE: perMinute(600),
  RATE_LIMIT_ADDRESS_PER_MINUTE: perMinute(3000),
  RATE_LIMIT_SIGN_IN_PER_MINUTE: perMinute(60),
  TRUST_PROXY: z
    .string()
    .transform((list) => list.split(',').map((one) => one.trim()))
    .refine((list) => list.every(isProxy), 'addresses or networks of proxies, separated by commas')
    .optional(),
  REQUEST_TIMEOUT_SECONDS: z.coerce.number().int().min(5).max(3600).default(120),
  STATEMENT_TIMEOUT_SECONDS: z.coerce.number().int().min(1).max(600).default(20),
  IMPACT_SHARD_DECISIONS: z.coerce.number().int().min(100).max(1_000_000).optional(),
  FACTS_CACHE_MEGABYTES: z.coerce.number().int().min(0).max(10_000_000).default(2048),
  METRICS_TOKEN: z.string().min(16, 'at least 16 characters').optional(),
});

/** Settings that one setting needs beside it. */
const NEEDS = {
  DOCUMENTS_S3_URL: ['S3_ACCESS_KEY', 'S3_SECRET_KEY'],
  OIDC_ISSUER: ['OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET', 'PUBLIC_URL'],
} as const;

const environment = settings.superRefine((it, context) => {
  for (const [name, needed] of Object.entries(NEEDS) as [keyof typeof NEEDS, readonly (keyof typeof it)[]][])
    for (const other of it[name] === undefined ? [] : needed)
      if (it[other] === undefined)
        context.addIssue({ code: 'custom', path: [other], message: `is needed where ${name} is set` });
});

function s3PlaceOf(it: z.infer<typeof settings>): S3Place | undefined {
  const { DOCUMENTS_S3_URL: url, S3_ACCESS_KEY: accessKey, S3_SECRET_KEY: secretKey, S3_REGION: region } = it;
  return url === undefined || accessKey === undefined || secretKey === undefined
    ? undefined
    : { url, accessKey, secretKey, region };
}

export interface Config {
  readonly nodeEnv: 'development' | 'test' | 'production';
  readonly port: number;
  readonly host: string;
  readonly dataDir: string;
  readonly secretKey: string | undefined;
  readonly databaseUrl: string | undefined;
  readonly redisUrl: string | undefined;
  readonly bureauUrl: string | undefined;
  readonly bureauTimeoutMs: number;
  readonly logLevel: string;
  /** Undefined where papers lie in the data folder. */
  readonly s3: S3Place | undefined;
  readonly smtpUrl: string | undefined;
  readonly mailFrom: string;
  /** How long a session lives at most, and how long without use. */
  readonly sessions: { readonly hours: number; readonly idleMinutes: number };
  /** The county union that is founded where there is none. */
  readonly union: { readonly code: string; readonly name: string };
  /** Whether who signs in by password must have a second factor. */
  readonly secondFactorRequired: boolean;
  /** Undefined where nobody signs in by the identity provider of the bank. */
  readonly provider: ProviderSettings | undefined;
  readonly statementTimeoutMs: number;
  /** Past decisions in one part of an impact run; undefined: as many as fit some seconds of work. */
  readonly impactShardDecisions: number | undefined;
  /** What facts kept between runs may take of the disk; 0: none are kept. */
  readonly factsCacheMegabytes: number;
  readonly http: HttpSettings;
}

/** How many requests in a minute one process takes. */
export interface RateLimits {
  /** From a staff member who is signed in, whatever the address. */
  readonly account: number;
  readonly address: number;
  /** Attempts to sign in, from an address. */
  readonly signIn: number;
}

export interface HttpSettings {
  /** Undefined: none. */
  readonly limits?: RateLimits;
  /** The proxies whose word is taken for a caller's address. */
  readonly trustProxy?: readonly string[];
  /** How long a request may take to arrive, and a connection may be silent. */
  readonly requestTimeoutMs?: number;
  /** Undefined: there are no metrics. */
  readonly metricsToken?: string;
}

const httpOf = (it: z.infer<typeof settings>): HttpSettings => ({
  limits: {
    account: it.RATE_LIMIT_PER_MINUTE,
    address: it.RATE_LIMIT_ADDRESS_PER_MINUTE,
    signIn: it.RATE_LIMIT_SIGN_IN_PER_MINUTE,
  },
  requestTimeoutMs: it.REQUEST_TIMEOUT_SECONDS * 1000,
  ...(it.TRUST_PROXY === undefined ? {} : { trustProxy: it.TRUST_PROXY }),
  ...(it.METRICS_TOKEN === undefined ? {} : { metricsToken: it.METRICS_TOKEN }),
});

/** Settings that cannot be used, said in one line that names each of them. */
export class ConfigInvalid extends Error {}

/** Reads the environment once. Throws ConfigInvalid naming every setting that is wrong. */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = environment.safeParse(given);
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new ConfigInvalid(`settings cannot be used: ${faults.join('; ')}`);
  }
  const it = parsed.data;
  return {
    nodeEnv: it.NODE_ENV,
    port: it.PORT,
    host: it.HOST,
    dataDir: resolve(it.WUGANG_DATA_DIR),
    secretKey: it.WUGANG_SECRET_KEY,
    databaseUrl: it.DATABASE_URL,
    redisUrl: it.REDIS_URL,
    bureauUrl: it.BUREAU_URL,
    bureauTimeoutMs: it.BUREAU_TIMEOUT_MS,
    logLevel: it.LOG_LEVEL,
    s3: s3PlaceOf(it),
    smtpUrl: it.SMTP_URL,
    mailFrom: it.MAIL_FROM,
    sessions: { hours: it.SESSION_HOURS, idleMinutes: it.SESSION_IDLE_MINUTES },
    union: { code: it.UNION_CODE, name: it.UNION_NAME },
    secondFactorRequired: it.SECOND_FACTOR_REQUIRED,
    provider: providerOf(it),
    statementTimeoutMs: it.STATEMENT_TIMEOUT_SECONDS * 1000,
    impactShardDecisions: it.IMPACT_SHARD_DECISIONS,
    factsCacheMegabytes: it.FACTS_CACHE_MEGABYTES,
    http: httpOf(it),
  };
}
