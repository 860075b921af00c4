/** Which file a patch is for. */
import { failed } from '../../../protocol/errno.ts';
import type { Process } from '../../../protocol/program.ts';
import { baseName } from '../../io.ts';
import { newLines, oldLines } from './hunk.ts';
import type { FilePatch, HeaderName } from './parse-patch.ts';

/** A name without its first `count` components, or without all of them; undefined where there are not so many. */
export function stripped(name: string, count: number | undefined): string | undefined {
  if (count === undefined) return baseName(name);
  let rest = name;
  for (let left = count; left > 0; left -= 1) {
    const at = rest.indexOf('/');
    if (at < 0) return undefined;
    rest = rest.slice(at).replace(/^\/+/, '');
  }
  return rest === '' ? undefined : rest;
}

/** The file to patch: of those that are there, or of those that would be made, the one named most shortly. */
export function targetOf(process: Process, patch: FilePatch, strip: number | undefined): string | undefined {
  const plain = (header: HeaderName | undefined): string | undefined =>
    header === undefined || header.name === '/dev/null' ? undefined : stripped(header.name, strip);
  const names = [
    plain(patch.old),
    plain(patch.made),
    patch.index === undefined ? undefined : stripped(patch.index, strip),
  ];
  const given = names.filter((name) => name !== undefined);
  const there = given.filter((name) => !failed(process.stat(name)));
  if (there.length > 0) return shortest(there);
  return makes(patch, false) || makes(patch, true) ? shortest(given) : undefined;
}

/** Whether a side of a patch is no file, or one without lines. */
export function saysAbsent(patch: FilePatch, side: 'old' | 'made'): 'no' | 'empty' | 'absent' {
  if (patch[side]?.absent === true) return 'absent';
  const [only, more] = patch.hunks;
  if (only === undefined || more !== undefined) return 'no';
  return (side === 'old' ? oldLines(only) : newLines(only)).length === 0 &&
    (side === 'old' ? only.from : only.other) === 0
    ? 'empty'
    : 'no';
}

/** Whether nothing is there before the patch. */
export const makes = (patch: FilePatch, reverse: boolean): boolean =>
  saysAbsent(patch, reverse ? 'made' : 'old') !== 'no';

/** Whether nothing is left behind the patch. */
export const removes = (patch: FilePatch, reverse: boolean): boolean =>
  saysAbsent(patch, reverse ? 'old' : 'made') === 'absent';

function shortest(names: readonly string[]): string | undefined {
  const depth = (name: string): number => name.split('/').length;
  return names.toSorted(
    (a, b) => depth(a) - depth(b) || baseName(a).length - baseName(b).length || a.length - b.length,
  )[0];
}
