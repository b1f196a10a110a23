import type { SpecimenKind } from '../domain/collateral.js';
import type { PanelRecord } from '../domain/panel.js';
import type { RecordsPort } from './records.js';

/** An appraisal firm with what counts for it and against it (G3). */
export interface FirmView {
  readonly id: string;
  readonly name: string;
  readonly creditCode: string;
  readonly panels: readonly {
    readonly year: number;
    readonly chosenBy: PanelRecord['chosenBy'];
    readonly agreementFrom: string;
    readonly agreementTo: string;
  }[];
  readonly specimens: readonly {
    readonly id: string;
    readonly kind: SpecimenKind;
    readonly holder: string;
    readonly mediaType: string;
    readonly sha256: string;
    readonly validFrom: string;
    readonly validTo: string | null;
  }[];
  readonly courtOutcomes: readonly {
    readonly caseNo: string;
    readonly decidedOn: string;
    readonly against: boolean;
    readonly detail: string;
  }[];
  readonly record: {
    readonly reports: number;
    /** Reports whose value was above the market's by more than the policy lets pass without a word; null where it says nothing. */
    readonly aboveMarket: number | null;
    /** Reports whose seal or signature was not the specimen's. */
    readonly differing: number;
  };
}

export interface FirmsPort extends RecordsPort {
  firms(): Promise<FirmView[]>;
}
