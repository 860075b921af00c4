/** Sizes of what stands on the cluster map, and the shapes its parts are told in. */
export const BOAT = { width: 66, height: 46 } as const;
/** Where a line reaches a boat: the deck, beside its crates. */
export const MOORING = { x: BOAT.width - 8, y: 20 } as const;
/** Between rows of what stands on the map, and between them and its edge; lines pass here. */
export const PAD = 12;
/** Between boats of a band and between bands side by side. */
export const GAP = 6;
export const BAND_HEAD = 20;
/** What a band's head holds beside the name: its margins and `3/3`. */
export const RATIO_WIDTH = 46;
export const DOCK_HEAD = 52;
export const SIGN = { width: 148, height: 40 } as const;
/** Of its name, which is larger and bold. */
export const SIGN_CHARACTER = 8.2;
export const TILE = { width: 132, height: 58 } as const;

export interface Point {
  readonly x: number;
  readonly y: number;
}
export interface Box extends Point {
  readonly width: number;
  readonly height: number;
}
