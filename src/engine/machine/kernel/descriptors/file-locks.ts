/** Advisory locks of whole files (flock(2)): an open file description has one, whoever shares it (fs/locks.c). */
import { fail } from '../../../../protocol/errno.ts';
import type { Plain } from '../../../../protocol/plain.ts';
import type { LockKind } from '../../../../protocol/program.ts';
import { BLOCKED, type Attempt } from '../processes/process-record.ts';
import type { OpenFile } from './open-files.ts';
import type { Waiter } from './streams.ts';

interface FileLock {
  /** The open file description that has it. */
  readonly file: number;
  readonly device: number;
  readonly inode: number;
  readonly kind: LockKind;
  /** Who asked for it. */
  readonly pid: number;
}
/** A lock that somebody waits for. */
interface Wish extends FileLock {
  readonly waiter: Waiter;
}

export class FileLocks {
  #held: FileLock[] = [];
  /** In the order in which they came. */
  #wishes: Wish[] = [];

  constructor(private readonly wake: (waiters: Waiter[]) => void) {}

  /** Takes a lock, or gives up the one there is first where it is of the other kind; BLOCKED where others are in the way. */
  take(file: OpenFile, kind: LockKind, waiter: Waiter): Attempt {
    if (file.kind.type !== 'node') return fail('EBADF');
    const { device, inode } = file.kind.place.node.stat();
    this.#wishes = this.#wishes.filter((wish) => wish.waiter.pid !== waiter.pid || wish.waiter.call !== waiter.call);
    const own = this.#held.find((lock) => lock.file === file.id);
    if (own?.kind === kind) return undefined;
    if (own !== undefined) this.release(file);
    const wanted = { file: file.id, device, inode, kind, pid: waiter.pid };
    if (this.#held.some((lock) => conflicts(lock, wanted))) {
      this.#wishes.push({ ...wanted, waiter });
      return BLOCKED;
    }
    this.#held.push(wanted);
    return undefined;
  }

  release(file: OpenFile): void {
    const given = this.#held.find((lock) => lock.file === file.id);
    if (given === undefined) return;
    this.#held = this.#held.filter((lock) => lock !== given);
    const heard = this.#wishes.filter((wish) => isSameFile(wish, given));
    if (heard.length > 0) this.wake(heard.map(({ waiter }) => waiter));
  }

  /** The call does not wait any more; without a number, no call of the process does. */
  forget(pid: number, call?: number): void {
    if (this.#wishes.length === 0) return;
    this.#wishes = this.#wishes.filter(({ waiter }) => waiter.pid !== pid || (call ?? waiter.call) !== waiter.call);
  }

  /** /proc/locks, with pids as `pidOf` numbers them. */
  text(pidOf: (pid: number) => number): string {
    const row = ({ kind, pid, device, inode }: FileLock): string =>
      `FLOCK  ADVISORY  ${kind === 'exclusive' ? 'WRITE' : 'READ '} ${String(pidOf(pid))} ${hex(device >> 8)}:${hex(device & 255)}:${String(inode)} 0 EOF\n`;
    return this.#held
      .map((lock, at) => {
        const number = `${String(at + 1)}: `;
        const waiting = this.#wishes.filter((wish) => conflicts(lock, wish));
        return [row(lock), ...waiting.map((wish) => `-> ${row(wish)}`)].map((line) => number + line).join('');
      })
      .join('');
  }

  snapshot(): Plain {
    return { held: this.#held, wishes: this.#wishes } as unknown as Plain;
  }

  restore(saved: Plain): void {
    const state = (saved ?? { held: [], wishes: [] }) as unknown as { held: FileLock[]; wishes: Wish[] };
    this.#held = [...state.held];
    this.#wishes = [...state.wishes];
  }
}

const hex = (value: number): string => value.toString(16).padStart(2, '0');

const isSameFile = (a: FileLock, b: FileLock): boolean => a.device === b.device && a.inode === b.inode;

const conflicts = (lock: FileLock, wanted: FileLock): boolean =>
  isSameFile(lock, wanted) && lock.file !== wanted.file && (lock.kind === 'exclusive' || wanted.kind === 'exclusive');
