import { createLogger } from './logger.js';
import { scrubLine } from './scrub.js';

function logged(write: (logger: ReturnType<typeof createLogger>) => void) {
  const lines: string[] = [];
  write(createLogger('info', { write: (line: string) => void lines.push(line) }));
  expect(lines).toHaveLength(1);
  expect(lines[0]!.endsWith('}\n')).toBe(true);
  return { line: lines[0]!, value: JSON.parse(lines[0]!) };
}

const IDENTITY = '11010519491231002X';

describe('what is logged', () => {
  it('an identity number in an error message is masked, in its stack too', () => {
    const { line, value } = logged((logger) =>
      logger.error({ err: new Error(`no customer ${IDENTITY}, phone 13812345678`) }, `asked for ${IDENTITY}`),
    );
    expect(line).not.toMatch(/11010519491231002|13812345678/);
    expect(value.err.message).toBe('no customer [hidden], phone [hidden]');
    expect(value.err.stack).toContain('[hidden]');
    expect(value.msg).toBe('asked for [hidden]');
  });

  it.each([
    ['at the top', (secret: object) => secret],
    ['one below', (secret: object) => ({ req: secret })],
    ['two below', (secret: object) => ({ req: { headers: secret } })],
    ['three below, in a list', (secret: object) => ({ req: { people: [secret] } })],
  ])('names that carry secrets are hidden %s', (_, wrap) => {
    const secrets = Object.fromEntries(
      [
        'identityNumber',
        'phone',
        'password',
        'passwordHash',
        'cookie',
        'authorization',
        'set-cookie',
        'idempotency-key',
        'connectionString',
        'token',
        'body',
      ].map((name) => [name, 'plain text']),
    );
    const { line } = logged((logger) => logger.info(wrap({ ...secrets, kept: 'this' })));
    expect(line).not.toContain('plain text');
    expect(line.match(/\[hidden\]/g)).toHaveLength(Object.keys(secrets).length);
    expect(line).toContain('"kept":"this"');
  });
});

describe('the last resort', () => {
  const masked = (value: object) => JSON.parse(scrubLine(`${JSON.stringify(value)}\n`));

  it.each([
    ['110105194912310025', '[hidden]'],
    ['11010519491231002x', '[hidden]'],
    ['身份证11010519491231002X号', '身份证[hidden]号'],
    ['first\n13812345678\nlast', 'first\n[hidden]\nlast'],
    ['+8613812345678', '+[hidden]'],
    ['tel:13812345678,19912345678', 'tel:[hidden],[hidden]'],
    ['12345678901234567890', '12345678901234567890'],
    ['10812345678', '10812345678'],
    ['019aba12-7000-7abc-8000-a13812345678', '019aba12-7000-7abc-8000-a13812345678'],
  ])('%j becomes %j', (text, expected) => {
    expect(masked({ at: { deep: { below: [{ text }] } } })).toEqual({ at: { deep: { below: [{ text: expected }] } } });
  });

  it('a number is masked, and the line is JSON still', () => {
    expect(masked({ phone: 13812345678, time: 1764054000000, durationMs: 1.5, none: null })).toEqual({
      phone: '[hidden]',
      time: 1764054000000,
      durationMs: 1.5,
      none: null,
    });
  });

  it('a name is masked', () => {
    expect(masked({ [IDENTITY]: true })).toEqual({ '[hidden]': true });
  });
});
