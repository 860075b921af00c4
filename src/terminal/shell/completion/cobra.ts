/** Programs that answer `__complete` the way Cobra's do: they are asked themselves. */
import type { Op } from '../machine/op.ts';
import type { Shell } from '../shell.ts';
import type { Candidate } from './interface.ts';
import { outputOf } from './output-of.ts';

export const COBRA: ReadonlySet<string> = new Set([
  'kubectl',
  'k',
  'docker',
  'docker-compose',
  'kubeadm',
  'crictl',
  'helm',
  'ctr',
  'etcdctl',
]);

/** `name`: the program; `rawName`: as it was typed, perhaps an alias with words of its own. */
export function* cobraWords(
  shell: Shell,
  name: string,
  rawName: string,
  words: readonly string[],
): Op<readonly Candidate[] | undefined> {
  const word = words.at(-1) ?? '';
  const answer = yield* askProgram(shell, name, [
    ...(shell.aliases.get(rawName)?.split(/\s+/).slice(1) ?? []),
    ...words.slice(1),
  ]);
  if (answer === undefined) return undefined;
  const equals = /^--[^=]+=/.exec(word)?.[0] ?? '';
  const found = answer.candidates.map((text) => ({
    text: text.startsWith('-') ? text : equals + text,
    label: text,
    suffix: answer.space ? ' ' : '',
  }));
  if (found.length === 0 && answer.files) return undefined;
  return found.sort((a, b) => (a.label < b.label ? -1 : a.label > b.label ? 1 : 0));
}

/** Runs `program __complete words…` and reads its answer: candidates, then `:directive`. */
function* askProgram(
  shell: Shell,
  name: string,
  words: readonly string[],
): Op<{ readonly candidates: readonly string[]; readonly space: boolean; readonly files: boolean } | undefined> {
  const unquoted = words.map((word) => word.replace(/["']/g, '').replace(/\\(.)/g, '$1'));
  const text = yield* outputOf(shell, [name, '__complete', ...unquoted]);
  if (text === undefined) return undefined;
  const lines = text.split('\n').filter((line) => line !== '');
  const directive = Number(lines.findLast((line) => /^:\d+$/.test(line))?.slice(1) ?? '0');
  if ((directive & 1) !== 0) return undefined;
  const last = unquoted.at(-1) ?? '';
  const wanted = last.startsWith('--') && last.includes('=') ? last.slice(last.indexOf('=') + 1) : last;
  const candidates = lines
    .filter((line) => !/^:\d+$/.test(line))
    .map((line) => line.split('\t')[0] ?? '')
    .filter((candidate) => candidate.startsWith(wanted) || candidate.startsWith(last));
  return { candidates, space: (directive & 2) === 0, files: (directive & 4) === 0 };
}
