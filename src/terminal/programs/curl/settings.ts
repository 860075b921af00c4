/** What the command line asks of one operation: the options up to --next. */
import type { OptionEntry } from './option-table.ts';

/** Options that hold for all operations of a call. */
const GLOBAL = ['fail-early', 'progress-bar', 'progress-meter', 'show-error', 'silent', 'stderr', 'verbose'];

export class Settings {
  readonly order: (readonly [name: string, value: string])[];
  readonly urls: string[] = [];
  /** What -d and its relatives have gathered. */
  data: Uint8Array | undefined;

  constructor(before?: Settings) {
    this.order = before?.order.filter(([name]) => GLOBAL.includes(name)) ?? [];
  }

  add({ name }: OptionEntry, value: string): void {
    this.order.push([name, value]);
  }

  /** Whether a switch was turned on last. */
  on(name: string): boolean {
    return this.value(name) === 'yes';
  }

  /** Whether `--no-name` was said last of a switch that is on by itself. */
  off(name: string): boolean {
    return this.value(name) === 'no';
  }

  has(name: string): boolean {
    return this.order.some(([given]) => given === name);
  }

  /** The last value given. */
  value(name: string): string | undefined {
    return this.order.findLast(([given]) => given === name)?.[1];
  }

  values(name: string): readonly string[] {
    return this.order.filter(([given]) => given === name).map(([, value]) => value);
  }

  seconds(name: string): number | undefined {
    const text = this.value(name);
    return text === undefined ? undefined : Number(text);
  }
}
