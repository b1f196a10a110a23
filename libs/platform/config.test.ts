import { ConfigInvalid, readConfig } from './config.js';

describe('settings', () => {
  it('by default limit callers, trust no proxy and show no metrics', () => {
    const { http, statementTimeoutMs } = readConfig({});
    expect(http).toEqual({ limits: { account: 600, address: 3000, signIn: 60 }, requestTimeoutMs: 120_000 });
    expect(statementTimeoutMs).toBe(20_000);
  });

  it('name the proxies that are trusted', () => {
    expect(readConfig({ TRUST_PROXY: '10.0.0.5, fd00::/8,loopback' }).http.trustProxy).toEqual([
      '10.0.0.5',
      'fd00::/8',
      'loopback',
    ]);
  });

  it.each([
    ['TRUST_PROXY', 'true'],
    ['TRUST_PROXY', '1'],
    ['TRUST_PROXY', '10.0.0.5,,'],
    ['TRUST_PROXY', '10.0.0.0/x'],
    ['TRUST_PROXY', '10.0.0.0/99'],
    ['METRICS_TOKEN', 'short'],
    ['RATE_LIMIT_PER_MINUTE', '0'],
    ['STATEMENT_TIMEOUT_SECONDS', '-1'],
    ['FACTS_CACHE_MEGABYTES', '-1'],
  ])('refuse %s=%s by its name', (name, value) => {
    expect(() => readConfig({ [name]: value })).toThrow(ConfigInvalid);
    expect(() => readConfig({ [name]: value })).toThrow(name);
  });
});
