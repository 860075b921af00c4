import { civilFromUnix } from '../../formats/civil-time.ts';
/** Virtual time. The event loop alone advances it. */
export interface Clock {
  /** µs since the topology's start. */
  readonly nowUs: number;
  /** Unix time in µs. */
  readonly unixUs: number;
  /** Unix time in whole ms. */
  readonly unixMs: number;
}

export class VirtualClock implements Clock {
  #nowUs = 0;
  /** @param startMs Unix time in ms at which the simulation begins. */
  constructor(readonly startMs: number) {}

  get nowUs(): number {
    return this.#nowUs;
  }
  get unixUs(): number {
    return this.startMs * 1000 + this.#nowUs;
  }
  get unixMs(): number {
    return this.startMs + Math.floor(this.#nowUs / 1000);
  }
  /** Moves forward; time never runs backwards. */
  advanceTo(nowUs: number): void {
    if (nowUs < this.#nowUs) throw new Error(`time would run backwards: ${String(this.#nowUs)} to ${String(nowUs)}`);
    this.#nowUs = nowUs;
  }
  restore(nowUs: number): void {
    this.#nowUs = nowUs;
  }
}

/** `2026-03-02T00:00:00Z` of Unix ms: the API's second-precision time. */
export function formatRfc3339(unixMs: number): string {
  const seconds = Math.floor(unixMs / 1000);
  // Most texts are of the present second.
  if (seconds !== lastSeconds) {
    const { date, time } = civil(unixMs);
    lastText = `${date}T${time}Z`;
    lastSeconds = seconds;
  }
  return lastText;
}
let lastSeconds: number | undefined;
let lastText = '';

/** `2026-03-02T00:00:00.000000Z` of Unix µs: the API's MicroTime. */
export function formatRfc3339Micro(unixUs: number): string {
  const { date, time } = civil(Math.floor(unixUs / 1000));
  return `${date}T${time}.${String(unixUs % 1_000_000).padStart(6, '0')}Z`;
}

export { type CivilTime, civilFromUnix, daysFromCivil, parseRfc3339 } from '../../formats/civil-time.ts';

function civil(unixMs: number): { date: string; time: string } {
  const c = civilFromUnix(Math.floor(unixMs / 1000));
  const two = (n: number): string => String(n).padStart(2, '0');
  return {
    date: `${String(c.year).padStart(4, '0')}-${two(c.month)}-${two(c.day)}`,
    time: `${two(c.hour)}:${two(c.minute)}:${two(c.second)}`,
  };
}
