/** Which sequence of characters runs which of readline's commands, in each of its keymaps. */
import { parseSequence } from './key-sequence.ts';

export type Binding =
  | { readonly type: 'function'; readonly name: string }
  /** Keys that are pressed in place of these. */
  | { readonly type: 'macro'; readonly keys: string }
  /** A command of the shell (`bind -x`). */
  | { readonly type: 'command'; readonly text: string };

export type KeymapName = 'emacs' | 'vi-insert' | 'vi-command';

/** What a person has bound, by sequence; undefined where a key was unbound. */
export type Bindings = ReadonlyMap<string, Binding | undefined>;
/** What readline binds itself. */
export type Defaults = ReadonlyMap<string, string>;

/** Rows of a command's name and its sequences, as ~/.inputrc writes these. */
export const keymapOf = (rows: string): readonly (readonly [sequence: string, name: string])[] =>
  rows
    .trim()
    .split(/\s*\n\s*/)
    .flatMap((row) => {
      const [name = '', ...sequences] = row.split(' ');
      return sequences.map((sequence) => [parseSequence(sequence), name] as const);
    });

/** Keys of a terminal that every keymap has. */
export const TERMINAL_KEYS = keymapOf(String.raw`
  backward-char \eOD \e[D
  backward-word \e[1;3D \e[1;5D
  beginning-of-line \eOH \e[H
  delete-char \e[3~
  end-of-line \eOF \e[F
  forward-char \eOC \e[C
  forward-word \e[1;3C \e[1;5C
  history-search-backward \e[5~
  history-search-forward \e[6~
  kill-word \e[3;5~
  next-history \eOB \e[B
  overwrite-mode \e[2~
  previous-history \eOA \e[A`);

/** What a sequence does: a binding, `unfinished` where longer ones begin with it, or nothing. */
export function lookUp(
  { own, defaults }: { readonly own: Bindings; readonly defaults: Defaults },
  sequence: string,
): Binding | 'unfinished' | undefined {
  if (own.has(sequence)) return own.get(sequence);
  const name = defaults.get(sequence);
  if (name !== undefined) return { type: 'function', name };
  const begins = (key: string): boolean => key.length > sequence.length && key.startsWith(sequence);
  return [...own.keys()].some(begins) || [...defaults.keys()].some(begins) ? 'unfinished' : undefined;
}

/** The same command under another name. */
const OTHER_NAMES: Readonly<Record<string, string>> = { 'insert-last-argument': 'yank-last-arg' };

export const sameCommand = (name: string): string => OTHER_NAMES[name] ?? name;
