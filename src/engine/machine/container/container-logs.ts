/** Writes what containers print to their log files and tells who follows. */
import type { Plain } from '../../../protocol/plain.ts';
import { concatBytes } from '../../../protocol/bytes.ts';
import { formatRfc3339 } from '../../sim/clock.ts';
import { tell, type Notify } from '../../sim/notify.ts';
import type { Simulation } from '../../sim/simulation.ts';
import { failed } from '../../../protocol/errno.ts';
import type { Files } from '../files/interface.ts';
import type { LogSpec } from './interface.ts';
import {
  criPrefix,
  formatNano,
  jsonFileLine,
  MAX_LOG_LINE,
  NEWLINE,
  splitLines,
  type LogStream,
} from './log-format.ts';

interface Follower {
  readonly containerId: string;
  readonly notify: Notify;
  toldAtUs: number;
}

export class ContainerLogs {
  /** Unfinished lines by container and stream. */
  readonly #partial = new Map<string, Uint8Array>();
  readonly #followers = new Map<number, Follower>();
  #nextFollower = 1;
  /** The last one made; derived. */
  #prefix:
    | { readonly unixUs: number; readonly stream: LogStream; readonly partial: boolean; readonly bytes: Uint8Array }
    | undefined;

  constructor(
    private readonly sim: Simulation,
    private readonly files: Files,
  ) {}

  /** The file exists from the container's start. */
  begin(log: LogSpec): void {
    if (log.driver !== 'none') this.files.root.write(log.path, '', { append: true, parents: true, mode: 0o640 });
  }

  write(containerId: string, log: LogSpec, stream: LogStream, bytes: Uint8Array): void {
    const key = `${containerId}/${stream}`;
    const { lines, rest } = splitLines(this.#partial.get(key) ?? NOTHING, bytes);
    const out: Uint8Array[] = [];
    for (const line of lines) this.#encode(out, log, stream, line, false);
    if (rest.length >= MAX_LOG_LINE) {
      this.#encode(out, log, stream, rest, true);
      this.#partial.delete(key);
    } else if (rest.length > 0) this.#partial.set(key, rest);
    else this.#partial.delete(key);
    this.#append(containerId, log, out);
  }

  /** The streams have ended: an unfinished line is written as it is. */
  end(containerId: string, log: LogSpec): void {
    for (const stream of ['stdout', 'stderr'] as const) {
      const rest = this.#partial.get(`${containerId}/${stream}`);
      if (rest === undefined) continue;
      this.#partial.delete(`${containerId}/${stream}`);
      const out: Uint8Array[] = [];
      this.#encode(out, log, stream, rest, true);
      this.#append(containerId, log, out);
    }
  }

  #encode(out: Uint8Array[], log: LogSpec, stream: LogStream, line: Uint8Array, partial: boolean): void {
    if (log.driver === 'none') return;
    const { unixUs } = this.sim.clock;
    let rest = line;
    for (;;) {
      const piece = rest.length > MAX_LOG_LINE ? rest.subarray(0, MAX_LOG_LINE) : rest;
      const isPart = partial || piece !== rest;
      if (log.driver === 'cri') out.push(this.#criPrefix(unixUs, stream, isPart), piece, NEWLINE);
      else out.push(jsonFileLine(formatNano(unixUs, formatRfc3339), stream, piece, isPart));
      if (piece === rest) return;
      rest = rest.subarray(MAX_LOG_LINE);
    }
  }

  /** Lines that come at one instant begin alike. */
  #criPrefix(unixUs: number, stream: LogStream, partial: boolean): Uint8Array {
    const known = this.#prefix;
    if (known?.unixUs === unixUs && known.stream === stream && known.partial === partial) return known.bytes;
    const bytes = criPrefix(formatNano(unixUs, formatRfc3339), stream, partial);
    this.#prefix = { unixUs, stream, partial, bytes };
    return bytes;
  }

  #append(containerId: string, log: LogSpec, parts: readonly Uint8Array[]): void {
    if (parts.length === 0 || log.driver === 'none') return;
    this.files.root.write(log.path, concatBytes(parts), { append: true, parents: true, mode: 0o640 });
    if (log.driver === 'json-file') this.#rotate(log);
    for (const follower of this.#followers.values()) {
      if (follower.containerId !== containerId || follower.toldAtUs === this.sim.clock.nowUs) continue;
      follower.toldAtUs = this.sim.clock.nowUs;
      tell(this.sim.loop, follower.notify, { containerId });
    }
  }

  /** Somebody is told of every line. */
  isFollowed(containerId: string): boolean {
    for (const follower of this.#followers.values()) if (follower.containerId === containerId) return true;
    return false;
  }

  /** docker's max-size and max-file: `…-json.log` becomes `…-json.log.1`, and so on. */
  #rotate(log: LogSpec & { readonly driver: 'json-file' }): void {
    if (log.maxSizeBytes === undefined) return;
    const stat = this.files.root.stat(log.path);
    if (failed(stat) || stat.size < log.maxSizeBytes) return;
    const kept = (log.maxFiles ?? 1) - 1;
    if (kept === 0) this.files.root.remove(log.path);
    for (let number = kept; number >= 1; number -= 1) {
      const from = number === 1 ? log.path : `${log.path}.${String(number - 1)}`;
      if (this.files.root.exists(from)) this.files.root.rename(from, `${log.path}.${String(number)}`);
    }
    this.files.root.write(log.path, '', { mode: 0o640 });
  }

  follow(containerId: string, notify: Notify): number {
    const id = this.#nextFollower;
    this.#nextFollower += 1;
    this.#followers.set(id, { containerId, notify, toldAtUs: -1 });
    return id;
  }
  unfollow(id: number): void {
    this.#followers.delete(id);
  }

  snapshot(): Plain {
    return {
      partial: [...this.#partial],
      followers: [...this.#followers] as unknown as Plain,
      nextFollower: this.#nextFollower,
    };
  }
  restore(state: Plain): void {
    const saved = state as unknown as {
      partial: [string, Uint8Array][];
      followers: [number, Follower][];
      nextFollower: number;
    };
    this.#partial.clear();
    this.#followers.clear();
    for (const [key, bytes] of saved.partial) this.#partial.set(key, bytes);
    for (const [id, follower] of saved.followers) this.#followers.set(id, { ...follower });
    this.#nextFollower = saved.nextFollower;
  }
}

const NOTHING = new Uint8Array(0);
