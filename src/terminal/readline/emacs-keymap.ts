/** Emacs mode as readline 8.2 binds it. */
import type { Defaults } from './keymap.ts';
import { TERMINAL_KEYS, keymapOf } from './keymap.ts';

const UPPERCASE = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

export const EMACS: Defaults = new Map([
  ...TERMINAL_KEYS,
  ...[...'-0123456789'].map((digit) => [`\x1b${digit}`, 'digit-argument'] as const),
  ...[...UPPERCASE].map((letter) => [`\x18${letter}`, 'do-lowercase-version'] as const),
  // `\eO` begins what the keys of a terminal send.
  ...[...UPPERCASE.replace('O', '')].map((letter) => [`\x1b${letter}`, 'do-lowercase-version'] as const),
  ...keymapOf(String.raw`
  abort \C-g \C-x\C-g \e\C-g
  accept-line \C-j \C-m
  backward-char \C-b
  backward-delete-char \C-h \C-?
  backward-kill-line \C-x\C-?
  backward-kill-word \e\C-h \e\C-?
  backward-word \eb
  beginning-of-history \e<
  beginning-of-line \C-a
  call-last-kbd-macro \C-xe
  capitalize-word \ec
  character-search \C-]
  character-search-backward \e\C-]
  clear-display \e\C-l
  clear-screen \C-l
  complete \C-i \e\e
  complete-command \e!
  complete-filename \e/
  complete-hostname \e@
  complete-into-braces \e{
  complete-username \e~
  complete-variable \e$
  delete-char \C-d
  delete-horizontal-space \e\\
  display-shell-version \C-x\C-v
  downcase-word \el
  dynamic-complete-history \e\C-i
  edit-and-execute-command \C-x\C-e
  end-kbd-macro \C-x)
  end-of-history \e>
  end-of-line \C-e
  exchange-point-and-mark \C-x\C-x
  forward-char \C-f
  forward-search-history \C-s
  forward-word \ef
  glob-complete-word \eg
  glob-expand-word \C-x*
  glob-list-expansions \C-xg
  history-expand-line \e^
  insert-comment \e#
  insert-completions \e*
  kill-line \C-k
  kill-word \ed
  next-history \C-n
  non-incremental-forward-search-history \en
  non-incremental-reverse-search-history \ep
  operate-and-get-next \C-o
  possible-command-completions \C-x!
  possible-completions \e= \e?
  possible-filename-completions \C-x/
  possible-hostname-completions \C-x@
  possible-username-completions \C-x~
  possible-variable-completions \C-x$
  previous-history \C-p
  quoted-insert \C-q \C-v
  re-read-init-file \C-x\C-r
  reverse-search-history \C-r
  revert-line \e\C-r \er
  set-mark \C-@ \e\x20
  shell-backward-word \e\C-b
  shell-expand-line \e\C-e
  shell-forward-word \e\C-f
  shell-kill-word \e\C-d
  shell-transpose-words \e\C-t
  spell-correct-word \C-xs
  start-kbd-macro \C-x(
  tilde-expand \e&
  transpose-chars \C-t
  transpose-words \et
  undo \C-x\C-u \C-_
  unix-line-discard \C-u
  unix-word-rubout \C-w
  upcase-word \eu
  yank \C-y
  yank-last-arg \e. \e_
  yank-nth-arg \e\C-y
  yank-pop \ey`),
]);
