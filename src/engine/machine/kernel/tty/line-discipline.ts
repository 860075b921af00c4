/**
 * The terminal's line discipline (N_TTY): editing of a line before a program sees it, echo, signals from keys.
 * Source: termios(3). Leaves out: parity, VTIME and VMIN (reads answer with what there is), EXTPROC.
 */
import { decodeUtf8 } from '../../../../protocol/bytes.ts';
import type { Signal, Termios } from '../../../../protocol/program.ts';
import { codeWidth } from '../../../../formats/cell-width.ts';
import { TTY_INPUT_CAPACITY, TTY_LINE_CAPACITY } from '../cost.ts';

export const DEFAULT_TERMIOS: Termios = {
  canonical: true,
  echo: true,
  signals: true,
  mapCrToNl: true,
  outputNlToCrNl: true,
  flowControl: true,
};

export interface LineState {
  termios: Termios;
  /** The line being edited. */
  line: number[];
  /** Complete lines (or raw bytes); an empty one is an end of file. */
  ready: number[][];
  readyBytes: number;
  /** ^V: the next byte is taken as it is. */
  literal: boolean;
  /** ^S. */
  stopped: boolean;
  /** Column of the cursor, and where the edited line began. */
  column: number;
  lineStart: number;
}

export const freshLine = (): LineState => ({
  termios: DEFAULT_TERMIOS,
  line: [],
  ready: [],
  readyBytes: 0,
  literal: false,
  stopped: false,
  column: 0,
  lineStart: 0,
});

/** What keys lead to. */
export interface LineEffects {
  echo(bytes: readonly number[]): void;
  signal(signal: Signal): void;
  /** ^S: only what was echoed before is shown. */
  stopping(): void;
  /** ^Q, or a key after ^S. */
  started(): void;
}

const SIGNAL_KEYS: Readonly<Record<number, Signal>> = { 3: 'SIGINT', 28: 'SIGQUIT', 26: 'SIGTSTP' };
const BACKSPACE = [8, 32, 8];

/** Puts one typed byte through; false where the queue is full. */
export function typeByte(state: LineState, typed: number, effects: LineEffects): boolean {
  const { termios } = state;
  let byte = typed;
  if (state.readyBytes >= TTY_INPUT_CAPACITY) return false;
  if (state.literal) {
    state.literal = false;
    append(state, byte, effects);
    return true;
  }
  if (termios.flowControl && byte === 19) {
    effects.stopping();
    state.stopped = true;
    return true;
  }
  if (state.stopped && (byte === 17 || termios.flowControl)) {
    state.stopped = false;
    effects.started();
    if (byte === 17) return true;
  }
  const signal = termios.signals ? SIGNAL_KEYS[byte] : undefined;
  if (signal !== undefined) {
    if (termios.echo) effects.echo(shown(byte));
    state.line = [];
    state.ready = [];
    state.readyBytes = 0;
    state.lineStart = state.column;
    effects.signal(signal);
    return true;
  }
  if (byte === 13 && termios.mapCrToNl) byte = 10;
  if (!termios.canonical) {
    if (termios.echo) effects.echo([byte]);
    deliver(state, [byte], true);
    return true;
  }
  edit(state, byte, effects);
  return true;
}

function edit(state: LineState, byte: number, effects: LineEffects): void {
  const { termios, line } = state;
  switch (byte) {
    case 127:
    case 8:
      eraseCharacter(state, effects);
      return;
    case 21:
      while (line.length > 0) eraseCharacter(state, effects);
      return;
    case 23:
      while (line.length > 0 && isBlank(line.at(-1))) eraseCharacter(state, effects);
      while (line.length > 0 && !isBlank(line.at(-1))) eraseCharacter(state, effects);
      return;
    case 4:
      deliver(state, line, false);
      state.line = [];
      state.lineStart = state.column;
      return;
    case 22:
      state.literal = true;
      return;
    case 18:
      if (termios.echo) effects.echo([...shown(18), 10, ...line]);
      return;
    case 10:
      if (termios.echo) effects.echo([10]);
      deliver(state, [...line, 10], false);
      state.line = [];
      state.lineStart = 0;
      return;
    default:
      append(state, byte, effects);
  }
}

function append(state: LineState, byte: number, effects: LineEffects): void {
  if (!state.termios.canonical) {
    deliver(state, [byte], true);
    return;
  }
  if (state.line.length >= TTY_LINE_CAPACITY) {
    effects.echo([7]);
    return;
  }
  if (state.line.length === 0) state.lineStart = state.column;
  state.line.push(byte);
  if (state.termios.echo) effects.echo(byte === 9 ? [9] : shown(byte));
}

/** Takes one whole character off the line and off the screen. */
function eraseCharacter(state: LineState, effects: LineEffects): void {
  const { line, termios } = state;
  let at = line.length - 1;
  while (at > 0 && ((line[at] ?? 0) & 0xc0) === 0x80) at -= 1;
  if (at < 0) return;
  const before = columnsOf(line, state.lineStart);
  line.splice(at);
  const cells = before - columnsOf(line, state.lineStart);
  if (!termios.echo) return;
  const last = Array.from({ length: cells }, () => BACKSPACE).flat();
  effects.echo(last);
}

/** Column after the line's characters, begun at `start`. */
function columnsOf(line: readonly number[], start: number): number {
  let column = start;
  for (const char of decodeUtf8(Uint8Array.from(line))) {
    const code = char.codePointAt(0) ?? 0;
    if (code === 9) column += 8 - (column % 8);
    else column += code < 32 || code === 127 ? 2 : codeWidth(code);
  }
  return column;
}

function deliver(state: LineState, bytes: readonly number[], raw: boolean): void {
  const last = state.ready.at(-1);
  if (raw && last !== undefined) last.push(...bytes);
  else state.ready.push([...bytes]);
  state.readyBytes += bytes.length;
}

/** Changes the mode; what was being edited becomes readable where line editing ends. */
export function changeTermios(state: LineState, change: Partial<Termios>): void {
  const next: Termios = { ...state.termios, ...change };
  if (state.termios.canonical && !next.canonical && state.line.length > 0) {
    deliver(state, state.line, true);
    state.line = [];
  }
  state.termios = next;
}

/** Takes input for a reader: a line at most in canonical mode. Undefined: nothing there; empty: end of file. */
export function takeInput(state: LineState, max: number): Uint8Array | undefined {
  const [first] = state.ready;
  if (first === undefined) return undefined;
  if (first.length > max) {
    state.readyBytes -= max;
    return Uint8Array.from(first.splice(0, max));
  }
  state.ready.shift();
  state.readyBytes -= first.length;
  return Uint8Array.from(first);
}

/** Output as the screen gets it; keeps the column. */
export function mapOutput(state: LineState, bytes: ArrayLike<number>): Uint8Array {
  const { outputNlToCrNl } = state.termios;
  let feeds = 0;
  let lineStart = 0;
  for (let i = 0; i < bytes.length; i += 1) {
    const byte = bytes[i];
    if (byte === 10) feeds += 1;
    if (byte === 10 || byte === 13) lineStart = i + 1;
  }
  if (lineStart > 0) state.column = 0;
  for (let i = lineStart; i < bytes.length; i += 1) {
    const byte = bytes[i] ?? 0;
    if (byte === 8) state.column = Math.max(0, state.column - 1);
    else if (byte === 9) state.column += 8 - (state.column % 8);
    else if (byte >= 0xe1 && byte <= 0xed) state.column += 2;
    else if (byte >= 32 && (byte & 0xc0) !== 0x80) state.column += 1;
  }
  if (!outputNlToCrNl || feeds === 0) return new Uint8Array(bytes);
  const mapped = new Uint8Array(bytes.length + feeds);
  let at = 0;
  for (let i = 0; i < bytes.length; i += 1) {
    const byte = bytes[i] ?? 0;
    if (byte === 10) {
      mapped[at] = 13;
      at += 1;
    }
    mapped[at] = byte;
    at += 1;
  }
  return mapped;
}

const shown = (byte: number): number[] =>
  byte < 32 && byte !== 10 && byte !== 9 ? [94, byte + 64] : byte === 127 ? [94, 63] : [byte];
const isBlank = (byte: number | undefined): boolean => byte === 32 || byte === 9;
