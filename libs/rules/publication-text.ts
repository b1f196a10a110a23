/** What is signed when a book is put in force. */
export interface PublicationTerms {
  readonly unionId: string;
  readonly bookHash: string;
  readonly effectiveFrom: string;
  readonly makerId: string;
  readonly checkerId: string;
}

/** The terms as the text that the signature is over: one order, whatever the order of the database. */
export const publicationText = ({ unionId, bookHash, effectiveFrom, makerId, checkerId }: PublicationTerms): string =>
  JSON.stringify({ unionId, bookHash, effectiveFrom, makerId, checkerId });
