/** rsync's options: what both ends follow, and how the client hands them to its server. */
import { parseOptions, type Options } from '../../coreutils/command.ts';

/** Options by letter, or by the long name of those that have none. */
export interface RsyncOptions {
  readonly verbose: number;
  has(option: string): boolean;
  /** As getopt sorted them, for values. */
  readonly given: Options;
}

const LONG: Readonly<Record<string, string>> = {
  archive: 'a',
  compress: 'z',
  'copy-links': 'L',
  delete: 'delete',
  'delete-during': 'delete',
  'delete-excluded': 'delete-excluded',
  devices: 'devices',
  'dry-run': 'n',
  exclude: 'exclude:',
  'exclude-from': 'exclude-from:',
  existing: 'existing',
  group: 'g',
  help: 'help',
  'human-readable': 'h',
  'ignore-existing': 'ignore-existing',
  'ignore-times': 'I',
  include: 'include:',
  'include-from': 'include-from:',
  'itemize-changes': 'i',
  links: 'l',
  'list-only': 'list-only',
  'omit-dir-times': 'O',
  owner: 'o',
  partial: 'partial',
  perms: 'p',
  progress: 'progress',
  quiet: 'q',
  recursive: 'r',
  rsh: 'e',
  'rsync-path': 'rsync-path:',
  sender: 'sender',
  server: 'server',
  'size-only': 'size-only',
  specials: 'specials',
  stats: 'stats',
  times: 't',
  update: 'u',
  verbose: 'v',
  'whole-file': 'W',
};

/** Real ones that are not modelled, by what they are called. */
const ABSENT =
  `acls append backup bwlimit checksum checksum-choice chmod chown compare-dest compress-level copy-dest copy-unsafe-links
  cvs-exclude delay-updates delete-after delete-before delete-delay dirs executability files-from filter force fuzzy groupmap
  hard-links ignore-errors info inplace link-dest log-file max-delete max-size min-size modify-window mkpath
  numeric-ids one-file-system out-format outbuf partial-dir password-file port prune-empty-dirs relative remove-source-files
  safe-links sparse suffix temp-dir timeout usermap xattrs`.split(/\s+/);
const ABSENT_LETTERS = 'AbcCdEfFHJkmMNRSsTUxXy';

const SHORT = 'vqaruLlpogtDnWzIiPOhe:';
const ARCHIVE = ['r', 'l', 'p', 't', 'g', 'o', 'D'];

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
  const on = new Set(given.order.flatMap(([option]) => meaningOf(option)));
  for (const option of negated) {
    const name = option.slice('--no-'.length);
    for (const each of meaningOf(name.length === 1 ? name : (LONG[name] ?? name))) on.delete(each);
  }
  const verbose = given.order.filter(([option]) => option === 'v').length;
  return {
    type: 'options',
    options: { verbose: on.has('q') ? 0 : verbose, has: (option) => on.has(option), given },
    operands: given.operands,
  };
}

/** The same, and into directories. */
export const recursing = (options: RsyncOptions): RsyncOptions => ({
  ...options,
  has: (option) => option === 'r' || options.has(option),
});

/** The options that one stands for. */
function meaningOf(option: string): readonly string[] {
  if (option === 'a') return ARCHIVE.flatMap(meaningOf);
  if (option === 'D') return ['devices', 'specials'];
  if (option === 'P') return ['partial', 'progress'];
  return option === 'delete-excluded' ? ['delete', option] : [option];
}

function absentOption(args: readonly string[]): string | undefined {
  for (const arg of args) {
    if (arg === '--') return undefined;
    const long = /^--([^=]+)/.exec(arg)?.[1];
    if (long !== undefined && ABSENT.includes(long)) return `rsync --${long}`;
    const letters = /^-([^-e][^e]*|(?=e))/.exec(arg)?.[1] ?? '';
    const letter = Array.from(letters).find((each) => ABSENT_LETTERS.includes(each));
    if (letter !== undefined) return `rsync -${letter}`;
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

const SERVER_LETTERS = ['n', 'u', 'l', 'L', 'W', 'o', 'g', 't', 'O', 'p', 'r', 'I', 'z', 'i'];
const SERVER_LONG = ['devices', 'specials', 'delete', 'delete-excluded', 'size-only', 'ignore-existing', 'existing'];

/** The arguments of the other end's rsync, without its paths. */
export function serverArguments(options: RsyncOptions, serverSends: boolean): readonly string[] {
  const devices = options.has('devices') && options.has('specials');
  const letters = [
    'v'.repeat(options.verbose),
    ...SERVER_LETTERS.filter((letter) => options.has(letter)),
    devices ? 'D' : '',
  ].join('');
  return [
    '--server',
    ...(serverSends ? ['--sender'] : []),
    `-${letters}e.LsfxCIvu`,
    ...SERVER_LONG.filter((name) => options.has(name) && !(devices && ['devices', 'specials'].includes(name))).map(
      (name) => `--${name}`,
    ),
  ];
}
