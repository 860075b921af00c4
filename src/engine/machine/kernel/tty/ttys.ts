/** Terminals: a line discipline between a screen (a component, a program or somebody outside) and the processes of a session. */
import { concatBytes, EMPTY_BYTES } from '../../../../protocol/bytes.ts';
import type { Plain } from '../../../../protocol/plain.ts';
import type { Signal, Termios, WindowSize } from '../../../../protocol/program.ts';
import type { Scheduler } from '../../../sim/event-loop.ts';
import { tell, type Notify } from '../../../sim/notify.ts';
import { TTY_OUTPUT_CAPACITY } from '../cost.ts';
import type { NewTty, TtyId, Ttys } from '../interface.ts';
import {
  changeTermios,
  freshLine,
  mapOutput,
  takeInput,
  typeByte,
  type LineEffects,
  type LineState,
} from './line-discipline.ts';
import type { Waiter } from '../descriptors/streams.ts';

export interface Tty {
  readonly id: TtyId;
  line: LineState;
  size: WindowSize;
  output: Uint8Array[];
  outputBytes: number;
  /** Session that it controls, and the group that may read. */
  session: number;
  foreground: number;
  /** Descriptions of the terminal side; it is closed for the screen when the last has gone. */
  holders: number;
  /** The screen's side is there: a component, or descriptions of a program. */
  controllers: number;
  everHeld: boolean;
  hungUp: boolean;
  /** A screen outside the simulation takes output at once, whether or not one is attached just now. */
  external: boolean;
  notify: Notify | undefined;
  told: boolean;
  /** Of its file in /dev/pts; without owners of its own it belongs to the leader of its session. */
  mode: number;
  owner?: readonly [uid: number, gid: number];
  /** When it was last read from and written to, in whole seconds as unix ms. */
  readMs: number;
  writtenMs: number;
  readWaiters: Waiter[];
  writeWaiters: Waiter[];
  controllerWaiters: Waiter[];
}

/** What mode=620 of devpts gives a new terminal: its group, tty, may write to it (mesg, wall, write). */
const FRESH_MODE = 0o620;
/** tty_update_time of drivers/tty/tty_io.c: watching a terminal's times must not tell one key from another. */
const TIME_STEP_MS = 8000;

type Dated = 'mode' | 'readMs' | 'writtenMs';

export interface TtyEffects {
  /** Unix time. */
  nowMs(): number;
  wake(waiters: Waiter[]): void;
  signalGroup(group: number, signal: Signal): void;
  hangUp(tty: Tty): void;
}

export class TtyTable implements Ttys {
  #ttys = new Map<TtyId, Tty>();
  readonly #listeners = new Map<TtyId, (bytes: Uint8Array) => void>();

  constructor(
    private readonly scheduler: Scheduler,
    private readonly effects: TtyEffects,
  ) {}

  create(options: NewTty = {}): TtyId {
    let id = 0;
    while (this.#ttys.has(id)) id += 1;
    this.#ttys.set(id, {
      id,
      line: freshLine(),
      size: options.size ?? { columns: 80, rows: 24 },
      output: [],
      outputBytes: 0,
      session: 0,
      foreground: 0,
      holders: 0,
      controllers: 1,
      everHeld: false,
      hungUp: false,
      external: options.external === true,
      notify: options.output,
      told: false,
      mode: FRESH_MODE,
      readMs: this.effects.nowMs(),
      writtenMs: this.effects.nowMs(),
      readWaiters: [],
      writeWaiters: [],
      controllerWaiters: [],
    });
    return id;
  }

  get(id: TtyId): Tty | undefined {
    return this.#ttys.get(id);
  }

  /** Numbers of /dev/pts, ascending. */
  ids(): readonly TtyId[] {
    return [...this.#ttys.keys()].toSorted((a, b) => a - b);
  }

  exists(id: TtyId): boolean {
    return this.#ttys.has(id);
  }

  name(id: TtyId): string {
    return `/dev/pts/${String(id)}`;
  }

  input(id: TtyId, bytes: Uint8Array): number {
    const tty = this.#ttys.get(id);
    if (tty === undefined || tty.hungUp) return bytes.length;
    // A paste is echoed in one piece, not byte by byte.
    let echo: number[] = [];
    const flush = (): void => {
      if (echo.length > 0) this.#emit(tty, Uint8Array.from(echo));
      echo = [];
    };
    const effects: LineEffects = {
      echo: (echoed) => {
        for (const byte of mapOutput(tty.line, echoed)) echo.push(byte);
      },
      signal: (signal) => {
        flush();
        if (tty.foreground !== 0) this.effects.signalGroup(tty.foreground, signal);
      },
      stopping: flush,
      started: () => {
        flush();
        this.#drain(tty);
      },
    };
    let taken = 0;
    while (taken < bytes.length && typeByte(tty.line, bytes[taken] ?? 0, effects)) taken += 1;
    flush();
    if (tty.line.ready.length > 0) this.#wake(tty, 'readWaiters');
    return taken;
  }

  output(id: TtyId, max = Infinity): Uint8Array {
    const tty = this.#ttys.get(id);
    if (tty === undefined) return EMPTY_BYTES;
    tty.told = false;
    return this.take(tty, max);
  }

  resize(id: TtyId, size: WindowSize): void {
    const tty = this.#ttys.get(id);
    if (tty === undefined || (tty.size.columns === size.columns && tty.size.rows === size.rows)) return;
    tty.size = size;
    if (tty.foreground !== 0) this.effects.signalGroup(tty.foreground, 'SIGWINCH');
  }

  hangup(id: TtyId): void {
    const tty = this.#ttys.get(id);
    if (tty === undefined) return;
    tty.controllers = 0;
    this.#dropLine(tty);
    if (tty.holders === 0) this.#ttys.delete(id);
  }

  setOutput(id: TtyId, notify: Notify | undefined): void {
    const tty = this.#ttys.get(id);
    if (tty === undefined) return;
    tty.notify = notify;
    tty.told = false;
    if (tty.outputBytes > 0) this.#tell(tty);
  }

  attach(id: TtyId, listener: (bytes: Uint8Array) => void): () => void {
    this.#listeners.set(id, listener);
    const tty = this.#ttys.get(id);
    if (tty !== undefined) this.#drain(tty);
    return () => {
      if (this.#listeners.get(id) === listener) this.#listeners.delete(id);
    };
  }

  // ---- the kernel

  /** A process writes; answers how much was taken. */
  write(tty: Tty, bytes: Uint8Array): number {
    if (tty.line.stopped) return 0;
    const room = tty.external ? bytes.length : Math.max(0, TTY_OUTPUT_CAPACITY - tty.outputBytes);
    const part = bytes.length <= room ? bytes : bytes.subarray(0, room);
    if (part.length === 0) return 0;
    tty.writtenMs = this.#touched(tty.writtenMs);
    this.#emit(tty, mapOutput(tty.line, part));
    return part.length;
  }

  #touched(beforeMs: number): number {
    const nowMs = this.effects.nowMs();
    const isSame = Math.floor(nowMs / TIME_STEP_MS) === Math.floor(beforeMs / TIME_STEP_MS);
    return isSame ? beforeMs : nowMs - (nowMs % 1000);
  }

  /** Input for a reader; undefined where it has to wait, empty at end of file. */
  read(tty: Tty, max: number): Uint8Array | undefined {
    if (tty.hungUp) return EMPTY_BYTES;
    const taken = takeInput(tty.line, max);
    if (taken !== undefined && taken.length > 0) tty.readMs = this.#touched(tty.readMs);
    return taken;
  }

  setTermios(tty: Tty, change: Partial<Termios>): void {
    changeTermios(tty.line, change);
    if (tty.line.ready.length > 0) this.#wake(tty, 'readWaiters');
  }

  take(tty: Tty, max: number): Uint8Array {
    if (tty.outputBytes === 0) return EMPTY_BYTES;
    const whole = concatBytes(tty.output);
    const part = whole.length <= max ? whole : whole.slice(0, max);
    const rest = whole.subarray(part.length);
    tty.output = rest.length === 0 ? [] : [rest];
    tty.outputBytes = rest.length;
    this.#wake(tty, 'writeWaiters');
    return part;
  }

  hold(tty: Tty, side: 'terminal' | 'controller'): void {
    if (side === 'controller') tty.controllers += 1;
    else {
      tty.holders += 1;
      tty.everHeld = true;
    }
  }

  release(tty: Tty, side: 'terminal' | 'controller'): void {
    if (side === 'controller') {
      tty.controllers -= 1;
      if (tty.controllers <= 0) this.hangup(tty.id);
      return;
    }
    tty.holders -= 1;
    if (tty.holders > 0) return;
    this.#wake(tty, 'controllerWaiters');
    if (tty.notify !== undefined) tell(this.scheduler, tty.notify, { tty: tty.id, closed: true });
    if (tty.controllers <= 0) this.#ttys.delete(tty.id);
  }

  /** A component lets go of its side. */
  destroy(id: TtyId): void {
    this.hangup(id);
  }

  forget(pid: number, call?: number): void {
    const stays = (waiter: Waiter): boolean => waiter.pid !== pid || (call !== undefined && waiter.call !== call);
    for (const tty of this.#ttys.values()) {
      for (const queue of ['readWaiters', 'writeWaiters', 'controllerWaiters'] as const)
        if (!tty[queue].every(stays)) tty[queue] = tty[queue].filter(stays);
    }
  }

  snapshot(): Plain {
    return [...this.#ttys.values()].map(copyOf) as unknown as Plain;
  }

  restore(saved: Plain): void {
    // Worlds saved before terminals had modes and times lack them; the order of members stays what it was.
    const ttys = saved as unknown as (Omit<Tty, Dated> & Partial<Pick<Tty, Dated>>)[];
    this.#ttys = new Map(
      ttys.map((tty) => {
        const { mode = FRESH_MODE, readMs = 0, writtenMs = 0 } = tty;
        return [tty.id, copyOf({ ...tty, mode, readMs, writtenMs })];
      }),
    );
  }

  #dropLine(tty: Tty): void {
    if (tty.hungUp) return;
    tty.hungUp = true;
    this.effects.hangUp(tty);
    this.#wake(tty, 'readWaiters');
    this.#wake(tty, 'writeWaiters');
  }

  #emit(tty: Tty, bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    const listener = tty.line.stopped ? undefined : this.#listeners.get(tty.id);
    if (listener !== undefined) {
      listener(bytes);
      return;
    }
    // Echo may go beyond the bound, but not without end; a screen that comes later sees the latest part.
    if (!tty.external && tty.outputBytes > 2 * TTY_OUTPUT_CAPACITY) return;
    tty.output.push(bytes);
    tty.outputBytes += bytes.length;
    while (tty.external && tty.outputBytes > 16 * TTY_OUTPUT_CAPACITY && tty.output.length > 1)
      tty.outputBytes -= tty.output.shift()?.length ?? 0;
    this.#wake(tty, 'controllerWaiters');
    this.#tell(tty);
  }

  #drain(tty: Tty): void {
    const listener = this.#listeners.get(tty.id);
    if (listener !== undefined && tty.outputBytes > 0) listener(this.take(tty, Infinity));
    this.#wake(tty, 'writeWaiters');
  }

  #tell(tty: Tty): void {
    if (tty.notify === undefined || tty.told) return;
    tty.told = true;
    tell(this.scheduler, tty.notify, { tty: tty.id });
  }

  #wake(tty: Tty, queue: 'readWaiters' | 'writeWaiters' | 'controllerWaiters'): void {
    const waiters = tty[queue];
    if (waiters.length === 0) return;
    tty[queue] = [];
    this.effects.wake(waiters);
  }
}

/** Shares nothing that changes. */
const copyOf = (tty: Tty): Tty => ({
  ...tty,
  line: { ...tty.line, line: [...tty.line.line], ready: tty.line.ready.map((each) => [...each]) },
  output: tty.outputBytes === 0 ? [] : [concatBytes(tty.output)],
  readWaiters: [...tty.readWaiters],
  writeWaiters: [...tty.writeWaiters],
  controllerWaiters: [...tty.controllerWaiters],
});
