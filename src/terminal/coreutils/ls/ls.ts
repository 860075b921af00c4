/** ls (GNU coreutils 9.4). Leaves out --dired, --hyperlink, times of birth; colours are those without LS_COLORS. */
import type { Result } from '../../../protocol/errno.ts';
import { failed, strerror } from '../../../protocol/errno.ts';
import type { FileStat } from '../../../protocol/program.ts';
import { matches } from '../../shell/expand/pattern.ts';
import type { Applet, Invocation } from '../command.ts';
import { command } from '../command.ts';
import { quoted } from '../quoting.ts';
import type { Entry } from './entry.ts';
import { makeEntry } from './entry.ts';
import { order } from './order.ts';
import type { BadSetting, Settings } from './settings.ts';
import { ABSENT, readSettings, SPEC } from './settings.ts';
import { listText, totalLine } from './list-text.ts';

async function list(call: Invocation): Promise<number> {
  const { io, options } = call;
  const settings = readSettings(call);
  if ('problem' in settings) return await complainOf(call, settings);
  const absent = [...ABSENT].find(([letter]) => options.has(letter))?.[1];
  if (absent !== undefined) {
    await io.raw(`drydock: 'ls ${absent}' is not simulated\n`);
    return 2;
  }
  const names = call.operands.length === 0 ? ['.'] : call.operands;
  const found = await lookAt(call, settings, names);
  const isOpened = ({ stat }: Entry): boolean => stat.type === 'directory' && !options.has('d');
  const files = found.entries.filter((entry) => !isOpened(entry));
  let status = found.status;
  if (files.length > 0) io.out(listText(call, settings, order(options, settings, files)));
  let first = files.length === 0;
  for (const directory of order(options, settings, found.entries.filter(isOpened))) {
    const titled = names.length > 1 || options.has('R');
    const place = { path: directory.path, titled, first, isOperand: true };
    status = Math.max(status, await listDirectory(call, settings, place));
    first = false;
  }
  return await io.end(call.flavour === 'busybox' && status === 2 ? 1 : status);
}

/** ls under the name that its complaints say. */
export const listerNamed = (name: string): Applet => command({ ...SPEC, name }, list);
export const ls = listerNamed('ls');

async function complainOf({ io }: Invocation, { problem, valid, status }: BadSetting): Promise<number> {
  if (problem.startsWith('drydock: ')) await io.raw(`${problem}\n`);
  else await io.warn(problem);
  if (valid !== undefined)
    await io.raw(
      `Valid arguments are:\n${valid.map((line) => `  - ${line}\n`).join('')}Try '${io.name} --help' for more information.\n`,
    );
  return status;
}

async function lookAt(
  call: Invocation,
  settings: Settings,
  names: readonly string[],
): Promise<{ readonly entries: readonly Entry[]; readonly status: number }> {
  const entries: Entry[] = [];
  let status = 0;
  for (const name of names) {
    const stat = operandStat(call, settings, name);
    if (!failed(stat)) {
      entries.push(makeEntry(call, name, name, stat));
      continue;
    }
    const who = call.flavour === 'busybox' ? name : `cannot access ${quoted(name, 'shell-escape-always')}`;
    await call.io.warn(`${who}: ${strerror(stat)}`);
    status = 2;
  }
  return { entries, status };
}

/** Links to directories are followed, unless what they are is asked for; links to nowhere are listed themselves. */
function operandStat({ options, process }: Invocation, settings: Settings, name: string): Result<FileStat> {
  const followed = process.stat(name);
  if (options.has('L') || options.has('H') || name.endsWith('/')) return followed;
  const keepsLinks =
    !options.has('to-dir') && (settings.format === 'long' || options.has('d') || settings.indicators === 'classify');
  const isFollowed = failed(followed) ? followed.errno !== 'ENOENT' : followed.type === 'directory';
  return isFollowed && !keepsLinks ? followed : process.lstat(name);
}

interface Place {
  readonly path: string;
  readonly titled: boolean;
  /** Nothing was printed before it. */
  readonly first: boolean;
  readonly isOperand: boolean;
}

async function listDirectory(call: Invocation, settings: Settings, place: Place): Promise<number> {
  const { io, process, options } = call;
  const { path } = place;
  const listed = process.readdir(path);
  if (failed(listed)) {
    const who =
      call.flavour === 'busybox'
        ? `can't open '${path}'`
        : `cannot open directory ${quoted(path, 'shell-escape-always')}`;
    await io.warn(`${who}: ${strerror(listed)}`);
    return place.isOperand ? 2 : 1;
  }
  if (place.titled) io.out(`${place.first ? '' : '\n'}${quoted(path, settings.quoting)}:\n`);
  let status = 0;
  const found: Entry[] = [];
  for (const name of shownNames(
    call,
    listed.map((entry) => entry.name),
  )) {
    const full = path.endsWith('/') ? path + name : `${path}/${name}`;
    const link = process.lstat(full);
    const stat = options.has('L') ? process.stat(full) : link;
    if (failed(link)) continue;
    if (failed(stat) && asksForFacts(call, settings)) {
      await io.warn(`cannot access ${quoted(full, 'shell-escape-always')}: ${strerror(stat)}`);
      status = 1;
    }
    found.push(makeEntry(call, name, full, failed(stat) ? link : stat, failed(stat)));
  }
  const sorted = order(options, settings, found);
  io.out(totalLine(call, settings, sorted) + listText(call, settings, sorted));
  await io.flush();
  if (!options.has('R')) return status;
  for (const entry of sorted) {
    if (entry.stat.type !== 'directory' || entry.name === '.' || entry.name === '..') continue;
    const inner = { path: entry.path, titled: true, first: false, isOperand: false };
    status = Math.max(status, await listDirectory(call, settings, inner));
  }
  return status;
}

/** Whether a list shows or sorts by more than names; else ls does not look at the files at all. */
const asksForFacts = ({ options }: Invocation, { format, order: by, colours, indicators }: Settings): boolean =>
  format === 'long' || by === 'time' || by === 'size' || colours || indicators !== 'none' || options.has('s');

/** What -a, -A, -B, -I and --hide leave of a directory's names. */
function shownNames({ options }: Invocation, names: readonly string[]): readonly string[] {
  const all = options.has('a') || options.has('f');
  const most = all || options.has('A');
  const ignored = [...options.values('I'), ...(most ? [] : options.values('hide'))];
  const isShown = (name: string): boolean =>
    (most || !name.startsWith('.')) &&
    !(options.has('B') && name.endsWith('~')) &&
    !ignored.some((pattern) => (!name.startsWith('.') || pattern.startsWith('.')) && matches(pattern, name));
  return [...names, ...(all ? ['.', '..'] : [])].filter(isShown);
}
