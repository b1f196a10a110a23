/**
 * What makes two numbers of papers the same, however they are written: certificates and reports are compared without
 * spaces, punctuation, case and width.
 */
export const paperKey = (number: string): string =>
  number
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '');
