/** What the columns of ps are computed from beside the process itself. */
import { failed } from '../../../protocol/errno.ts';
import type { Process } from '../../../protocol/program.ts';
import { groupNameOf, userNameOf } from '../../accounts.ts';
import { fileText } from '../../io.ts';
import { strftime } from '../../strftime.ts';
import type { ProcEntry } from '../process-list.ts';

export class PsFacts {
  readonly uptime: number;
  readonly nowUs: number;
  /** Unix time of the boot. */
  readonly #bootSeconds: number;
  readonly #totalBytes: number;
  readonly #names = new Map<string, string>();
  readonly #files = new Map<string, string | undefined>();

  constructor(
    readonly process: Process,
    /** Processor time of children that have ended counts, too (S, --cumulative). */
    readonly withDeadChildren: boolean,
  ) {
    this.uptime = Number((fileText(process, '/proc/uptime') ?? '0').split(' ')[0]);
    this.nowUs = process.time().realtimeUs;
    this.#bootSeconds = Number(/^btime (\d+)/m.exec(fileText(process, '/proc/stat') ?? '')?.[1] ?? '0');
    this.#totalBytes = Number(/MemTotal:\s+(\d+)/.exec(fileText(process, '/proc/meminfo') ?? '')?.[1] ?? '1') * 1_024;
  }

  user(id: number): string {
    return this.#once(`u${String(id)}`, () => userNameOf(this.process, id) ?? String(id));
  }
  group(id: number): string {
    return this.#once(`g${String(id)}`, () => groupNameOf(this.process, id) ?? String(id));
  }
  #once(key: string, find: () => string): string {
    const known = this.#names.get(key) ?? find();
    this.#names.set(key, known);
    return known;
  }

  /** A file below /proc/PID; undefined where it cannot be read. */
  file({ pid }: ProcEntry, name: string): string | undefined {
    const path = `/proc/${String(pid)}/${name}`;
    if (!this.#files.has(path)) this.#files.set(path, fileText(this.process, path));
    return this.#files.get(path);
  }
  link({ pid }: ProcEntry, name: string): string | undefined {
    const found = this.process.readlink(`/proc/${String(pid)}/${name}`);
    return failed(found) ? undefined : found;
  }
  /** A row of /proc/PID/status. */
  status(entry: ProcEntry, label: string): string | undefined {
    return new RegExp(`^${label}:\\s+(.*)$`, 'm').exec(this.file(entry, 'status') ?? '')?.[1];
  }
  /** Real, effective, saved and file system number of a user or a group. */
  identity(entry: ProcEntry, label: 'Uid' | 'Gid', place: 0 | 1 | 2 | 3): number {
    return Number((this.status(entry, label) ?? '0 0 0 0').split(/\s+/)[place] ?? 0);
  }
  /** A size in /proc/PID/status, KiB. */
  kib(entry: ProcEntry, label: string): number {
    return Number.parseInt(this.status(entry, label) ?? '0', 10);
  }

  ticks(entry: ProcEntry): number {
    return entry.ticks + (this.withDeadChildren ? entry.childTicks : 0);
  }
  elapsed({ startTicks }: ProcEntry): number {
    return Math.max(0, Math.floor(this.uptime - startTicks / 100));
  }
  startedUs({ startTicks }: ProcEntry): number {
    return (this.#bootSeconds + Math.floor(startTicks / 100)) * 1e6;
  }
  started(entry: ProcEntry, format: string): string {
    return strftime(format, this.startedUs(entry));
  }
  /** The hour today, the day this year, else the year. */
  startedShortly(entry: ProcEntry): string {
    const started = this.startedUs(entry);
    const same = (format: string): boolean => strftime(format, started) === strftime(format, this.nowUs);
    return strftime(same('%F') ? '%H:%M' : same('%Y') ? '%b%d' : '%Y', started);
  }
  /** Processor time per lifetime, in parts of a thousand. */
  perMille(entry: ProcEntry): number {
    const seconds = this.elapsed(entry);
    return seconds <= 0 ? 0 : Math.floor((this.ticks(entry) * 10) / seconds);
  }
  /** The same in percent, by the exact lifetime. */
  utilization(entry: ProcEntry, ticks: number): number {
    const seconds = this.uptime - entry.startTicks / 100;
    return seconds <= 0 ? 0 : ticks / seconds;
  }
  /** Resident memory in parts of a thousand of the machine's. */
  memoryPerMille({ resident }: ProcEntry): number {
    return Math.min(999, Math.floor((resident * 1_000) / this.#totalBytes));
  }
}
