/** Routing tables by name: /etc/iproute2/rt_tables, and what ip knows without it. */
import type { Process } from '../../../protocol/program.ts';
import { fileText } from '../../io.ts';

const WELL_KNOWN: readonly (readonly [number, string])[] = [
  [253, 'default'],
  [254, 'main'],
  [255, 'local'],
];

export const MAIN_TABLE = 254;
export const LOCAL_TABLE = 255;

/** A file of /etc wins over /usr/share, as iproute2 6 reads them; later lines win. */
function namedTables(process: Process): ReadonlyMap<number, string> {
  const text = fileText(process, '/etc/iproute2/rt_tables') ?? fileText(process, '/usr/share/iproute2/rt_tables') ?? '';
  const lines = text.split('\n').flatMap((line): readonly (readonly [number, string])[] => {
    const match = /^\s*(0x[0-9a-f]+|\d+)\s+([^\s#]+)/i.exec(line);
    return match === null ? [] : [[Number(match[1]), match[2] ?? '']];
  });
  return new Map([...WELL_KNOWN, ...lines]);
}

/** `main` for 254; the number where it has no name. */
export const tableName = (process: Process, table: number): string => namedTables(process).get(table) ?? String(table);

/** 254 for `main`; undefined where it is neither a name nor a number of 32 bits. */
export function tableNumber(process: Process, text: string): number | undefined {
  for (const [number, name] of namedTables(process)) if (name === text) return number;
  const number = /^(0x[0-9a-f]+|\d+)$/i.test(text) ? Number(text) : NaN;
  return number <= 0xffffffff ? number : undefined;
}
