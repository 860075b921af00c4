/** What every docker command works with. */
import { wholePower } from '../../../formats/power.ts';
import type { JsonObject, JsonValue } from '../../../protocol/plain.ts';
import type { Process } from '../../../protocol/program.ts';
import type { Flags } from '../framework/flags.ts';
import { type Io } from '../../io.ts';
import type { Client } from './client.ts';
import { Fatal, refuseArgument } from './fatal.ts';

export interface Context {
  readonly process: Process;
  readonly io: Io;
  readonly client: Client;
  readonly flags: Flags;
  /** `docker ps`. */
  readonly path: string;
}

export interface Verb {
  /** After the path: `[OPTIONS] CONTAINER`. */
  readonly use: string;
  readonly short: string;
  /** Least and most arguments. */
  readonly args: readonly [least: number, most: number];
  /** Flags that are honoured. */
  readonly flags: readonly string[];
  /** Flags end at the first argument (run, exec). */
  readonly interspersed?: false;
  /** Where completion takes names from. */
  readonly completes?: 'containers' | 'running' | 'images' | 'networks' | 'volumes';
  run(context: Context): Promise<number>;
}

export const array = (value: JsonValue | undefined): readonly JsonObject[] =>
  Array.isArray(value) ? (value as readonly JsonObject[]) : [];
export const member = (value: JsonValue | undefined, ...names: readonly string[]): JsonValue | undefined => {
  let at: JsonValue | undefined = value;
  for (const name of names)
    at = typeof at === 'object' && at !== null && !Array.isArray(at) ? (at as JsonObject)[name] : undefined;
  return at;
};
export const text = (value: JsonValue | undefined, ...names: readonly string[]): string => {
  const found = member(value, ...names);
  return typeof found === 'string' ? found : '';
};
export const number = (value: JsonValue | undefined, ...names: readonly string[]): number => {
  const found = member(value, ...names);
  return typeof found === 'number' ? found : 0;
};
export const encode = (part: string): string =>
  part.replace(/[^A-Za-z0-9._~:/@-]/g, (char) => [...encodeURIComponent(char)].join(''));

/** go-units HumanSize with 3 or 4 digits: `187MB`, `4.28MB`. */
export function humanSize(bytes: number, digits = 3): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${significant(value, digits)}${units[unit] ?? ''}`;
}

/** Go's `%.3g` of such a number: what lies in the middle is rounded to the even digit, where JavaScript rounds up. */
function significant(value: number, digits: number): string {
  const scale = wholePower(10, Math.max(0, digits - String(Math.floor(value)).length));
  const scaled = value * scale;
  const below = Math.floor(scaled);
  if (scaled - below === 0.5) return String((below % 2 === 0 ? below : below + 1) / scale);
  return String(Number(value.toPrecision(digits)));
}

/** go-units BytesSize: `4GiB`. */
export function binarySize(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < 3) {
    value /= 1024;
    unit += 1;
  }
  return `${String(Number(value.toPrecision(4)))}${units[unit] ?? ''}`;
}

/** go-units HumanDuration. */
export function humanDuration(seconds: number): string {
  const plural = (count: number, unit: string): string => `${String(count)} ${unit}`;
  if (seconds < 1) return 'Less than a second';
  if (seconds < 2) return '1 second';
  if (seconds < 60) return plural(Math.floor(seconds), 'seconds');
  const minutes = Math.floor(seconds / 60);
  if (minutes === 1) return 'About a minute';
  if (minutes < 60) return plural(minutes, 'minutes');
  const hours = Math.floor(seconds / 3600 + 0.5);
  if (hours === 1) return 'About an hour';
  if (hours < 48) return plural(hours, 'hours');
  if (hours < 336) return plural(Math.floor(hours / 24), 'days');
  if (hours < 1440) return plural(Math.floor(hours / 168), 'weeks');
  if (hours < 17_520) return plural(Math.floor(hours / 720), 'months');
  return plural(Math.floor(seconds / 31_536_000), 'years');
}

/** Runs one request per argument; errors are printed together at the end, as docker does. */
export async function each(context: Context, run: (argument: string) => Promise<string | undefined>): Promise<number> {
  const errors: string[] = [];
  for (const argument of context.flags.args) {
    try {
      const line = await run(argument);
      if (line !== undefined) context.io.line(line);
      await context.io.flush();
    } catch (problem) {
      if (!(problem instanceof Fatal)) throw problem;
      errors.push(problem.text);
    }
  }
  if (errors.length > 0) throw new Fatal(errors.join('\n'));
  return 0;
}

/** Filters of the command line as the API's JSON. */
export function filters(given: readonly string[], filterFlag = '-f, --filter'): string {
  const map: Record<string, Record<string, boolean>> = {};
  for (const item of given) {
    const cut = item.indexOf('=');
    if (cut < 0) refuseArgument(item, filterFlag, 'bad format of filter (expected name=value)');
    const name = item.slice(0, cut);
    map[name] = { ...map[name], [item.slice(cut + 1)]: true };
  }
  return encodeURIComponent(JSON.stringify(map));
}

/** The first twelve digits of an ID. */
export const shortId = (id: string): string => id.replace(/^sha256:/, '').slice(0, 12);

/** `key=value` words as an object. */
export const pairs = (items: readonly string[]): JsonObject =>
  Object.fromEntries(
    items.map((item) => {
      const cut = item.indexOf('=');
      return cut < 0 ? [item, ''] : [item.slice(0, cut), item.slice(cut + 1)];
    }),
  );
