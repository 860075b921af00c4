/** /etc/subuid and /etc/subgid: numbers that a user may give out in user namespaces of its own. */
import { failed } from '../../../protocol/errno.ts';
import type { Process } from '../../../protocol/program.ts';
import { fileText } from '../../io.ts';
import { textToBytes } from '../../text.ts';

export type SubordinateFile = '/etc/subuid' | '/etc/subgid';
export const SUBORDINATE: readonly SubordinateFile[] = ['/etc/subuid', '/etc/subgid'];

interface Range {
  readonly owner: string;
  readonly first: number;
  readonly count: number;
}

export const readRanges = (process: Process, file: SubordinateFile): readonly Range[] | undefined =>
  failed(process.stat(file))
    ? undefined
    : (fileText(process, file) ?? '')
        .split('\n')
        .map((line) => line.split(':'))
        .filter((fields) => fields.length === 3)
        .map(([owner = '', first, count]) => ({ owner, first: Number(first), count: Number(count) }));

const write = (process: Process, file: SubordinateFile, ranges: readonly Range[]): void => {
  const lines = ranges.map(({ owner, first, count }) => `${owner}:${String(first)}:${String(count)}\n`);
  process.writeFile(file, textToBytes(lines.join('')));
};

/** Gives a new user the first room that is large enough, where the files are there. */
export function addRanges(process: Process, owner: string, items: ReadonlyMap<string, string>): void {
  for (const file of SUBORDINATE) {
    const ranges = readRanges(process, file);
    if (ranges === undefined) continue;
    const kind = file === '/etc/subuid' ? 'SUB_UID' : 'SUB_GID';
    const count = Number(items.get(`${kind}_COUNT`) ?? 65_536);
    let first = Number(items.get(`${kind}_MIN`) ?? 100_000);
    for (const range of ranges.toSorted((a, b) => a.first - b.first))
      if (range.first < first + count && range.first + range.count > first) first = range.first + range.count;
    if (count > 0) write(process, file, [...ranges, { owner, first, count }]);
  }
}

/** Adds or takes away the ranges that `-v 100000-165535` and its like name. */
export function changeRange(
  process: Process,
  file: SubordinateFile,
  owner: string,
  [first, last]: readonly [number, number],
  adds: boolean,
): void {
  const ranges = readRanges(process, file) ?? [];
  const count = last - first + 1;
  const others = ranges.filter((range) => range.owner !== owner || range.first !== first || range.count !== count);
  write(process, file, adds ? [...others, { owner, first, count }] : others);
}

export function removeRanges(process: Process, owner: string): void {
  for (const file of SUBORDINATE) {
    const ranges = readRanges(process, file);
    if (ranges?.some((range) => range.owner === owner) !== true) continue;
    write(
      process,
      file,
      ranges.filter((range) => range.owner !== owner),
    );
  }
}

export function renameRanges(process: Process, from: string, to: string): void {
  for (const file of SUBORDINATE) {
    const ranges = readRanges(process, file);
    if (ranges?.some((range) => range.owner === from) !== true) continue;
    write(
      process,
      file,
      ranges.map((range) => (range.owner === from ? { ...range, owner: to } : range)),
    );
  }
}
