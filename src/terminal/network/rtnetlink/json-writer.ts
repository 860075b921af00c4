/** JSON as iproute2 writes it: one line, or with -p its own kind of indentation. */
import type { Plain } from '../../../protocol/plain.ts';

/** A document with its end of line. */
export const iprouteJson = (value: Plain, pretty: boolean): string =>
  `${pretty ? write(value, 0) : JSON.stringify(value)}\n`;

function write(value: Plain, depth: number): string {
  if (Array.isArray(value)) {
    const items = value as readonly Plain[];
    return items.length === 0 ? '[ ]' : `[ ${items.map((each) => write(each, depth + 1)).join(',')} ]`;
  }
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value as { readonly [key: string]: Plain });
    if (members.length === 0) return '{}';
    const indent = '    '.repeat(depth + 1);
    return `{${members.map(([name, each]) => `\n${indent}${JSON.stringify(name)}: ${write(each, depth + 1)}`).join(',')}\n${'    '.repeat(depth)}}`;
  }
  return JSON.stringify(value);
}
