import { residentCheckCharacter } from './identity.js';

const FIRST_BIRTH = Date.UTC(1955, 0, 1);
const BIRTH_DAYS = 16_000;

/**
 * The n-th made identity number: valid in form and check character, of a county code that was never given out, so that
 * demonstrations and tests never name a living person.
 */
export function madeIdentity(n: number): string {
  const birth = new Date(FIRST_BIRTH + (n % BIRTH_DAYS) * 86_400_000).toISOString().slice(0, 10).replaceAll('-', '');
  const first17 = `629${String(900 + Math.floor(n / (BIRTH_DAYS * 999))).padStart(3, '0')}${birth}${String((Math.floor(n / BIRTH_DAYS) % 999) + 1).padStart(3, '0')}`;
  return first17 + residentCheckCharacter(first17);
}
