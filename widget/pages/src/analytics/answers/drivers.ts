export interface Effect {
  readonly percent: number;
  readonly lowPercent: number;
  readonly highPercent: number;
  readonly isClear: boolean;
}

export interface DriverLevel {
  readonly level: string;
  readonly clients: number;
  readonly value: number;
  readonly medianLtv: number;
  readonly effect: Effect | null;
}

export interface Driver {
  readonly name: string;
  readonly clients: number;
  readonly spreadPercent: number | null;
  readonly levels: readonly DriverLevel[];
}
