import { failed } from '../../../protocol/errno.ts';
import type { Process } from '../../../protocol/program.ts';

/** The files that an Include names, in order; its last component may be a pattern. */
export function filesMatching(process: Process, pattern: string): readonly string[] {
  const slash = pattern.lastIndexOf('/');
  const [directory, name] = [pattern.slice(0, slash), pattern.slice(slash + 1)];
  if (!/[*?]/.test(name)) return [pattern];
  const entries = process.readdir(directory);
  if (failed(entries)) return [];
  return entries
    .map((entry) => entry.name)
    .filter((each) => matchesPattern(each, name) && (!each.startsWith('.') || name.startsWith('.')))
    .sort()
    .map((each) => `${directory}/${each}`);
}

/** Patterns of ssh_config(5): `*` and `?`. */
export function matchesPattern(text: string, pattern: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*/g, '.*')
    .replace(/\?/g, '.');
  return new RegExp(`^${source}$`).test(text);
}

/** A list of patterns, where `!pattern` excludes: whether one matches and none excludes. */
export const matchesList = (text: string, patterns: readonly string[]): boolean =>
  patterns.some((pattern) => !pattern.startsWith('!') && matchesPattern(text, pattern)) &&
  !patterns.some((pattern) => pattern.startsWith('!') && matchesPattern(text, pattern.slice(1)));
