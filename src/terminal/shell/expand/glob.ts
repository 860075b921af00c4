import { failed } from '../../../protocol/errno.ts';
import type { Process } from '../../../protocol/program.ts';
import { hasGlob, patternRegExp } from './pattern.ts';

export interface GlobOptions {
  readonly extglob: boolean;
  readonly dotglob: boolean;
  readonly globstar: boolean;
  readonly nocaseglob: boolean;
  /** `.*` passes over `.` and `..`. */
  readonly skipdots: boolean;
  /** What counts as a character of names and patterns. */
  readonly characters?: (text: string) => string;
}

/** Path names that match a pattern, sorted; empty where none does. */
export function pathnames(process: Process, pattern: string, options: GlobOptions): string[] {
  const root = /^\/*/.exec(pattern)?.[0] ?? '';
  const found = walk(process, root, partsOf(pattern.slice(root.length)), options);
  return found.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

/** What stands between slashes; where there are several in a row they stay with what is before them. */
function partsOf(pattern: string): readonly string[] {
  const runs = pattern.match(/[^/]+\/*/g) ?? [];
  const parts = runs.map((run) => run.replace(/([^/])\/$/, '$1'));
  return runs.length === 0 || pattern.endsWith('/') ? [...parts, ''] : parts;
}

function walk(process: Process, base: string, parts: readonly string[], options: GlobOptions): string[] {
  const [whole, ...rest] = parts;
  if (whole === undefined) return [base];
  const [part = '', slashes = ''] = whole.split(/(\/*)$/);
  if (part === '') return isDirectory(process, base) ? [base.endsWith('/') ? base : `${base}/`] : [];
  if (part === '**' && options.globstar) return doubleStar(process, base, rest, options);
  if (!hasGlob(part, options.extglob)) {
    const path = join(base, part.replace(/\\(.)/gs, '$1'));
    if (rest.length > 0) return isDirectory(process, path) ? walk(process, path + slashes, rest, options) : [];
    return failed(process.lstat(path)) ? [] : [path];
  }
  const names = list(process, base, part, options);
  if (rest.length === 0) return names.map((name) => join(base, name));
  return names
    .map((name) => join(base, name))
    .filter((path) => isDirectory(process, path))
    .flatMap((path) => walk(process, path + slashes, rest, options));
}

function list(process: Process, base: string, part: string, options: GlobOptions): string[] {
  const entries = process.readdir(base === '' ? '.' : base);
  if (failed(entries)) return [];
  const { characters = (text: string) => text } = options;
  const matcher = patternRegExp(characters(part), { extglob: options.extglob, ignoreCase: options.nocaseglob });
  const hidden = options.dotglob || part.startsWith('.') || part.startsWith('\\.');
  const names = entries.map(({ name }) => name);
  if (part.startsWith('.') && !options.skipdots) names.push('.', '..');
  return names.filter(
    (name) =>
      (hidden || !name.startsWith('.')) &&
      matcher.test(characters(name)) &&
      !(part !== '.*' && (name === '.' || name === '..')),
  );
}

function doubleStar(process: Process, base: string, rest: readonly string[], options: GlobOptions): string[] {
  const bare = base === '' && (rest.length === 0 || rest[0] === '');
  const here = bare ? [] : walk(process, base, rest.length === 0 ? [''] : rest, options);
  const entries = process.readdir(base === '' ? '.' : base);
  if (failed(entries)) return here;
  const out = [...here];
  for (const { name, type } of entries) {
    if (name.startsWith('.') && !options.dotglob) continue;
    const path = join(base, name);
    if (type === 'directory') {
      const inside = doubleStar(process, path, rest, options);
      // Below the first directory its name stands without a slash.
      out.push(...(rest.length === 0 ? inside.map((found) => (found === `${path}/` ? path : found)) : inside));
    } else if (rest.length === 0) out.push(path);
  }
  return [...new Set(out)];
}

const join = (base: string, name: string): string =>
  base === '' || base.endsWith('/') ? base + name : `${base}/${name}`;

function isDirectory(process: Process, path: string): boolean {
  const stat = process.stat(path === '' ? '.' : path);
  return !failed(stat) && stat.type === 'directory';
}
