/** Command lines kept in files, for the comparisons with official clients. */
import { existsSync, readFileSync, readdirSync, realpathSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Client } from './served-sandbox.spec-support.ts';
import { kubectls } from './served-sandbox.spec-support.ts';

/** The lines of a file beside the specs, without comments. */
export const linesOf = (path: string): readonly string[] =>
  readFileSync(new URL(path, import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));

/** The files below a folder beside the specs, by path from there. */
export function filesOf(path: string): ReadonlyMap<string, string> {
  const folder = fileURLToPath(new URL(path, import.meta.url));
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(
    files.map(({ parentPath, name }) => {
      const file = join(parentPath, name);
      return [relative(folder, file), readFileSync(file, 'utf8')];
    }),
  );
}

/** Words as a shell splits them, without expansions: quotes of both kinds. */
export function splitWords(line: string): readonly string[] {
  return [...line.matchAll(/(?:[^\s'"]|'[^']*'|"[^"]*")+/g)].map(([word]) =>
    word.replaceAll(/'([^']*)'|"([^"]*)"/g, (_whole, single?: string, double?: string) => single ?? double ?? ''),
  );
}

/** The kubectl of PATH; where it chooses among releases that lie beside it, the newest of them. */
export function newestKubectl(): Client | undefined {
  const client = kubectls().find(({ path }) => path === 'kubectl');
  const onPath = (process.env['PATH'] ?? '')
    .split(':')
    .map((folder) => join(folder, 'kubectl'))
    .find((path) => existsSync(path));
  if (client === undefined || onPath === undefined) return client;
  const folder = dirname(realpathSync(onPath));
  const minor = (name: string): number => Number(/^kubectl\.1\.(\d+)$/.exec(name)?.[1] ?? 0);
  const newest = readdirSync(folder)
    .filter((name) => minor(name) > 0)
    .toSorted((a, b) => minor(b) - minor(a))[0];
  return newest === undefined ? client : { name: newest, path: join(folder, newest) };
}
