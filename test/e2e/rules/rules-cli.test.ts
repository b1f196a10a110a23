import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isOurs } from '#libs/platform/anchor-signature.js';
import { defaultBookFolder, loadBook } from '#libs/platform/load-book.js';
import { jsonOf, runCli } from '#libs/testing/run-cli.js';
import { loginOf, TEST_PASSWORD } from '#libs/testing/test-union.js';
import { TestApi } from '../support/api.js';

let api: TestApi;
let folder: string;
let server: string;
beforeAll(async () => {
  api = await TestApi.start();
  await api.app.listen(0, '127.0.0.1');
  server = await api.app.getUrl();
  folder = await mkdtemp(join(tmpdir(), 'wugang-rules-'));
  await cp(defaultBookFolder(), join(folder, 'book'), { recursive: true });
  const manifest = join(folder, 'book/manifest.json');
  await writeFile(manifest, (await readFile(manifest, 'utf8')).replace('"2026.1"', '"2026.2"'));
});
afterAll(async () => {
  await api.stop();
  await rm(folder, { recursive: true, force: true });
});

const rules = (who: 'maker' | 'checker', ...args: string[]) =>
  runCli(['rules', ...args, '--json', '--server', server, '--login', loginOf('TEST', who)], {
    WUGANG_PASSWORD: TEST_PASSWORD,
  });
const exported = async (...args: string[]) => {
  const out = await mkdtemp(join(folder, 'out-'));
  const run = await runCli(['rules', 'export', out, '--json', ...args], { DATABASE_URL: api.database.ownerUrl });
  return { out, run };
};

it('a book is published by two logins, exported with its signature, and gone back from', async () => {
  const shipped = (await loadBook(defaultBookFolder())).book.hash;
  const submitted = jsonOf<{ id: string; state: string; hash: string; cases: number }>(
    await rules('maker', 'publish', join(folder, 'book'), '--from', '2026-11-25'),
  );
  expect(submitted).toMatchObject({ state: 'submitted', hash: (await loadBook(join(folder, 'book'))).book.hash });
  expect(submitted.cases).toBeGreaterThan(50);
  const alone = await rules('maker', 'publish', '--draft', submitted.id);
  expect(alone.code).toBe(1);
  expect(alone.stderr).toMatch(/none of your posts in force gives rules:check/);
  expect(jsonOf(await rules('checker', 'publish', '--draft', submitted.id))).toMatchObject({ state: 'published' });

  const { out, run } = await exported('--hash', submitted.hash);
  expect(run.stderr).toBe('');
  const again = await loadBook(out);
  expect(again.book.hash).toBe(submitted.hash);
  expect(again.parameters.length).toBe((await loadBook(defaultBookFolder())).parameters.length);
  expect(await readdir(join(out, 'cases'))).toHaveLength(submitted.cases);
  const signed = JSON.parse(await readFile(join(out, 'signature.json'), 'utf8'));
  expect(isOurs(api.database.secret, signed, 'rule books')).toBe(true);
  expect(isOurs(api.database.secret, signed)).toBe(false); // no anchor of the audit trail
  expect(JSON.parse(signed.text)).toMatchObject({ bookHash: submitted.hash, effectiveFrom: '2026-11-25' });

  const back = jsonOf<{ id: string; hash: string }>(await rules('maker', 'rollback', shipped, '--from', '2026-11-26'));
  expect(back.hash).toBe(shipped);
  expect(jsonOf(await rules('checker', 'publish', '--draft', back.id))).toMatchObject({ state: 'published' });
});

it('says what it needs, and what the server refused', async () => {
  expect((await rules('maker', 'publish')).stderr).toMatch(/--from when/);
  expect((await rules('maker', 'rollback', 'f'.repeat(64), '--from', '2026-11-25')).stderr).toMatch(
    /no such rule book/,
  );
  const past = await rules('maker', 'publish', join(folder, 'book'), '--from', '2026-11-01');
  expect(past.stderr).toMatch(/draft\.past/);
  expect((await exported('--hash', 'f'.repeat(64))).run.stderr).toMatch(/no such published book/);
});
