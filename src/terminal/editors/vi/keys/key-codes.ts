/** Keys as vi knows them, of what the terminal sends. */
import type { Key } from '../../../readline/keys.ts';
import { parseKeys } from '../../../readline/keys.ts';
import type { ViKey, ViState } from '../state/state.ts';

/** Codes that the line editor of the shell has no name for: function keys, arrows with Shift. */
const NAMES: Readonly<Record<string, string>> = {
  '[1;2A': 'page-up',
  '[1;2B': 'page-down',
  '[1;2C': 'shift-right',
  '[1;2D': 'shift-left',
  '[1;3C': 'right',
  '[1;3D': 'left',
  OP: 'f1',
  OQ: 'f2',
  OR: 'f3',
  OS: 'f4',
  '[15~': 'f5',
  '[17~': 'f6',
  '[18~': 'f7',
  '[19~': 'f8',
  '[20~': 'f9',
  '[21~': 'f10',
  '[23~': 'f11',
  '[24~': 'f12',
};

/** The keys of a keypad that sends codes of its own. */
const KEYPAD: Readonly<Record<string, string>> = Object.fromEntries(
  [...'*+,-./0123456789'].map((char, at) => [`O${'jklmnopqrstuvwxy'.charAt(at)}`, char]),
);

/** vi knows no Alt: what comes with an escape before it is Escape and then that key. */
export function viKeys(key: Key): readonly ViKey[] {
  if (key.type !== 'key') return [...key.text.normalize('NFC')].map((char) => ({ char }));
  // A line feed is not the Enter key.
  if (key.sequence === '\n') return [{ special: '^J' }];
  if (key.name.startsWith('M-'))
    return [{ special: 'escape' }, ...parseKeys(key.sequence.slice(1)).keys.flatMap(viKeys)];
  // Escape and then O, typed at once, begin no code unless it is one.
  const keypad = KEYPAD[key.sequence.slice(1)];
  if (keypad !== undefined) return [{ char: keypad }];
  const unknown = /^\x1bO([A-Za-z])$/.exec(key.sequence)?.[1];
  if (unknown !== undefined && key.name.startsWith('unknown') && NAMES[`O${unknown}`] === undefined)
    return [{ special: 'escape' }, { char: 'O' }, { char: unknown }];
  const name = NAMES[key.sequence.slice(1)] ?? key.name;
  return [name.length > 1 ? { special: name } : { char: name }];
}

/** What is pasted in normal mode is text: put in before the first column, else behind the cursor. */
export function pressedKeys(state: ViState, key: Key): readonly ViKey[] {
  const keys = viKeys(key);
  if (key.type !== 'paste' || state.mode !== 'normal' || state.visual !== undefined) return keys;
  return [{ char: state.column === 0 ? 'i' : 'a' }, ...keys, { special: 'escape' }];
}
