/** 2026-03-02T00:00:00Z, a Monday: where virtual time starts unless a topology says otherwise. */
export const DEFAULT_START_MS = 1_772_409_600_000;
