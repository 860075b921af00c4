/** Which sequence of characters runs which of readline's commands (emacs mode, as readline 8.2 binds them). */
export type Binding =
  | { readonly type: 'function'; readonly name: string }
  /** Keys that are pressed in place of these. */
  | { readonly type: 'macro'; readonly keys: string }
  /** A command of the shell (`bind -x`). */
  | { readonly type: 'command'; readonly text: string };

/** What a person has bound, by sequence; undefined where a key was unbound. */
export type Bindings = ReadonlyMap<string, Binding | undefined>;

const control = (letter: string): string => String.fromCharCode(letter.charCodeAt(0) & 0x1f);
const ESC = '\x1b';
const X = control('x');
const digits = '0123456789-';

export const EMACS: ReadonlyMap<string, string> = new Map([
  ...[...digits].map((digit) => [ESC + digit, 'digit-argument'] as const),
  ['\0', 'set-mark'],
  [control('a'), 'beginning-of-line'],
  [control('b'), 'backward-char'],
  [control('c'), 'interrupt'],
  [control('d'), 'delete-char'],
  [control('e'), 'end-of-line'],
  [control('f'), 'forward-char'],
  [control('g'), 'abort'],
  [control('h'), 'backward-delete-char'],
  ['\t', 'complete'],
  ['\n', 'accept-line'],
  [control('k'), 'kill-line'],
  [control('l'), 'clear-screen'],
  ['\r', 'accept-line'],
  [control('n'), 'next-history'],
  [control('o'), 'operate-and-get-next'],
  [control('p'), 'previous-history'],
  [control('q'), 'quoted-insert'],
  [control('r'), 'reverse-search-history'],
  [control('s'), 'forward-search-history'],
  [control('t'), 'transpose-chars'],
  [control('u'), 'unix-line-discard'],
  [control('v'), 'quoted-insert'],
  [control('w'), 'unix-word-rubout'],
  [control('y'), 'yank'],
  ['\x1d', 'character-search'],
  ['\x1f', 'undo'],
  ['\x7f', 'backward-delete-char'],
  [X + control('e'), 'edit-and-execute-command'],
  [X + control('g'), 'abort'],
  [X + control('r'), 're-read-init-file'],
  [X + control('u'), 'undo'],
  [X + control('v'), 'display-shell-version'],
  [X + control('x'), 'exchange-point-and-mark'],
  [`${X}!`, 'possible-command-completions'],
  [`${X}$`, 'possible-variable-completions'],
  [`${X}/`, 'possible-filename-completions'],
  [`${X}@`, 'possible-hostname-completions'],
  [`${X}~`, 'possible-username-completions'],
  [`${X}\x7f`, 'backward-kill-line'],
  [ESC + control('e'), 'shell-expand-line'],
  [ESC + control('g'), 'abort'],
  [ESC + control('h'), 'backward-kill-word'],
  [ESC + control('j'), 'vi-editing-mode'],
  [ESC + control('l'), 'clear-display'],
  [ESC + control('m'), 'vi-editing-mode'],
  [ESC + control('r'), 'revert-line'],
  [ESC + control('y'), 'yank-nth-arg'],
  [`${ESC}\x1d`, 'character-search-backward'],
  [`${ESC} `, 'set-mark'],
  [`${ESC}#`, 'insert-comment'],
  [`${ESC}!`, 'complete-command'],
  [`${ESC}$`, 'complete-variable'],
  [`${ESC}/`, 'complete-filename'],
  [`${ESC}@`, 'complete-hostname'],
  [`${ESC}~`, 'complete-username'],
  [`${ESC}&`, 'tilde-expand'],
  [`${ESC}*`, 'insert-completions'],
  [`${ESC}=`, 'possible-completions'],
  [`${ESC}?`, 'possible-completions'],
  [`${ESC}.`, 'yank-last-arg'],
  [`${ESC}_`, 'yank-last-arg'],
  [`${ESC}<`, 'beginning-of-history'],
  [`${ESC}>`, 'end-of-history'],
  [`${ESC}\\`, 'delete-horizontal-space'],
  [`${ESC}^`, 'history-expand-line'],
  [`${ESC}b`, 'backward-word'],
  [`${ESC}c`, 'capitalize-word'],
  [`${ESC}d`, 'kill-word'],
  [`${ESC}f`, 'forward-word'],
  [`${ESC}l`, 'downcase-word'],
  [`${ESC}r`, 'revert-line'],
  [`${ESC}t`, 'transpose-words'],
  [`${ESC}u`, 'upcase-word'],
  [`${ESC}y`, 'yank-pop'],
  [`${ESC}\x7f`, 'backward-kill-word'],
  [`${ESC}[A`, 'previous-history'],
  [`${ESC}[B`, 'next-history'],
  [`${ESC}[C`, 'forward-char'],
  [`${ESC}[D`, 'backward-char'],
  [`${ESC}[F`, 'end-of-line'],
  [`${ESC}[H`, 'beginning-of-line'],
  [`${ESC}OA`, 'previous-history'],
  [`${ESC}OB`, 'next-history'],
  [`${ESC}OC`, 'forward-char'],
  [`${ESC}OD`, 'backward-char'],
  [`${ESC}OF`, 'end-of-line'],
  [`${ESC}OH`, 'beginning-of-line'],
  [`${ESC}[1;3C`, 'forward-word'],
  [`${ESC}[1;3D`, 'backward-word'],
  [`${ESC}[1;5C`, 'forward-word'],
  [`${ESC}[1;5D`, 'backward-word'],
  [`${ESC}[1~`, 'beginning-of-line'],
  [`${ESC}[3;5~`, 'kill-word'],
  [`${ESC}[3~`, 'delete-char'],
  [`${ESC}[4~`, 'end-of-line'],
  [`${ESC}[7~`, 'beginning-of-line'],
  [`${ESC}[8~`, 'end-of-line'],
]);

/** What a sequence does: a binding, `unfinished` where longer ones begin with it, or nothing. */
export function lookUp(bindings: Bindings, sequence: string): Binding | 'unfinished' | undefined {
  if (bindings.has(sequence)) return bindings.get(sequence);
  const name = EMACS.get(sequence);
  if (name !== undefined) return { type: 'function', name };
  const begins = (key: string): boolean => key.length > sequence.length && key.startsWith(sequence);
  return [...bindings.keys()].some(begins) || [...EMACS.keys()].some(begins) ? 'unfinished' : undefined;
}
