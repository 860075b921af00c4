/**
 * journalctl (systemd 255).
 * Models: -u with patterns, -n, -f, -e, -k, -b, -r, -o, -p with ranges, -S, -U, -t, -T, --facility, -g, -N, -F, matches.
 * Leaves out: boots by their id, matches by path, cursors, files, rotation and vacuum, catalogue texts of -x.
 */
import type { Plain } from '../../../protocol/plain.ts';
import type { Process } from '../../../protocol/program.ts';
import type { Invocation, Options } from '../../coreutils/command.ts';
import { command } from '../../coreutils/command.ts';
import { hasGlob, matches } from '../../shell/expand/pattern.ts';
import { strftime } from '../../strftime.ts';
import { fileText } from '../../io.ts';
import { ask, sayUnreachable, unitName, type JournalLine, type Reply } from '../client.ts';
import { maySeeAll } from './journal-permission.ts';
import { facilitiesOf, FACILITY_NAMES, journalFields, matcherOf } from './journal-fields.ts';
import { journalWords } from './journal-words.ts';
import { JOURNAL_FORMATS, journalText, type JournalFormat, type JournalSetting } from './journal-text.ts';
import { timestampUs } from '../time-words.ts';

/** The journal of a simulated host is no file that could be measured, turned over or shortened. */
const ABSENT = [
  ...['disk-usage', 'rotate', 'header', 'verify', 'D', 'file', 'cursor', 'after-cursor', 'show-cursor'],
  ...['vacuum-size', 'vacuum-time', 'vacuum-files'],
];
const PRIORITIES = ['emerg', 'alert', 'crit', 'err', 'warning', 'notice', 'info', 'debug'];
/** What -e shows where -n does not say. */
const END_LINES = '1000';
/** What -n alone and -f show. */
const SOME_LINES = '10';

export const journalctl = command(
  {
    name: 'journalctl',
    // `-b -1` names a boot before this one: the parser takes the number for an option.
    short: 'u:n::fxekb::o:p:S:U:rt:T:qag:NF:mD:0123456789',
    long: {
      unit: 'u',
      lines: 'n',
      follow: 'f',
      catalog: 'x',
      'no-pager': 'np',
      'pager-end': 'e',
      dmesg: 'k',
      boot: 'b',
      reverse: 'r',
      output: 'o',
      priority: 'p',
      since: 'S',
      until: 'U',
      quiet: 'q',
      identifier: 't',
      'exclude-identifier': 'T',
      facility: 'facility:',
      'case-sensitive': 'case-sensitive::',
      grep: 'g',
      all: 'a',
      'list-boots': 'list-boots',
      'disk-usage': 'disk-usage',
      'no-hostname': 'no-hostname',
      fields: 'N',
      field: 'F',
      rotate: 'rotate',
      sync: 'sync',
      flush: 'flush',
      header: 'header',
      verify: 'verify',
      directory: 'D',
      file: 'file:',
      cursor: 'cursor:',
      'after-cursor': 'after-cursor:',
      'show-cursor': 'show-cursor',
      'vacuum-size': 'vacuum-size:',
      'vacuum-time': 'vacuum-time:',
      'vacuum-files': 'vacuum-files:',
      utc: 'utc',
      merge: 'm',
      user: 'user',
      'user-unit': 'user-unit:',
      system: 'system',
      'output-fields': 'output-fields:',
    },
    absent: ['output-fields'],
    hint: '',
  },
  async (call) => {
    const { io, options } = call;
    const missing = ABSENT.find((name) => options.has(name));
    if (missing !== undefined) return await absent(call, missing === 'D' ? '--directory' : `--${missing}`);
    // What is written is on the disk at once.
    if (options.has('sync') || options.has('flush')) return 0;
    if (options.has('list-boots')) return await listBoots(call);
    if (options.has('user') && call.process.credentials().uid < FIRST_USER) return await tellNone(call);
    if (!maySeeAll(call.process) && !(await hasOwn(call))) return await tellUnseen(call);
    const request = await requestOf(call);
    if (typeof request === 'number') return request;
    const format = options.value('o') ?? 'short';
    if (!isFormat(format)) {
      await io.raw(`Unknown output format '${format}'.\n`);
      return 1;
    }
    const wrong = wrongChoice(options);
    if (wrong !== undefined) {
      await io.raw(`${wrong}\n`);
      return 1;
    }
    if (options.value('facility') === 'help') {
      io.line(['Available facilities:', ...FACILITY_NAMES.filter((name) => !/^\d/.test(name))].join('\n'));
      return await io.end(0);
    }
    const matcher = matcherOf(journalWords(options).matches);
    if (typeof matcher === 'string') {
      if (matcher.startsWith('/')) return await absent(call, matcher);
      await io.raw(`Failed to add match '${matcher}': Invalid argument\n`);
      return 1;
    }
    const bad = badPattern(options.value('g') ?? '');
    if (bad !== undefined) {
      await io.raw(`Bad pattern "${options.value('g') ?? ''}": ${bad}\n`);
      return 1;
    }
    if (options.has('x')) await io.raw('drydock: the explanations of -x (the message catalogue) are not simulated\n');
    return await print(call, request, format, matcher);
  },
);

/** What goes with nothing else, or is no value. */
function wrongChoice(options: Options): string | undefined {
  if (options.has('f') && options.has('r')) return 'Please specify either --reverse= or --follow=, not both.';
  const facilities = facilitiesOf(options.value('facility') ?? '');
  if (typeof facilities === 'string' && facilities !== 'help') return `Bad --facility= argument "${facilities}".`;
  const sensitive = options.value('case-sensitive') ?? '';
  return /^(|1|0|yes|no|y|n|t|f|true|false|on|off)$/i.test(sensitive)
    ? undefined
    : `Bad --case-sensitive= argument "${sensitive}": Invalid argument`;
}

/** As --case-sensitive says; without it, like systemd, a pattern without capitals matches without regard to case. */
const isCaseSensitive = (options: Options, pattern: string): boolean =>
  options.has('case-sensitive')
    ? /^(|1|yes|y|t|true|on)$/i.test(options.value('case-sensitive') ?? '')
    : pattern !== pattern.toLowerCase();

const HINT =
  "Hint: You are currently not seeing messages from other users and the system.\n      Users in groups 'adm', 'systemd-journal' can see all messages.\n      Pass -q to turn off this notice.\n";

/** Users below this number have no journals of their own: what they log is the system's. */
const FIRST_USER = 1000;

async function tellNone({ io, options }: Invocation): Promise<number> {
  await io.raw('No journal files were found.\n');
  if (!options.has('q')) io.line('-- No entries --');
  return await io.end(0);
}

/** A user's manager and its services make a journal of the user's own. */
async function hasOwn({ io, options, process }: Invocation): Promise<boolean> {
  const reply = await ask(process, { method: 'journal', units: [], ofUser: process.credentials().uid });
  const isThere = reply.type === 'records' && reply.records.length > 0;
  if (isThere && !options.has('q') && !options.has('user')) await io.raw(HINT);
  return isThere;
}

async function tellUnseen({ io, options }: Invocation): Promise<number> {
  if (!options.has('q')) await io.raw(HINT);
  await io.raw('No journal files were opened due to insufficient permissions.\n');
  return 1;
}

interface Shown {
  readonly record: JournalLine;
  readonly setting: JournalSetting & { readonly boot: string };
  readonly fields: Readonly<Record<string, string>>;
}

type Matcher = (fields: Readonly<Record<string, string>>) => boolean;

async function print(
  call: Invocation,
  request: Readonly<Record<string, Plain>>,
  format: JournalFormat,
  matches: Matcher,
): Promise<number> {
  const { io, options, process } = call;
  const machine = fileText(process, '/etc/machine-id')?.trim() ?? '';
  const host = process.hostname();
  const names = new Set<string>();
  const field = options.value('F');
  let shown = 0;
  let isMissingBoot = false;
  let limit = limitOf(linesAsked(options));
  const show = async (reply: Reply): Promise<boolean> => {
    if (reply.type !== 'records') return false;
    isMissingBoot = typeof request['boot'] === 'number' && !isKnownBoot(request['boot'], reply.boots.length);
    let last = '';
    const records = reply.records.map((record): Shown => {
      const boot = reply.boots.findLast(({ from }) => from <= record.cursor)?.id ?? '';
      const setting = { host, boot, machine, bare: options.has('no-hostname') };
      return { record, setting, fields: journalFields(record, setting) };
    });
    for (const { record, setting, fields } of wanted(call, records, matches, limit)) {
      shown += 1;
      if (field !== undefined || options.has('N')) {
        for (const name of field === undefined ? Object.keys(fields) : [fields[field] ?? '']) names.add(name);
        continue;
      }
      if (last !== '' && setting.boot !== last && format.startsWith('short')) io.line(`-- Boot ${setting.boot} --`);
      last = setting.boot;
      io.line(journalText(record, setting, format));
    }
    // What comes while it follows is shown without a limit.
    limit = Infinity;
    return (await io.flush()) && options.has('f');
  };
  const reply = await ask(process, request, show);
  if (reply.type === 'unreachable') return await sayUnreachable(io, reply);
  if (reply.type === 'error') {
    await io.raw(`${reply.message}\n`);
    return 1;
  }
  if (isMissingBoot) {
    await io.raw(
      `Data from the specified boot (${String(request['boot'])}) is not available: No such boot ID in journal\n`,
    );
    return 1;
  }
  if (field !== undefined || options.has('N')) for (const name of names) io.line(name);
  else if (shown === 0 && !options.has('q')) io.line('-- No entries --');
  return await io.end(0);
}

/** 1 is the oldest, 0 the running one, -1 the one before it. */
const isKnownBoot = (offset: number, count: number): boolean => (offset > 0 ? offset <= count : count + offset > 0);

const isFormat = (text: string): text is JournalFormat => JOURNAL_FORMATS.some((each) => each === text);

async function absent({ io }: Invocation, what: string): Promise<number> {
  await io.raw(`drydock: 'journalctl ${what}' is not simulated\n`);
  return 1;
}

/** What PCRE2 finds wrong with a pattern, of what learners write most. */
function badPattern(pattern: string): string | undefined {
  try {
    new RegExp(pattern);
    return undefined;
  } catch {
    if (/^[*+?]/.test(pattern)) return 'quantifier does not follow a repeatable item';
    if (pattern.endsWith('\\')) return '\\ at end of pattern';
    return /\[[^\]]*$/.test(pattern) ? 'missing terminating ] for character class' : 'missing closing parenthesis';
  }
}

/** Those that all filters let through, the last of them where there is a limit. */
function wanted({ options }: Invocation, records: readonly Shown[], matches: Matcher, limit: number): readonly Shown[] {
  const identifiers = options.values('t');
  const pattern = options.value('g');
  const expression =
    pattern === undefined ? undefined : new RegExp(pattern, isCaseSensitive(options, pattern) ? '' : 'i');
  const excluded = options.values('T');
  const facilities = options.values('facility').flatMap((text) => {
    const found = facilitiesOf(text);
    return typeof found === 'string' ? [] : found;
  });
  const levels = options.has('p') ? levelsOf(options.value('p') ?? '') : 'none';
  const from = levels === 'none' ? 0 : levels.from;
  const found = records.filter(
    ({ record: { identifier, message, priority }, fields }) =>
      priority >= from &&
      (identifiers.length === 0 || identifiers.includes(identifier)) &&
      !excluded.includes(identifier) &&
      (facilities.length === 0 || facilities.includes(Number(fields['SYSLOG_FACILITY']))) &&
      (expression?.test(message) ?? true) &&
      matches(fields),
  );
  const last = limit < 0 ? found.slice(0, -limit) : found.slice(Math.max(0, found.length - limit));
  return options.has('r') ? last.toReversed() : last;
}

/** How many lines: a number, `+` and a number for the oldest, or `all`. */
const linesAsked = (options: Options): string | undefined => {
  const { lines } = journalWords(options);
  const asked = lines ?? (options.has('f') ? SOME_LINES : options.has('e') ? END_LINES : undefined);
  if (asked === '') return SOME_LINES;
  return asked === 'all' ? undefined : asked;
};

/** Negative: so many of the oldest. */
const limitOf = (lines: string | undefined): number =>
  lines === undefined ? Infinity : lines.startsWith('+') ? -Number(lines) : Number(lines);

async function listBoots({ io, process }: Invocation): Promise<number> {
  const reply = await ask(process, { method: 'list-boots' });
  if (reply.type === 'unreachable') return await sayUnreachable(io, reply);
  if (reply.type !== 'boots') return 1;
  const when = (us: number): string => strftime('%a %Y-%m-%d %H:%M:%S UTC', us);
  io.line(`IDX BOOT ID                          FIRST ENTRY                 LAST ENTRY`);
  for (const [at, { id, firstUnixUs, lastUnixUs }] of reply.boots.entries())
    io.line(`${String(at - reply.boots.length + 1).padStart(3)} ${id} ${when(firstUnixUs)} ${when(lastUnixUs)}`);
  return await io.end(0);
}

/** `-1`, `2`, or empty for the running boot; undefined for all. */
function bootAsked(options: Options): string | undefined {
  if (!options.has('b')) return options.has('k') ? '' : undefined;
  const before = [...'123456789'].find((digit) => options.has(digit));
  if (before !== undefined) return `-${before}`;
  const { boot } = journalWords(options);
  return boot === 'all' ? undefined : boot;
}

interface Levels {
  readonly from: number;
  readonly to: number;
}

/** `err`: from emerg to err; `warning..err`: those between. */
function levelsOf(text: string): Levels | 'none' {
  const [first = '', second] = text.split('..');
  const level = (word: string): number => (/^[0-7]$/.test(word) ? Number(word) : PRIORITIES.indexOf(word));
  const [one, other] = [level(first), level(second ?? 'emerg')];
  if (one < 0 || other < 0) return 'none';
  return { from: Math.min(one, other), to: Math.max(one, other) };
}

/** Units of -u; a pattern stands for those that are loaded. */
async function unitsNamed(process: Process, names: readonly string[]): Promise<readonly string[] | 'none'> {
  if (!names.some((name) => hasGlob(name, false))) return names.map(unitName);
  const reply = await ask(process, { method: 'list', all: true });
  const loaded = reply.type === 'units' ? reply.units.map(({ name }) => name) : [];
  const found = names.flatMap((name) =>
    hasGlob(name, false) ? loaded.filter((each) => matches(unitName(name), each)) : [unitName(name)],
  );
  return found.length === 0 ? 'none' : found;
}

async function requestOf({ io, options, process }: Invocation): Promise<Readonly<Record<string, Plain>> | number> {
  const last = linesAsked(options);
  if (last !== undefined && !/^\+?\d+$/.test(last)) {
    await io.raw(`Failed to parse lines '${last}'\n`);
    return 1;
  }
  const level = options.has('p') ? levelsOf(options.value('p') ?? '') : undefined;
  if (level === 'none') {
    await io.raw(`Unknown log level ${options.value('p') ?? ''}\n`);
    return 1;
  }
  const ofUser = options.has('user') || !maySeeAll(process);
  const units = await unitsNamed(process, options.has('user') ? [] : options.values('u'));
  if (units === 'none') {
    await io.raw('Failed to add filter for units: No data available\n');
    return 1;
  }
  const boot = bootAsked(options);
  if (boot !== undefined && !/^[-+]?\d*$/.test(boot)) {
    await io.raw(`drydock: 'journalctl -b ${boot}' is not simulated\n`);
    return 1;
  }
  const bounds: Record<string, number> = {};
  for (const [letter, name] of [
    ['S', 'sinceUnixUs'],
    ['U', 'untilUnixUs'],
  ] as const) {
    const text = options.value(letter);
    if (text === undefined) continue;
    const us = timestampUs(text, process.time().realtimeUs);
    if (us === undefined) {
      await io.raw(`Failed to parse timestamp: ${text}\n`);
      return 1;
    }
    bounds[name] = us;
  }
  return {
    method: 'journal',
    units: [...units],
    // Of --user, -u is the same as --user-unit.
    userUnits: [...options.values('user-unit'), ...(options.has('user') ? options.values('u') : [])].map(unitName),
    ...(ofUser ? { ofUser: process.credentials().uid } : {}),
    ...(options.has('k') ? { kernel: true } : {}),
    ...(options.has('f') ? { follow: true } : {}),
    ...(boot === undefined ? {} : { boot: Number(boot) }),
    ...(level === undefined ? {} : { priority: level.to }),
    ...bounds,
  };
}
