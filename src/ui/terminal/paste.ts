/** What is pasted into a terminal: what looks wrong in it is named, never changed silently; large pastes go in pieces. */

export interface PasteConcern {
  readonly kind: 'won' | 'quotes' | 'dash' | 'space' | 'full-width' | 'control';
  readonly count: number;
}

const CONCERNS: readonly {
  readonly kind: PasteConcern['kind'];
  readonly pattern: RegExp;
  readonly mend: (found: string) => string;
}[] = [
  { kind: 'won', pattern: /[₩￦]/g, mend: () => '\\' },
  { kind: 'quotes', pattern: /[‘’‚‛“”„‟]/g, mend: (found) => ('‘’‚‛'.includes(found) ? "'" : '"') },
  // A dash that an office program made of two hyphens; before a letter it was a long option.
  { kind: 'dash', pattern: /[‐‑‒–—―−]/g, mend: (found) => ('—―'.includes(found) ? '--' : '-') },
  {
    kind: 'space',
    pattern: /[\u00a0\u2000-\u200b\u202f\u205f\u3000\ufeff]/g,
    mend: (found) => (found === '\u200b' || found === '\ufeff' ? '' : ' '),
  },
  {
    kind: 'full-width',
    pattern: /[\uff01-\uff5e]/g,
    mend: (found) => String.fromCharCode(found.charCodeAt(0) - 0xfee0),
  },

  { kind: 'control', pattern: /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffd]/g, mend: () => '' },
];

/** What in a pasted text is likely not meant, with how often. */
export function findConcerns(text: string): readonly PasteConcern[] {
  return CONCERNS.map(({ kind }) => ({ kind, count: countConcern(text, kind) })).filter(({ count }) => count > 0);
}

export function countConcern(text: string, kind: PasteConcern['kind']): number {
  const concern = CONCERNS.find((candidate) => candidate.kind === kind);
  return concern === undefined ? 0 : (text.match(concern.pattern)?.length ?? 0);
}

/** The text with every concern put right, or those of one kind alone. */
export function mendPaste(text: string, only?: PasteConcern['kind']): string {
  return CONCERNS.filter(({ kind }) => only === undefined || kind === only).reduce(
    (mended, { pattern, mend }) => mended.replace(pattern, mend),
    text,
  );
}

/** Ends a bracketed paste. */
export const PASTE_END = '\u001b[201~';

/** As a terminal sends it: lines end in CR; in bracketed mode nothing inside can end the bracket. */
export function encodePaste(text: string, bracketed: boolean): string {
  const lines = text.replace(/\r\n|\n/g, '\r');
  return bracketed ? `\u001b[200~${lines.replaceAll(PASTE_END, '').replaceAll('\u001b', '')}${PASTE_END}` : lines;
}

/** Cuts a text into pieces of at most so many characters, never inside a surrogate pair. */
export function cutIntoPieces(text: string, size: number): readonly string[] {
  const pieces: string[] = [];
  for (let at = 0; at < text.length;) {
    let end = Math.min(text.length, at + size);
    const last = text.charCodeAt(end - 1);
    if (end < text.length && last >= 0xd800 && last <= 0xdbff) end -= 1;
    pieces.push(text.slice(at, end));
    at = end;
  }
  return pieces;
}
