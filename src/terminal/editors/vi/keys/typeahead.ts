/** Keys that wait: what was typed, what a map stands for, what a macro plays. */
import type { Mapping, QueuedKey, ViKey, ViState } from '../state/state.ts';

export const nameOf = (key: ViKey): string => ('char' in key ? key.char : key.special);
const isSame = (a: ViKey, b: ViKey): boolean => nameOf(a) === nameOf(b) && 'char' in a === 'char' in b;

/** Keys put before those that wait already. */
export function playKeys(state: ViState, keys: readonly ViKey[], remap: boolean): ViState {
  const added = keys.map((key): QueuedKey => ({ key, remap, typed: false }));
  return { ...state, queue: [...added, ...state.queue] };
}

export const typeKey = (state: ViState, key: ViKey): ViState => ({
  ...state,
  queue: [...state.queue, { key, remap: true, typed: true }],
});

const NAMES: Readonly<Record<string, ViKey>> = {
  cr: { special: 'enter' },
  enter: { special: 'enter' },
  return: { special: 'enter' },
  esc: { special: 'escape' },
  space: { char: ' ' },
  tab: { special: 'tab' },
  bs: { special: 'backspace' },
  del: { special: 'delete' },
  up: { special: 'up' },
  down: { special: 'down' },
  left: { special: 'left' },
  right: { special: 'right' },
  home: { special: 'home' },
  end: { special: 'end' },
  pageup: { special: 'page-up' },
  pagedown: { special: 'page-down' },
  bar: { char: '|' },
  lt: { char: '<' },
  bslash: { char: '\\' },
  nop: { special: 'nop' },
  leader: { char: '\\' },
};

/** Keys as :map writes them: <CR>, <C-w>, characters. */
export function keysOfNotation(text: string): readonly ViKey[] {
  return [...text.matchAll(/<([A-Za-z]+\d*)>|<[cC]-([^>])>|([\s\S])/gu)].flatMap(([whole, name, control, char]) => {
    if (control !== undefined) return [keyOfCharacter(String.fromCharCode(control.toUpperCase().charCodeAt(0) & 0x1f))];
    if (char !== undefined) return [keyOfCharacter(char)];
    const lower = (name ?? '').toLowerCase();
    const found = /^f\d+$/.test(lower) ? { special: lower } : NAMES[lower];
    return found === undefined ? [...whole].map((each) => ({ char: each })) : [found];
  });
}

/** Keys as a register holds them: characters, control characters among them. */
export const keysOfText = (text: string): readonly ViKey[] => [...text].map(keyOfCharacter);

function keyOfCharacter(char: string): ViKey {
  if (char === '\x1b') return { special: 'escape' };
  if (char === '\r' || char === '\n') return { special: 'enter' };
  if (char === '\t') return { special: 'tab' };
  if (char === '\x7f' || char === '\b') return { special: 'backspace' };
  return char < ' ' ? { special: `^${String.fromCharCode(char.charCodeAt(0) + 64)}` } : { char };
}

const CODES: Readonly<Record<string, string>> = {
  escape: '\x1b',
  enter: '\r',
  tab: '\t',
  backspace: '\x7f',
  '^[': '\x1b',
};
/** The text that a register keeps of keys. */
export const textOfKeys = (keys: readonly ViKey[]): string =>
  keys
    .map((key) => {
      if ('char' in key) return key.char;
      const code = CODES[key.special];
      if (code !== undefined) return code;
      return /^\^.$/.test(key.special) ? String.fromCharCode(key.special.charCodeAt(1) & 0x1f) : '';
    })
    .join('');

/** A mapping whose keys have come, one that they could still become, or none. */
export function findMapping(state: ViState): {
  readonly mapping?: Mapping;
  readonly waits: boolean;
  readonly length: number;
} {
  const mode = mapMode(state);
  const keys = state.queue.filter(({ remap }) => remap).map(({ key }) => key);
  let best: { readonly mapping?: Mapping; readonly waits: boolean; readonly length: number } = {
    waits: false,
    length: 0,
  };
  if (state.queue[0]?.remap !== true || state.pending !== '') return best;
  for (const mapping of state.mappings) {
    if (mapping.abbreviation || !mapping.modes.includes(mode)) continue;
    const from = keysOfNotation(mapping.from);
    const common = from.findIndex((key, at) => keys[at] === undefined || !isSame(key, keys[at]));
    if (common === -1 && from.length > best.length) best = { mapping, waits: false, length: from.length };
    else if (common === keys.length && best.mapping === undefined) best = { ...best, waits: true };
  }
  return best;
}

function mapMode({ mode, visual }: ViState): string {
  if (mode === 'command') return 'c';
  if (mode === 'insert' || mode === 'replace') return 'i';
  return visual === undefined ? 'n' : 'v';
}
