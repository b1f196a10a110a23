import fc from 'fast-check';
import { creditCodeCheckCharacter, parseCreditCode, parseResidentId } from './identity.js';
import { madeIdentity } from './made-identity.js';

const ALPHABET = [...'0123456789ABCDEFGHJKLMNPQRTUWXY'];

describe('resident identity numbers (GB 11643)', () => {
  it.each([
    ['11010519491231002X', '1949-12-31', 'female'],
    ['11010519491231002x', '1949-12-31', 'female'],
    ['440524188001010014', '1880-01-01', 'male'],
    [' 440524188001010014 ', '1880-01-01', 'male'],
  ])('%s is read', (number, birthDate, gender) => {
    expect(parseResidentId(number)).toEqual({ number: number.trim().toUpperCase(), birthDate, gender });
  });

  it('an old one of 15 digits becomes the one of 18', () => {
    expect(parseResidentId('110105491231002')).toEqual(parseResidentId('11010519491231002X'));
  });

  it.each([
    ['a wrong check character', '110105194912310021'],
    ['the 30th of February', '110105194902300023'],
    ['letters', '1101051949123100ZX'],
    ['17 digits', '11010519491231002'],
    ['nothing', ''],
    ['a county of zero', '010105194912310020'],
    ['full-width digits', '１１０１０５１９４９１２３１００２Ｘ'],
  ])('%s is none', (_, text) => {
    expect(parseResidentId(text)).toBeNull();
  });

  it('any one digit changed is caught by the check character or the date', () => {
    fc.assert(
      fc.property(fc.nat(5_000_000), fc.nat(16), fc.integer({ min: 1, max: 9 }), (n, position, by) => {
        const number = madeIdentity(n);
        const digit = (Number(number[position]) + by) % 10;
        const changed = number.slice(0, position) + digit + number.slice(position + 1);
        return parseResidentId(number)?.number === number && parseResidentId(changed) === null;
      }),
    );
  });

  it('made numbers do not repeat', () => {
    expect(new Set(Array.from({ length: 50_000 }, (_, n) => madeIdentity(n))).size).toBe(50_000);
  });
});

describe('unified social credit codes (GB 32100)', () => {
  it.each(['91350100M000100Y43', '91350100m000100y43'])('%s is read', (code) => {
    expect(parseCreditCode(code)).toBe('91350100M000100Y43');
  });

  it.each(['91350100M000100Y44', '91350100I000100Y43', '9135', ''])('%s is none', (code) => {
    expect(parseCreditCode(code)).toBeNull();
  });

  it('any one character changed is caught', () => {
    const letters = fc.array(fc.constantFrom(...ALPHABET), { minLength: 17, maxLength: 17 });
    fc.assert(
      fc.property(letters, fc.nat(16), fc.integer({ min: 1, max: 30 }), (first17, position, by) => {
        const code = first17.join('') + creditCodeCheckCharacter(first17.join(''));
        const changed = [...code];
        changed[position] = ALPHABET[(ALPHABET.indexOf(code[position]!) + by) % 31]!;
        return parseCreditCode(code) === code && parseCreditCode(changed.join('')) === null;
      }),
    );
  });
});
