/** rsync's options: what both ends follow, and how the client hands them to its server. */
import { parseOptions, type Options } from '../../coreutils/command.ts';

/** Options by letter, or by the long name of those that have none. */
export interface RsyncOptions {
  readonly verbose: number;
  has(option: string): boolean;
  /** The last value of an option that takes one. */
  value(option: string): string | undefined;
  /** Which names are listed, as --info=name2 calls it: 1 for what changes, 2 for what is up to date as well. */
  readonly names: number;
  /** How often --itemize-changes was given. */
  readonly items: number;
  /** Also what is up to date already. */
  readonly listsAll: boolean;
  /** The summary's level, as --info=stats2 calls it. */
  readonly stats: number;
  /** As getopt sorted them, for values. */
  readonly given: Options;
}

const LONG: Readonly<Record<string, string>> = {
  archive: 'a',
  backup: 'b',
  'backup-dir': 'backup-dir:',
  checksum: 'c',
  chmod: 'chmod:',
  chown: 'chown:',
  'compare-dest': 'compare-dest:',
  compress: 'z',
  'copy-dest': 'copy-dest:',
  'copy-links': 'L',
  del: 'delete',
  delete: 'delete',
  'delete-after': 'delete-after',
  'delete-before': 'delete-before',
  'delete-delay': 'delete-delay',
  'delete-during': 'delete',
  'delete-excluded': 'delete-excluded',
  devices: 'devices',
  dirs: 'd',
  'dry-run': 'n',
  exclude: 'exclude:',
  'exclude-from': 'exclude-from:',
  executability: 'E',
  existing: 'existing',
  'files-from': 'files-from:',
  filter: 'f',
  force: 'force',
  group: 'g',
  help: 'help',
  'human-readable': 'h',
  'ignore-existing': 'ignore-existing',
  'ignore-missing-args': 'ignore-missing-args',
  'ignore-times': 'I',
  include: 'include:',
  'include-from': 'include-from:',
  info: 'info:',
  inplace: 'inplace',
  'itemize-changes': 'i',
  'link-dest': 'link-dest:',
  links: 'l',
  'list-only': 'list-only',
  'max-delete': 'max-delete:',
  'max-size': 'max-size:',
  'min-size': 'min-size:',
  mkpath: 'mkpath',
  'numeric-ids': 'numeric-ids',
  'omit-dir-times': 'O',
  'omit-link-times': 'J',
  'one-file-system': 'x',
  'out-format': 'out-format:',
  owner: 'o',
  partial: 'partial',
  perms: 'p',
  progress: 'progress',
  'prune-empty-dirs': 'm',
  quiet: 'q',
  recursive: 'r',
  relative: 'R',
  'remove-source-files': 'remove-source-files',
  rsh: 'e',
  'rsync-path': 'rsync-path:',
  sender: 'sender',
  server: 'server',
  'size-only': 'size-only',
  specials: 'specials',
  stats: 'stats',
  suffix: 'suffix:',
  times: 't',
  update: 'u',
  verbose: 'v',
  'whole-file': 'W',
};

/** Real ones that are not modelled, by what they are called. */
const ABSENT = `acls address append append-verify atimes block-size blocking-io bwlimit checksum-choice checksum-seed
  compress-choice compress-level contimeout copy-as copy-devices copy-dirlinks copy-unsafe-links crtimes cvs-exclude debug
  delay-updates delete-missing-args fake-super from0 fsync fuzzy groupmap hard-links iconv ignore-errors ipv4 ipv6
  keep-dirlinks log-file log-file-format max-alloc modify-window munge-links no-implied-dirs old-args open-noatime outbuf
  partial-dir password-file port preallocate protocol read-batch remote-option safe-links secluded-args skip-compress
  sockopts sparse stderr stop-after stop-at super temp-dir timeout trust-sender usermap write-batch write-devices
  xattrs`.split(/\s+/);
const ABSENT_LETTERS = 'ABCFHkKMNSsTUXy0468@';
/** Letters with a value, which ends their word. */
const VALUED_LETTERS = 'ef';

const SHORT = 'vqaruLlpogtDnWzIiPOJhbcdEmRxe:f:';
const ARCHIVE = ['r', 'l', 'p', 't', 'g', 'o', 'D'];
const INFO = /^(name[012]?|stats[0123]?|progress[12]?)$/;

export type ParsedOptions =
  | { readonly type: 'options'; readonly options: RsyncOptions; readonly operands: readonly string[] }
  | { readonly type: 'absent'; readonly option: string }
  | { readonly type: 'wrong'; readonly text: string };

export function parseRsyncOptions(args: readonly string[]): ParsedOptions {
  const absent = absentOption(args);
  if (absent !== undefined) return { type: 'absent', option: absent };
  const negated = args.filter((arg) => arg.startsWith('--no-'));
  const given = parseOptions(
    args.filter((arg) => !arg.startsWith('--no-')),
    { name: 'rsync', short: SHORT, long: LONG },
  );
  if ('problem' in given) return { type: 'wrong', text: complaint(given.problem) };
  const flags = given.values('info').flatMap((value) => value.split(','));
  const strange = flags.find((flag) => !INFO.test(flag));
  if (strange !== undefined) return { type: 'absent', option: `rsync --info=${strange}` };
  return { type: 'options', options: understood(given, negated, flags), operands: given.operands };
}

function understood(given: Options, negated: readonly string[], flags: readonly string[]): RsyncOptions {
  const on = new Set(given.order.flatMap(([option]) => meaningOf(option)));
  if (flags.includes('progress') || flags.includes('progress1')) on.add('progress');
  if (flags.includes('progress2')) on.add('progress2');
  for (const option of negated) {
    const name = option.slice('--no-'.length);
    for (const each of meaningOf(name.length === 1 ? name : (LONG[name] ?? name))) on.delete(each);
  }
  if (on.has('b') && !on.has('backup-dir')) on.add('O');
  const quiet = on.has('q');
  const verbose = quiet ? 0 : given.order.filter(([option]) => option === 'v').length;
  const items = given.order.filter(([option]) => option === 'i').length;
  const level = (flag: string): number | undefined => {
    const last = flags.findLast((each) => each.startsWith(flag))?.slice(flag.length);
    return last === undefined ? undefined : last === '' ? 1 : Number(last);
  };
  return {
    verbose,
    has: (option) => on.has(option),
    value: (option) => given.value(option),
    items,
    listsAll: items > 1 || (items > 0 && verbose > 1),
    names: quiet ? 0 : (level('name') ?? Math.min(2, Math.max(verbose, on.has('progress') ? 1 : 0))),
    stats: quiet ? 0 : (level('stats') ?? (on.has('stats') ? 2 : Math.min(verbose, 1))),
    given,
  };
}

/** The same, and into directories. */
export const recursing = (options: RsyncOptions): RsyncOptions => ({
  ...options,
  has: (option) => option === 'r' || options.has(option),
});

/** Whether the list goes over in pieces while files are transferred already; else it is built as a whole first. */
export const isIncremental = (options: RsyncOptions): boolean =>
  options.has('r') && !['m', 'delete-before', 'delete-after', 'files-from'].some((option) => options.has(option));

/** The options that one stands for. */
function meaningOf(option: string): readonly string[] {
  if (option === 'a') return ARCHIVE.flatMap(meaningOf);
  if (option === 'D') return ['devices', 'specials'];
  if (option === 'P') return ['partial', 'progress'];
  if (option === 'backup-dir') return ['b', option];
  if (option === 'chown') return ['o', 'g', option];
  return option.startsWith('delete-') ? ['delete', option] : [option];
}

function absentOption(args: readonly string[]): string | undefined {
  for (const arg of args) {
    if (arg === '--') return undefined;
    const long = /^--([^=]+)/.exec(arg)?.[1];
    if (long !== undefined && ABSENT.includes(long)) return `rsync --${long}`;
    const letter = long === undefined && arg.startsWith('-') ? absentLetter(arg.slice(1)) : undefined;
    if (letter !== undefined) return `rsync -${letter}`;
  }
  return undefined;
}

function absentLetter(word: string): string | undefined {
  for (const letter of word) {
    if (VALUED_LETTERS.includes(letter)) return undefined;
    if (ABSENT_LETTERS.includes(letter)) return letter;
  }
  return undefined;
}

/** popt's words for getopt's. */
function complaint(problem: string): string {
  const unknown = /^(?:invalid option -- '(.)'|unrecognized option '(--.*)'|option '(--.*)' is ambiguous)$/.exec(
    problem,
  );
  if (unknown !== null) return `${unknown[2] ?? unknown[3] ?? `-${unknown[1] ?? ''}`}: unknown option`;
  const wanting = /^option (?:requires an argument -- '(.)'|'(--.*)' requires an argument)$/.exec(problem);
  return wanting === null ? problem : `${wanting[2] ?? `-${wanting[1] ?? ''}`}: missing argument`;
}

const SERVER_LETTERS = [...'nulLWogtOJpEcrRxIdbmzi'];
const SERVER_LONG = [
  'devices',
  'specials',
  'delete',
  'delete-before',
  'delete-after',
  'delete-delay',
  'delete-excluded',
  'existing',
  'force',
  'ignore-existing',
  'ignore-missing-args',
  'inplace',
  'mkpath',
  'numeric-ids',
  'remove-source-files',
  'size-only',
];
const SERVER_VALUES = [
  'backup-dir',
  'chmod',
  'chown',
  'compare-dest',
  'copy-dest',
  'info',
  'link-dest',
  'max-delete',
  'max-size',
  'min-size',
  'suffix',
];

/** The arguments of the other end's rsync, without its paths. */
export function serverArguments(options: RsyncOptions, serverSends: boolean): readonly string[] {
  const devices = options.has('devices') && options.has('specials');
  const letters = [
    'v'.repeat(options.verbose),
    ...SERVER_LETTERS.filter((letter) => options.has(letter)),
    options.items > 1 ? 'i' : '',
    devices ? 'D' : '',
  ].join('');
  return [
    '--server',
    ...(serverSends ? ['--sender'] : []),
    `-${letters}e.LsfxCIvu`,
    ...SERVER_LONG.filter((name) => options.has(name) && !(devices && ['devices', 'specials'].includes(name))).map(
      (name) => `--${name}`,
    ),
    ...SERVER_VALUES.flatMap((name) => options.given.values(name).flatMap((value) => [`--${name}`, value])),
  ];
}
