/** What each component says of itself: the first comment of its files, where it has a part "Leaves out". */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

export interface ComponentRow {
  readonly file: string;
  readonly simplified: string;
}

/** One row per source file whose header says what it leaves out. */
export function componentRows(root: string, folder = 'src'): ComponentRow[] {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory()) return entry.name === 'generated' ? [] : componentRows(root, path);
      if (!entry.name.endsWith('.ts') || entry.name.includes('.spec')) return [];
      const simplified = leftOut(readFileSync(join(root, path), 'utf8'));
      return simplified === undefined ? [] : [{ file: path, simplified }];
    });
}

/** The sentences after "Leaves out" in the header, up to the naming of the source. */
export function leftOut(text: string): string | undefined {
  const header = /^\/\*\*([\s\S]*?)\*\//.exec(text)?.[1];
  if (header === undefined) return undefined;
  const plain = header
    .replace(/^\s*\* ?/gm, '')
    .replace(/\s+/g, ' ')
    .trim();
  const match = /Leaves out:? (.*)$/.exec(plain)?.[1];
  return match?.replace(/ (?:Source|Models|Follows)\b.*$/, '').trim();
}
