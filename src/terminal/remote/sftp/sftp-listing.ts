/** Lines of a directory as sftp prints them, and as its server writes them for clients that ask for names alone. */
import { cellWidth } from '../../../formats/cell-width.ts';
import { modeText } from '../../coreutils/files/mode-text.ts';
import { strftime } from '../../strftime.ts';
import type { SftpAttributes } from './sftp-packets.ts';

const HALF_YEAR_S = (365 * 86_400) / 2;

export interface ListedFile {
  readonly name: string;
  readonly attributes: SftpAttributes;
  readonly links: string;
  readonly owner: string;
  readonly group: string;
}

/** `-rw-r--r--    1 root     root           12 Mar  2 00:00 name`; the time of a file older than half a year is its year. */
export function longLine({ name, attributes, links, owner, group }: ListedFile, nowUs: number): string {
  const { mode = 0, type = 'file', size = 0, times = [0, 0] } = attributes;
  const recent = nowUs / 1e6 - times[1] < HALF_YEAR_S;
  const date = strftime(recent ? '%b %e %H:%M' : '%b %e  %Y', times[1] * 1e6);
  return `${modeText({ type, mode })} ${links.padStart(4)} ${owner.padEnd(8)} ${group.padEnd(8)} ${String(size).padStart(8)} ${date} ${name}`;
}

/** Owner and group of a line that a server wrote. */
export function ownersIn(line: string): { readonly owner: string; readonly group: string } | undefined {
  const [, , owner, group] = line.split(/\s+/);
  return owner === undefined || group === undefined ? undefined : { owner, group };
}

export interface Listed {
  readonly name: string;
  readonly attributes: SftpAttributes;
  readonly line?: string;
}

/** How ls sorts: by name, or as -t and -S say. */
export function orderOf(letters: string): (a: Listed, b: Listed) => number {
  if (letters.includes('t')) return (a, b) => (b.attributes.times?.[1] ?? 0) - (a.attributes.times?.[1] ?? 0);
  if (letters.includes('S')) return (a, b) => (b.attributes.size ?? 0) - (a.attributes.size ?? 0);
  return (a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
}

/** Names in as many columns of one width as fit. */
export function inEqualColumns(names: readonly string[], width: number): string {
  const widest = Math.max(0, ...names.map((name) => cellWidth(name)));
  const columns = Math.max(1, Math.floor(width / (widest + 2)));
  const each = Math.min(width, Math.floor(width / columns));
  return names
    .map((name, index) => name.padEnd(each) + ((index + 1) % columns === 0 || index === names.length - 1 ? '\n' : ''))
    .join('');
}
