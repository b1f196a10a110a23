/**
 * True of rows that no return to the review, or to the investigation before it, has come after: what the review did or
 * answered before such a return is to be done again. Ids are in the order in which rows were made.
 */
export const sinceReview = (id: string, applicationId: string): string =>
  `not exists (select from post_act back where back.union_id = $1 and back.application_id = ${applicationId} and back.action = 'send_back'
    and back.return_to in ('investigation', 'review') and back.id > ${id})`;
