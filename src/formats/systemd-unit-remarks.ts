/**
 * What systemd says about the lines of a unit file that it cannot use (systemd src/core/load-fragment.c, conf-parser.c).
 * Models: names of sections and settings, booleans, spans, counts, signals, limits, kinds, paths, environments.
 * Leaves out: remarks on values of settings that are not among these.
 */
import * as keys from './systemd-unit-keys.ts';
import { parseCalendar } from './systemd-calendar.ts';
import { systemdSpanUs } from './systemd-span.ts';

export interface UnitRemark {
  readonly line: number;
  readonly text: string;
  /** The unit is not started because of it. */
  readonly isFatal: boolean;
}

const set = (...lists: readonly (readonly string[])[]): ReadonlySet<string> => new Set(lists.flat());
const exec = [keys.EXEC_KEYS, keys.GROUP_KEYS] as const;
const conditions = keys.CONDITIONS.flatMap((name) => [`Condition${name}`, `Assert${name}`]);

const SECTIONS: Readonly<Record<string, ReadonlySet<string>>> = {
  Unit: set(keys.UNIT_KEYS, conditions),
  Install: set(keys.INSTALL_KEYS),
  Service: set(keys.SERVICE_KEYS, ...exec),
  Socket: set(keys.SOCKET_KEYS, ...exec),
  Mount: set(keys.MOUNT_KEYS, ...exec),
  Swap: set(keys.SWAP_KEYS, ...exec),
  Scope: set(keys.SCOPE_KEYS, keys.GROUP_KEYS),
  Slice: set(keys.GROUP_KEYS),
  Timer: set(keys.TIMER_KEYS),
  Path: set(keys.PATH_KEYS),
  Automount: set(keys.AUTOMOUNT_KEYS),
};

/** Remarks in the order of the lines; reading ends at one that is fatal. `unit` is its name, whose type says which sections it may have. */
export function unitRemarks(unit: string, text: string): readonly UnitRemark[] {
  const remarks: UnitRemark[] = [];
  const type = unit.slice(unit.lastIndexOf('.') + 1);
  const own = `${type.slice(0, 1).toUpperCase()}${type.slice(1)}`;
  let section: string | undefined;
  let isKnown = true;
  for (const { line, text: content } of assignments(text)) {
    const add = (why: string, isFatal = false): void => {
      remarks.push({ line, text: why, isFatal });
    };
    const header = /^\[(.*)\]$/.exec(content)?.[1];
    if (header !== undefined) {
      section = header;
      isKnown = ['Unit', 'Install', own].includes(header) && SECTIONS[header] !== undefined;
      if (!isKnown && !header.startsWith('X-')) add(`Unknown section '${header}'. Ignoring.`);
      continue;
    }
    if (content.startsWith('[')) {
      add(`Invalid section header '${content}'`, true);
      return remarks;
    }
    if (!isKnown) continue;
    if (section === undefined) {
      add('Assignment outside of section. Ignoring.');
      continue;
    }
    const equals = content.indexOf('=');
    if (equals < 0) add("Missing '=', ignoring line.");
    else if (equals === 0) add("Missing key name before '=', ignoring line.");
    else {
      const key = content.slice(0, equals).trim();
      const found = remarkOn(section, key, content.slice(equals + 1).trim());
      for (const why of found) add(why.text, why.isFatal);
      if (found.some(({ isFatal }) => isFatal)) return remarks;
    }
  }
  return remarks;
}

/** Lines that say something, continued ones joined, with the number of the last line that they take. */
function assignments(text: string): readonly { readonly line: number; readonly text: string }[] {
  const found: { line: number; text: string }[] = [];
  let open = '';
  for (const [at, raw] of text.split('\n').entries()) {
    const line = raw.trim();
    if (line.startsWith('#') || line.startsWith(';') || (line === '' && open === '')) continue;
    if (line.endsWith('\\')) {
      open += `${line.slice(0, -1)} `;
      continue;
    }
    found.push({ line: at + 1, text: `${open}${line}`.trim() });
    open = '';
  }
  return found;
}

interface Why {
  readonly text: string;
  readonly isFatal?: boolean;
}

function remarkOn(section: string, key: string, value: string): readonly Why[] {
  if (SECTIONS[section]?.has(key) !== true)
    return key.startsWith('X-') ? [] : [{ text: `Unknown key '${key}' in section [${section}], ignoring.` }];
  // The type of a mount is any file system's.
  if (value === '' || (section === 'Mount' && key === 'Type')) return [];
  const rule = RULES.find(({ names }) => (typeof names === 'string' ? names === key : names.has(key)));
  return rule?.check(value, key) ?? [];
}

interface Rule {
  readonly names: string | ReadonlySet<string>;
  readonly check: (value: string, key: string) => readonly Why[];
}

/** A rule about values of one kind: what is said of one that is not. */
const rule = (
  names: Rule['names'],
  isFine: (value: string) => boolean,
  say: (value: string, key: string) => string,
  isFatal = false,
): Rule => ({
  names,
  check: (value, key) => (isFine(value) ? [] : [{ text: say(value, key), isFatal }]),
});

const isBoolean = (text: string): boolean => /^(1|yes|y|true|t|on|0|no|n|false|f|off)$/i.test(text);
const isSpan = (text: string): boolean => systemdSpanUs(text) !== undefined;
const isWholeIn =
  (low: number, high: number) =>
  (text: string): boolean =>
    /^[-+]?\d+$/.test(text) && Number(text) >= low && Number(text) <= high;
const oneOf = (text: string) => {
  const allowed = text.split(' ');
  return (value: string): boolean => allowed.includes(value);
};
const SIGNAL =
  /^(SIG)?(HUP|INT|QUIT|ILL|TRAP|ABRT|BUS|FPE|KILL|USR1|SEGV|USR2|PIPE|ALRM|TERM|STKFLT|CHLD|CONT|STOP|TSTP|TTIN|TTOU|URG|XCPU|XFSZ|VTALRM|PROF|WINCH|IO|PWR|SYS|RTM(IN|AX)([+-]\d+)?)$|^\d+$/;
const LIMIT = /^(infinity|\d+[KMGTPE]?)(:(infinity|\d+[KMGTPE]?))?$/;
const SIZE = /^(infinity|\d+(\.\d+)?[BKMGTPE]?|(100|\d?\d)(\.\d+)?%)$/;
const OUTPUTS =
  /^(inherit|null|tty|journal|kmsg|journal\+console|kmsg\+console|socket|syslog|(file|append|truncate|fd):.*)$/;
const STATUS = /^(\d|\d\d|1\d\d|2[0-4]\d|25[0-5])$/;

const RULES: readonly Rule[] = [
  rule(set(keys.BOOLEANS), isBoolean, (value) => `Failed to parse boolean value, ignoring: ${value}`),
  rule(set(keys.SPANS), isSpan, (value) => `Failed to parse sec value, ignoring: ${value}`),
  rule(
    set(keys.COUNTS),
    (value) => /^\d+$/.test(value),
    (value) => `Failed to parse unsigned value, ignoring: ${value}`,
  ),
  rule(
    set(keys.SIGNAL_NAMES),
    (value) => SIGNAL.test(value),
    (value) => `Failed to parse signal name, ignoring: ${value}`,
  ),
  rule(
    new Set(['TimeoutSec', 'TimeoutStartSec']),
    isSpan,
    (value, key) => `Failed to parse ${key}= parameter, ignoring: ${value}`,
  ),
  rule('TimeoutStopSec', isSpan, (value) => `Failed to parse time value, ignoring: ${value}`),
  rule('TimeoutAbortSec', isSpan, (value) => `Failed to parse TimeoutAbortSec= setting, ignoring: ${value}`),
  rule(
    'Type',
    oneOf('simple exec forking oneshot dbus notify notify-reload idle'),
    (value) => `Failed to parse service type, ignoring: ${value}`,
  ),
  rule(
    'Restart',
    oneOf('no on-success on-failure on-abnormal on-watchdog on-abort always'),
    (value) => `Failed to parse service restart specifier, ignoring: ${value}`,
  ),
  rule(
    'KillMode',
    oneOf('control-group mixed process none'),
    (value) => `Failed to parse kill mode specification, ignoring: ${value}`,
  ),
  { names: set(keys.EXEC_KEYS.filter((key) => key.startsWith('Limit'))), check: limitRemarks },
  rule(
    new Set(['MemoryMin', 'MemoryLow', 'MemoryHigh', 'MemoryMax', 'MemorySwapMax', 'MemoryLimit']),
    (value) => SIZE.test(value),
    (value) => `Invalid memory limit '${value}', ignoring: Invalid argument`,
  ),
  rule(
    'CPUQuota',
    (value) => /^\d+(\.\d+)?%$/.test(value) && !/^0+%$/.test(value),
    (value) => `Invalid CPU quota '${value}', ignoring.`,
  ),
  rule(
    new Set(['CPUWeight', 'StartupCPUWeight']),
    (value) => value === 'idle' || isWholeIn(1, 10_000)(value),
    (value) => `Invalid CPU weight, ignoring: ${value}`,
  ),
  rule(
    'TasksMax',
    (value) => /^(infinity|[1-9]\d*|[1-9]\d?%|100%)$/.test(value),
    (value) => `Invalid maximum tasks value '${value}', ignoring: Invalid argument`,
  ),
  rule('Nice', isWholeIn(-20, 19), (value) => `Nice priority out of range, ignoring: ${value}`),
  rule('OOMScoreAdjust', isWholeIn(-1000, 1000), (value) => `OOM score adjust value out of range, ignoring: ${value}`),
  rule(
    'UMask',
    (value) => /^[0-7]{1,4}$/.test(value),
    (value) => `Failed to parse mode value, ignoring: ${value}`,
  ),
  rule(
    new Set(['StandardOutput', 'StandardError']),
    (value) => OUTPUTS.test(value),
    (value) => `Failed to parse output specifier, ignoring: ${value}`,
  ),
  rule(
    'WorkingDirectory',
    (value) => /^-?(\/|~$|%)/.test(value),
    (value) => `WorkingDirectory= path is not absolute: ${value}`,
    true,
  ),
  rule(
    'EnvironmentFile',
    (value) => /^-?[/%]/.test(value),
    (value) => `EnvironmentFile= path is not absolute, ignoring: ${value.replace(/^-/, '')}`,
  ),
  rule(
    set(conditions.filter((key) => /Path|FileNotEmpty|FileIsExecutable|DirectoryNotEmpty/.test(key))),
    (value) => /^[|!]*[/%]/.test(value),
    (value, key) => `${key}= path is not absolute, ignoring: ${value.replace(/^[|!]+/, '')}`,
  ),
  rule(
    'OnCalendar',
    (value) => parseCalendar(value) !== undefined,
    (value) => `Failed to parse calendar specification, ignoring: ${value}`,
  ),
  rule(
    new Set(['OnActiveSec', 'OnBootSec', 'OnStartupSec', 'OnUnitActiveSec', 'OnUnitInactiveSec']),
    isSpan,
    (value) => `Failed to parse timer value, ignoring: ${value}`,
  ),
  { names: 'Documentation', check: (value) => badWords(value, isUrl, (word) => `Invalid URL, ignoring: ${word}`) },
  {
    names: new Set(['SuccessExitStatus', 'RestartPreventExitStatus', 'RestartForceExitStatus']),
    check: (value) =>
      badWords(
        value,
        (word) => STATUS.test(word) || (SIGNAL.test(word) && !/^\d/.test(word)) || NAMED_STATUS.test(word),
        (word) => `Failed to parse value, ignoring: ${word}`,
      ),
  },
  {
    names: new Set(['Requires', 'Requisite', 'Wants', 'BindsTo', 'PartOf', 'Before', 'After', 'Conflicts', 'Upholds']),
    check: (value) =>
      badWords(
        value,
        (word) => word.includes('%') || UNIT_NAME.test(word),
        (word) => `Failed to add dependency on ${word}, ignoring: Invalid argument`,
      ),
  },
  { names: 'Environment', check: environmentRemarks },
  {
    names: new Set([
      'ExecStart',
      'ExecStartPre',
      'ExecStartPost',
      'ExecReload',
      'ExecStop',
      'ExecStopPost',
      'ExecCondition',
    ]),
    check: commandRemarks,
  },
];

const NAMED_STATUS =
  /^(SUCCESS|FAILURE|INVALIDARGUMENT|NOTIMPLEMENTED|NOPERMISSION|NOTINSTALLED|NOTCONFIGURED|NOTRUNNING|USAGE|DATAERR|NOINPUT|NOUSER|NOHOST|UNAVAILABLE|SOFTWARE|OSERR|OSFILE|CANTCREAT|IOERR|TEMPFAIL|PROTOCOL|NOPERM|CONFIG|CHDIR|NICE|FDS|EXEC|MEMORY|LIMITS|SIGNAL_MASK|STDIN|STDOUT|CHROOT|USER|GROUP|CAPABILITIES|CGROUP|STDERR)$/;
const UNIT_NAME = /^[\w:.\\@-]+\.(service|socket|target|timer|mount|automount|path|slice|swap|scope|device)$/;
const isUrl = (word: string): boolean => /^(https?|file|info|man):./.test(word);

const badWords = (value: string, isFine: (word: string) => boolean, say: (word: string) => string): readonly Why[] =>
  value
    .split(/\s+/)
    .filter((word) => word !== '' && !isFine(word))
    .map((word) => ({ text: say(word) }));

function limitRemarks(value: string): readonly Why[] {
  if (!LIMIT.test(value)) return [{ text: `Failed to parse resource value, ignoring: ${value}` }];
  const [soft = 0, hard = Infinity] = value.split(':').map((part) => (/^\d+$/.test(part) ? Number(part) : undefined));
  return soft > hard ? [{ text: `Soft resource limit chosen higher than hard limit, ignoring: ${value}` }] : [];
}

function environmentRemarks(value: string): readonly Why[] {
  return [...value.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)]
    .map((match) => match[1] ?? match[2] ?? match[3] ?? '')
    .filter((word) => !/^[A-Za-z_]\w*=/.test(word))
    .map((word) => ({ text: `Invalid environment assignment, ignoring: ${word}` }));
}

/** A command is named by its path, or by its name alone where it is looked for in PATH. */
function commandRemarks(value: string): readonly Why[] {
  const line = value.replace(/^[-@:+!|]*/, '');
  if (
    (
      line
        .replace(/\\./g, '')
        .replace(/'[^']*'/g, '')
        .match(/"/g) ?? []
    ).length %
      2 ===
    1
  )
    return [{ text: `Unbalanced quoting, ignoring: "${line}"`, isFatal: true }];
  const path =
    /^"([^"]*)"|^'([^']*)'|^(\S+)/
      .exec(line)
      ?.slice(1)
      .find((part) => part !== undefined) ?? '';
  if (path === '') return [{ text: `Empty path in command line, ignoring: "${line}"` }];
  return path.startsWith('/') || !path.includes('/') || path.startsWith('%')
    ? []
    : [{ text: `Neither a valid executable name nor an absolute path: ${path}`, isFatal: true }];
}
