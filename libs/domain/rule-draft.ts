/** Where a draft of the rule book stands: made by one person, checked by another, in force from a date. */
export const DRAFT_STATES = ['draft', 'submitted', 'checked', 'published', 'returned'] as const;
export type DraftState = (typeof DRAFT_STATES)[number];

export type DraftEvent = 'edit' | 'submit' | 'check' | 'return' | 'publish';

/** The database holds the same table, and what each step needs (draft_goes_by_its_table). */
const TRANSITIONS: Readonly<Record<DraftState, Partial<Record<DraftEvent, DraftState>>>> = {
  draft: { edit: 'draft', submit: 'submitted' },
  returned: { edit: 'draft', submit: 'submitted' },
  submitted: { check: 'checked', return: 'returned' },
  checked: { publish: 'published', return: 'returned' },
  published: {},
};

/** The state that `event` leads to, or null where the table does not list the pair. */
export const nextDraftState = (state: DraftState, event: DraftEvent): DraftState | null =>
  TRANSITIONS[state][event] ?? null;
