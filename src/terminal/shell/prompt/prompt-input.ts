/** What a terminal sends to the prompt, as keys. A paste that is not whole yet is kept apart, and a very large one is refused. */
import type { Key } from '../../readline/keys.ts';
import { parseKeys } from '../../readline/keys.ts';

/** Characters that one line of the prompt may have, and so one paste. */
export const LINE_LIMIT = 1_048_576;
const PASTE_START = '\x1b[200~';
const PASTE_END = '\x1b[201~';

export interface KeyInput {
  /** Keys that were read and not yet used. */
  readonly keys: readonly Key[];
  /** How many of them have been used. */
  readonly used: number;
  /** The beginning of a key. */
  readonly rest: string;
  readonly paste: Paste | undefined;
}
interface Paste {
  readonly text: string;
  /** The last characters, where the end of the paste may have begun. */
  readonly tail: string;
  readonly size: number;
}

export const noInput: KeyInput = { keys: [], used: 0, rest: '', paste: undefined };

export const isIdle = (input: KeyInput): boolean =>
  input.used >= input.keys.length && input.rest === '' && input.paste === undefined;

/** Adds what was read; `refused` is the size of a paste that was left out. */
export function takeText(
  before: KeyInput,
  text: string,
): { readonly input: KeyInput; readonly refused: number | undefined } {
  if (before.paste !== undefined) return takePaste(before, before.paste, text);
  const { keys, rest } = parseKeys(before.rest + text);
  const open = rest.startsWith(PASTE_START);
  const input: KeyInput = {
    keys: [...before.keys.slice(before.used), ...keys],
    used: 0,
    rest: open ? '' : rest,
    paste: undefined,
  };
  return open
    ? takePaste(input, { text: '', tail: '', size: 0 }, rest.slice(PASTE_START.length))
    : { input, refused: undefined };
}

function takePaste(
  before: KeyInput,
  paste: Paste,
  text: string,
): { readonly input: KeyInput; readonly refused: number | undefined } {
  const seen = paste.tail + text;
  const end = seen.indexOf(PASTE_END);
  if (end < 0) {
    const size = paste.size + text.length;
    // What may be the beginning of the end mark waits in the tail.
    const keep = Math.max(0, seen.length - (PASTE_END.length - 1));
    const whole = size > LINE_LIMIT ? '' : paste.text + seen.slice(0, keep);
    return { input: { ...before, paste: { text: whole, tail: seen.slice(keep), size } }, refused: undefined };
  }
  const size = paste.size - paste.tail.length + end;
  const refused = size > LINE_LIMIT ? size : undefined;
  const key: Key = { type: 'paste', text: paste.text + seen.slice(0, end) };
  const closed: KeyInput = {
    ...before,
    keys: refused === undefined ? [...before.keys, key] : before.keys,
    paste: undefined,
  };
  const after = takeText(closed, seen.slice(end + PASTE_END.length));
  return { input: after.input, refused: refused ?? after.refused };
}
