import type { Pid, ProgramTable } from '../../protocol/program.ts';
import type { TestProcess } from './test-process.spec-support.ts';

// The mask that programs begin with, here and where the real ones are run: the machine's user may have another.
process.umask(0o022);

interface Timer {
  readonly atUs: number;
  readonly run: () => void;
}

/** The processes of one run, and its virtual time: it jumps to the next timer when nobody has anything to do. */
export class TestWorld {
  readonly programs: ProgramTable;
  readonly processes = new Map<Pid, TestProcess>();
  /** The only directory that may be written to; anywhere, where it is undefined. */
  readonly confinedTo: string | undefined;
  /** Paths outside it that somebody tried to write to. */
  readonly escapes: string[] = [];
  nowUs = 5_000_000;
  /** Grows with every call that could change something. */
  activity = 0;
  /** Errors that programs threw: bugs of ours. */
  readonly crashes: string[] = [];
  /** Program modules on their way. */
  loading = 0;
  #nextPid = 1_000;
  #timers: Timer[] = [];
  #random: number;

  /** Two worlds in directories of their own draw other random numbers: what mktemp makes in /tmp has other names. */
  constructor(programs: ProgramTable, cwd: string, confinedTo?: string) {
    this.programs = programs;
    this.confinedTo = confinedTo;
    this.#random = [...cwd].reduce((hash, letter) => (hash * 31 + letter.charCodeAt(0)) >>> 0, 1);
  }

  random(count: number): Uint8Array {
    return Uint8Array.from({ length: count }, () => {
      this.#random = (Math.imul(this.#random, 1_664_525) + 1_013_904_223) >>> 0;
      return this.#random >>> 24;
    });
  }

  takePid(): Pid {
    this.#nextPid += 1;
    return this.#nextPid;
  }
  at(atUs: number, run: () => void): void {
    this.#timers.push({ atUs, run });
  }
  /** CPU time passes. */
  spend(us: number): void {
    this.nowUs += us;
    this.activity += 1;
    this.#fire();
  }
  /** Nothing can happen but by time: goes to the next timer. False where there is none. */
  skip(): boolean {
    if (this.#timers.length === 0) return false;
    this.nowUs = Math.max(this.nowUs, Math.min(...this.#timers.map(({ atUs }) => atUs)));
    this.#fire();
    return true;
  }
  #fire(): void {
    if (this.#timers.length === 0) return;
    const due = this.#timers.filter(({ atUs }) => atUs <= this.nowUs).sort((a, b) => a.atUs - b.atUs);
    if (due.length === 0) return;
    this.#timers = this.#timers.filter(({ atUs }) => atUs > this.nowUs);
    this.activity += 1;
    for (const { run } of due) run();
  }
}
