/** What every full-screen program does between two keys: save a place to go on from, read, decode, act, paint. */
import { concatBytes, EMPTY_BYTES } from '../../protocol/bytes.ts';
import { failed, type Result } from '../../protocol/errno.ts';
import type { Plain } from '../../protocol/plain.ts';
import type { Fd, Process, Signal, Termios, WindowSize } from '../../protocol/program.ts';
import type { Key } from '../readline/keys.ts';
import { parseKeys } from '../readline/keys.ts';
import { bytesToText, textToBytes, wholeCharacters } from '../text.ts';

export interface FullScreen<State> {
  /** The screen as it is to be, and the state with what painting has found (the first row in sight). */
  readonly paint: (state: State, size: WindowSize) => { readonly text: string; readonly state: State };
  readonly press: (process: Process, state: State, key: Key) => State | Promise<State>;
  /** A caught signal other than the window's. */
  readonly interrupted?: (state: State) => State;
  readonly isDone: (state: State) => boolean;
  /** Where the keys come from. */
  readonly keys?: (state: State) => Fd;
  /** Looks again by itself where no key comes for so many microseconds; undefined where it awaits a key alone. */
  readonly waits?: (state: State) => number | undefined;
  readonly look?: (process: Process, state: State) => State | Promise<State>;
}

/** What a key is awaited with; the screen is painted. */
interface Awaiting<State> {
  readonly state: State;
  /** An unfinished key and an unfinished character. */
  readonly pending: string;
  readonly held: Uint8Array;
}

/** A terminal that hands over keys as they are typed. */
export const RAW: Partial<Termios> = {
  canonical: false,
  echo: false,
  signals: false,
  mapCrToNl: false,
  flowControl: false,
};
export const COOKED: Partial<Termios> = {
  canonical: true,
  echo: true,
  signals: true,
  mapCrToNl: true,
  flowControl: true,
};
const DEFAULT_SIZE: WindowSize = { columns: 80, rows: 24 };

export const sizeOf = (process: Process): WindowSize => {
  const size = process.windowSize(1);
  return failed(size) || size.rows === 0 ? DEFAULT_SIZE : size;
};

/** Paints for the first time and goes on from key to key until the program is done. */
export async function runFullScreen<State>(
  process: Process,
  screen: FullScreen<State>,
  first: State,
  caught: readonly Signal[] = ['SIGWINCH'],
): Promise<State> {
  for (const signal of caught) process.sigaction(signal, 'catch');
  return await loop(process, screen, {
    state: await paint(process, screen, first),
    pending: '',
    held: EMPTY_BYTES,
  });
}

/** Goes on from what a snapshot has saved. */
export async function resumeFullScreen<State>(
  process: Process,
  screen: FullScreen<State>,
  saved: Plain,
): Promise<State> {
  return await loop(process, screen, saved as unknown as Awaiting<State>);
}

async function paint<State>(process: Process, screen: FullScreen<State>, state: State): Promise<State> {
  const painted = screen.paint(state, sizeOf(process));
  await process.write(1, textToBytes(painted.text));
  return painted.state;
}

/** Begins where a key is awaited: what is restored goes on here and makes no other call first. */
async function loop<State>(process: Process, screen: FullScreen<State>, first: Awaiting<State>): Promise<State> {
  let { state, pending, held } = first;
  while (!screen.isDone(state)) {
    const saved = { state, pending, held };
    process.checkpointLazily(() => saved as unknown as Plain);
    const bytes = await awaitKeys(process, screen, state);
    if (bytes === 'none') state = (await screen.look?.(process, state)) ?? state;
    else if (failed(bytes)) {
      if (bytes.errno !== 'EINTR') break;
      if (process.takeSignals().some((signal) => signal !== 'SIGWINCH')) state = screen.interrupted?.(state) ?? state;
    } else if (bytes.length === 0) break;
    else {
      const all = concatBytes([held, bytes]);
      const whole = wholeCharacters(all);
      held = all.subarray(whole);
      const parsed = parseKeys(pending + bytesToText(all.subarray(0, whole)));
      pending = parsed.rest;
      state = await pressAll(process, screen, state, parsed.keys);
    }
    if (!screen.isDone(state)) state = await paint(process, screen, state);
  }
  return state;
}

/** Keys, or `none` where the program is to look again first. */
async function awaitKeys<State>(
  process: Process,
  screen: FullScreen<State>,
  state: State,
): Promise<Result<Uint8Array> | 'none'> {
  const fd = screen.keys?.(state) ?? 0;
  const us = screen.waits?.(state);
  if (us !== undefined) {
    const ready = await process.poll([{ fd, read: true }], us);
    if (failed(ready)) return ready;
    if (ready.length === 0) return 'none';
  }
  return await process.read(fd, 65_536);
}

async function pressAll<State>(
  process: Process,
  screen: FullScreen<State>,
  before: State,
  keys: readonly Key[],
): Promise<State> {
  let state = before;
  for (const key of keys) {
    if (screen.isDone(state)) break;
    state = await screen.press(process, state, key);
  }
  return state;
}
