/** A firm's bid in a tender: the better the offer, the higher the score. */
export interface Bid {
  readonly firmId: string;
  /** Points in hundredths. */
  readonly scoreHundredths: number;
}

/** The firms that one branch head voted for. */
export interface PanelBallot {
  readonly branchId: string;
  readonly firmIds: readonly string[];
}

/** How a year's firms were chosen (G3): by tender, or by vote of the branch heads. */
export type PanelRecord =
  | { readonly chosenBy: 'tender'; readonly bids: readonly Bid[] }
  | { readonly chosenBy: 'vote'; readonly ballots: readonly PanelBallot[] };

interface ChosenFirm {
  readonly firmId: string;
  readonly agreementFrom: string;
  readonly agreementTo: string;
}

export interface PanelChoice {
  readonly year: number;
  readonly decidedOn: string;
  /** The minutes. */
  readonly basis: string;
  readonly record: PanelRecord;
  readonly firms: readonly ChosenFirm[];
}

/** What the record gives each firm: its score, or its votes. */
function standing(record: PanelRecord): Map<string, number> {
  const points = new Map<string, number>();
  if (record.chosenBy === 'tender') {
    for (const { firmId, scoreHundredths } of record.bids) points.set(firmId, scoreHundredths);
  } else {
    for (const firmId of record.ballots.flatMap(({ firmIds }) => [...new Set(firmIds)])) {
      points.set(firmId, (points.get(firmId) ?? 0) + 1);
    }
  }
  return points;
}

/**
 * Of the firms chosen, those that the record does not carry: they took no part, or a firm that was not chosen stands
 * above them. Firms that stand alike may be chosen in any order.
 */
export function notCarried(chosen: readonly string[], record: PanelRecord): string[] {
  const points = standing(record);
  const bestLeftOut = Math.max(
    Number.NEGATIVE_INFINITY,
    ...[...points].filter(([firmId]) => !chosen.includes(firmId)).map(([, value]) => value),
  );
  return chosen.filter(
    (firmId) => (points.get(firmId) ?? Number.NEGATIVE_INFINITY) < bestLeftOut || !points.has(firmId),
  );
}
