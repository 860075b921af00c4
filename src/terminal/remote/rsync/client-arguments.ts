/** What the client reads before it starts the other end: filters, the names of --files-from, and whether values are sound. */
import type { Process } from '../../../protocol/program.ts';
import { readOperand, type Io } from '../../io.ts';
import { failed } from '../../../protocol/errno.ts';
import { notSimulated } from '../../system/plain-program.ts';
import { bytesToText } from '../../text.ts';
import { wrongChmod } from './chmod.ts';
import { filterRule, filterRules, parseFilter, ruleLines, type FilterRule } from './filters.ts';
import { ending, type Role } from './messages.ts';
import type { RsyncOptions } from './options.ts';
import { parseLimit } from './size-limits.ts';

export async function syntaxError(io: Io, text: string, where = 'main.c(1795)', role: Role = 'client'): Promise<1> {
  await io.raw(`${text}\n${ending(1, where, role)}\n`);
  return 1;
}

/** A complaint about the first value that cannot be understood. */
export function wrongValue(options: RsyncOptions): string | undefined {
  if (options.has('delete') && !options.has('r') && !options.has('d'))
    return '--delete does not work without --recursive (-r) or --dirs (-d).';
  for (const option of ['max-size', 'min-size']) {
    const value = options.value(option);
    if (value !== undefined && parseLimit(value) === undefined) return `--${option}=${value} is invalid`;
  }
  const most = options.value('max-delete');
  if (most !== undefined && !/^-?\d+$/.test(most)) return `--max-delete=${most}: invalid numeric value`;
  const chmod = options.value('chmod');
  return chmod !== undefined && wrongChmod(chmod) ? `Invalid argument passed to --chmod (${chmod})` : undefined;
}

/** The filters in the order in which they were given; a number is the status to end with. */
export async function filtersOf(process: Process, io: Io, options: RsyncOptions): Promise<FilterRule[] | number> {
  const rules: FilterRule[] = [];
  for (const [option, value] of options.given.order) {
    const include = option.startsWith('include');
    if (option === 'exclude' || option === 'include') rules.push(filterRule(value, include));
    if (option === 'exclude-from' || option === 'include-from') {
      const kind = include ? 'include' : 'exclude';
      const text = await ruleFile(process, io, kind, value);
      if (typeof text === 'number') return text;
      rules.push(...filterRules(text, include));
    }
    if (option !== 'f') continue;
    const added = await filtersFrom(process, io, value);
    if (typeof added === 'number') return added;
    rules.push(...added);
  }
  return rules;
}

async function filtersFrom(process: Process, io: Io, text: string): Promise<readonly FilterRule[] | number> {
  const word = parseFilter(text);
  if (word.type === 'rule') return [word.rule];
  if (word.type === 'absent') return await notSimulated(io, `rsync --filter=${word.name}`);
  if (word.type === 'unknown') return await syntaxError(io, `Unknown filter rule: \`${text}'`, 'exclude.c(1213)');
  const lines = await ruleFile(process, io, 'merge', word.file);
  if (typeof lines === 'number') return lines;
  const rules: FilterRule[] = [];
  for (const line of ruleLines(lines)) {
    const added = await filtersFrom(process, io, line);
    if (typeof added === 'number') return added;
    rules.push(...added);
  }
  return rules;
}

async function ruleFile(
  process: Process,
  io: Io,
  kind: 'include' | 'exclude' | 'merge',
  name: string,
): Promise<string | number> {
  const text = await textOf(process, name);
  if (text !== undefined) return text;
  const complaint = `rsync: [client] failed to open ${kind} file ${name}: No such file or directory (2)`;
  await io.raw(`${complaint}\n${ending(11, 'exclude.c(1501)', 'client')}\n`);
  return 11;
}

/** The names of --files-from; a number is the status to end with. */
export async function filesFrom(
  process: Process,
  io: Io,
  options: RsyncOptions,
): Promise<readonly string[] | undefined | number> {
  const file = options.value('files-from');
  if (file === undefined) return undefined;
  const text = await textOf(process, file);
  if (text !== undefined) return ruleLines(text);
  return await syntaxError(io, `rsync: failed to open files-from file ${file}: No such file or directory`);
}

async function textOf(process: Process, name: string): Promise<string | undefined> {
  const bytes = await readOperand(process, name);
  return failed(bytes) ? undefined : bytesToText(bytes);
}
