import { copyFile, mkdtemp, readdir, readFile, rm, stat, truncate, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SettableClock } from '../../testing/settable-clock.js';
import { KeptFiles } from './kept-files.js';

const SECRET = Buffer.alloc(32, 7);
const [ONE, TWO, THREE] = ['1', '2', '3'].map((digit) => digit.repeat(64)) as [string, string, string];
const KILOBYTE = Buffer.alloc(1024, 'facts');

let home: string;
let folder: string;
let clock: SettableClock;
let errors: Error[];
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'wugang-kept-'));
  folder = join(home, 'data', 'facts');
  clock = new SettableClock(new Date('2026-11-25T02:00:00Z'));
  errors = [];
});
afterEach(() => rm(home, { recursive: true }));

const files = (mostBytes = 1_000_000, secret = SECRET): KeptFiles =>
  new KeptFiles({ folder, mostBytes, secret, clock, onError: (error) => errors.push(error) });

async function keep(key: string, content: Buffer = KILOBYTE, into = files()): Promise<void> {
  const file = join(home, 'made');
  await writeFile(file, content);
  await into.keep(key, file);
}

let turn = 0;
async function fetched(key: string, from = files()): Promise<Buffer | null> {
  turn += 1;
  const to = join(home, `copy-${turn}`);
  if (await from.fetch(key, to)) return readFile(to);
  await expect(stat(to)).rejects.toThrow('ENOENT'); // nothing half-copied is left
  return null;
}
const kept = (): Promise<string[]> => readdir(folder);

it('gives back what was kept, from a folder and files that only their owner reads', async () => {
  expect(await fetched(ONE)).toBeNull();
  await keep(ONE);
  expect(await fetched(ONE)).toEqual(KILOBYTE);
  expect((await stat(folder)).mode & 0o777).toBe(0o700);
  expect((await stat(join(folder, ONE))).mode & 0o777).toBe(0o600);
  expect(await fetched(TWO)).toBeNull();
  expect(errors).toEqual([]);
});

describe('what is not whole, or not ours, is thrown away', () => {
  const place = () => join(folder, ONE);
  const spoilt: Record<string, () => Promise<void>> = {
    'torn by one byte': () => truncate(place(), 1024 + 31),
    'torn in the middle': () => truncate(place(), 500),
    'torn within the seal': () => truncate(place(), 20),
    empty: () => truncate(place(), 0),
    'one bit is another': async () => {
      const content = await readFile(place());
      content[100]! ^= 1;
      await writeFile(place(), content);
    },
    'another file of ours by its name': async () => {
      await keep(TWO, Buffer.alloc(1024, 'other'));
      await copyFile(join(folder, TWO), place());
    },
    'sealed by another installation': () => keep(ONE, KILOBYTE, files(1_000_000, Buffer.alloc(32, 8))),
  };
  it.each(Object.keys(spoilt))('%s', async (how) => {
    await keep(ONE);
    await spoilt[how]!();
    expect(await fetched(ONE)).toBeNull();
    expect(await kept()).not.toContain(ONE);
    await keep(ONE);
    expect(await fetched(ONE)).toEqual(KILOBYTE);
  });
});

describe('the bound', () => {
  const ROOM_FOR_TWO = 2 * (1024 + 32);
  it('takes away what was used longest ago, not what was made longest ago', async () => {
    const two = files(ROOM_FOR_TWO);
    for (const key of [ONE, TWO]) {
      await keep(key, KILOBYTE, two);
      clock.advanceSeconds(1);
    }
    expect(await fetched(ONE, two)).toEqual(KILOBYTE);
    clock.advanceSeconds(1);
    await keep(THREE, KILOBYTE, two);
    expect((await kept()).sort()).toEqual([ONE, THREE]);
  });

  it('keeps nothing that is larger by itself, and leaves alone what is not its own', async () => {
    await keep(ONE);
    await writeFile(join(folder, 'README'), Buffer.alloc(5000));
    await keep(TWO, Buffer.alloc(5000), files(ROOM_FOR_TWO));
    expect((await kept()).sort()).toEqual([ONE, 'README']);
    clock.advanceSeconds(1);
    await keep(THREE, KILOBYTE, files(1024 + 32));
    expect((await kept()).sort()).toEqual([THREE, 'README']);
  });

  it('counts in what a killed process left half-written only until an hour is over', async () => {
    await keep(ONE);
    const [old, fresh] = ['a', 'b'].map((letter) => join(folder, `${TWO}.${letter.repeat(36)}`)) as [string, string];
    for (const [file, minutes] of [[old, 61] as const, [fresh, 59] as const]) {
      await writeFile(file, 'half');
      const at = new Date(clock.now().getTime() - minutes * 60_000);
      await utimes(file, at, at);
    }
    await keep(THREE);
    expect((await kept()).sort()).toEqual([ONE, `${TWO}.${'b'.repeat(36)}`, THREE].sort());
  });
});

it('many workers on one folder disturb nobody: each gets the whole content or nothing', async () => {
  const contents = new Map([ONE, TWO, THREE].map((key, index) => [key, Buffer.alloc(200_000 + index, key[0])]));
  for (const [key, content] of contents) await writeFile(join(home, key), content);
  const worker = async (number: number): Promise<number> => {
    const own = files(450_000); // room for two of three: somebody is always taking something away
    let hits = 0;
    for (let round = 0; round < 30; round += 1) {
      const key = [ONE, TWO, THREE][(number + round) % 3]!;
      const to = join(home, `worker-${number}-${round}`);
      if (await own.fetch(key, to)) {
        hits += 1;
        if (!(await readFile(to)).equals(contents.get(key)!)) throw new Error('another content');
      } else await own.keep(key, join(home, key));
    }
    return hits;
  };
  const hits = await Promise.all([0, 1, 2, 3].map(worker));
  expect(Math.max(...hits)).toBeGreaterThan(0);
  expect(errors).toEqual([]);
  expect((await kept()).every((name) => /^\d{64}$/.test(name))).toBe(true);
});

it('work goes on where the folder cannot be made', async () => {
  await writeFile(join(home, 'data'), 'a file, no folder');
  await keep(ONE);
  expect(await fetched(ONE)).toBeNull();
  expect(errors.length).toBeGreaterThan(0);
});
