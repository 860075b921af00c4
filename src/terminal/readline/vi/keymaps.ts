/** Vi mode as readline 8.2 and bash bind it. */
import type { Defaults } from '../keymap.ts';
import { TERMINAL_KEYS, keymapOf } from '../keymap.ts';

export const VI_INSERT_KEYS: Defaults = new Map([
  ...TERMINAL_KEYS,
  ...keymapOf(String.raw`
  accept-line \C-j \C-m
  backward-delete-char \C-h \C-?
  complete \C-i
  forward-search-history \C-s
  menu-complete \C-n
  menu-complete-backward \C-p
  quoted-insert \C-v
  reverse-search-history \C-r
  transpose-chars \C-t
  unix-line-discard \C-u
  vi-eof-maybe \C-d
  vi-undo \C-_
  vi-unix-word-rubout \C-w
  yank \C-y`),
]);

export const VI_COMMAND_KEYS: Defaults = new Map([
  ...TERMINAL_KEYS,
  ...[...'123456789'].map((digit) => [digit, 'vi-arg-digit'] as const),
  ...keymapOf(String.raw`
  abort \C-g
  accept-line \C-j \C-m
  backward-char \C-h h
  beginning-of-line 0
  clear-screen \C-l
  end-of-line $
  forward-char \x20 l
  forward-search-history \C-s
  insert-comment #
  kill-line \C-k
  next-history \C-n + j
  previous-history \C-p - k
  quoted-insert \C-q \C-v
  reverse-search-history \C-r
  revert-line U
  transpose-chars \C-t
  unix-line-discard \C-u
  vi-append-eol A
  vi-append-mode a
  vi-change-case ~
  vi-change-char r
  vi-change-to C c
  vi-char-search , ; F T f t
  vi-column |
  vi-delete x
  vi-delete-to D d
  vi-edit-and-execute-command v
  vi-end-word E e
  vi-eof-maybe \C-d
  vi-fetch-history G
  vi-first-print ^
  vi-goto-mark \x60
  vi-insert-beg I
  vi-insertion-mode i
  vi-match %
  vi-next-word W w
  vi-prev-word B b
  vi-put P p
  vi-redo .
  vi-replace R
  vi-rubout X
  vi-search / ?
  vi-search-again N n
  vi-set-mark m
  vi-subst S s
  vi-tilde-expand &
  vi-undo \C-_ u
  vi-unix-word-rubout \C-w
  vi-yank-arg _
  vi-yank-to Y y
  yank \C-y`),
]);
