import { ZxcvbnFactory } from '@zxcvbn-ts/core';
import { type Fault, fault } from '../domain/problem.js';

const SHORTEST = 12;
const LONGEST = 128;
/** Of 0 to 4: not to be guessed within 10^8 attempts. */
const LEAST_SCORE = 3;

let estimator: Promise<ZxcvbnFactory> | undefined;

/** Loads the dictionaries of common passwords and words when they are first needed. */
async function loadEstimator(): Promise<ZxcvbnFactory> {
  const [common, english] = await Promise.all([import('@zxcvbn-ts/language-common'), import('@zxcvbn-ts/language-en')]);
  return new ZxcvbnFactory({
    dictionary: { ...common.dictionary, ...english.dictionary },
    graphs: common.adjacencyGraphs,
  });
}

/**
 * What makes a password too weak, by NIST SP 800-63B: length, and whether it can be guessed from common passwords,
 * patterns, or `words` that others know of its owner. No rules about kinds of characters, no forced expiry.
 */
export async function passwordWeaknesses(path: string, password: string, words: readonly string[]): Promise<Fault[]> {
  const length = [...password].length;
  if (length < SHORTEST || length > LONGEST)
    return [
      fault(path, 'password.length', {
        zh: `密码须为${SHORTEST}至${LONGEST}个字符`,
        en: `must have ${SHORTEST} to ${LONGEST} characters`,
      }),
    ];
  estimator ??= loadEstimator();
  const { score } = (await estimator).check(password, ['wugang', '五岗', ...words]);
  if (score >= LEAST_SCORE) return [];
  return [fault(path, 'password.weak', { zh: '密码容易被猜出', en: 'is easy to guess' })];
}
