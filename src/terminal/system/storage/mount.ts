/**
 * mount (util-linux 2.39). It is set-user-id root: only what its caller is decides whether it may act.
 * Leaves out: other file systems on devices than ext4, labels, propagation, and mounts that /etc/fstab opens to users.
 */
import { failed, strerror, type SysFailure } from '../../../protocol/errno.ts';
import type { Process } from '../../../protocol/program.ts';
import { command, type Invocation } from '../../coreutils/command.ts';
import { fileText } from '../../io.ts';
import { deviceFor } from './mount-device.ts';
import { loopNumber, loopRequest } from './loop-table.ts';
import { invokingUid } from '../accounts/invoking-user.ts';

const USAGE_STATUS = 1;
const FAILED_STATUS = 32;
const SOME_FAILED_STATUS = 64;

export const isSuperuser = (process: Process): boolean => process.credentials().uid === 0 && invokingUid(process) === 0;

type Row = readonly [source: string, target: string, type: string, options: string];

const tableRows = (process: Process): readonly Row[] =>
  (fileText(process, '/etc/fstab') ?? '')
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([source = '']) => source !== '' && !source.startsWith('#'))
    .map(([source = '', target = '', type = 'auto', options = 'defaults']) => [source, target, type, options]);

/** What is mounted, in the order it was. */
export const mountedRows = (process: Process): readonly Row[] =>
  (fileText(process, '/proc/self/mounts') ?? '')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.split(' '))
    .map(([source = '', target = '', type = '', options = '']) => [source, target, type, options]);

/** Whether a type is among those of -t: `ext4,tmpfs`, or all but `noproc,sysfs`. */
export function isOfType(type: string, list: string | undefined): boolean {
  if (list === undefined) return true;
  const names = list.replace(/^no/, '').split(',');
  return names.some((name) => name.replace(/^no/, '') === type) !== list.startsWith('no');
}

/** The row of /etc/fstab that names a device or directory. */
const fromTable = (process: Process, name: string): Row | undefined =>
  tableRows(process).find(([source, target]) => source === name || target === name);

async function list({ io, options, process }: Invocation): Promise<number> {
  for (const [source, target, type, flags] of mountedRows(process))
    if (isOfType(type, options.value('t'))) io.line(`${source} on ${target} type ${type} (${flags})`);
  return await io.end(0);
}

function complaint(process: Process, { errno }: SysFailure, source: string, target: string, type: string): string {
  // A source that is a path has to be there; what needs none (tmpfs, proc) does not fail so.
  const needsSource = source.startsWith('/dev/') || errno === 'ENOENT';
  if (needsSource && failed(process.stat(source)) && !failed(process.stat(target)))
    return `${target}: special device ${source} does not exist.`;
  switch (errno) {
    case 'EPERM':
    case 'EACCES':
      return `${target}: permission denied.`;
    case 'ENOENT':
      return `${target}: mount point does not exist.`;
    case 'ENODEV':
      if (type === 'ext4' && !failed(process.stat(source))) return `${target}: ${source} is not a block device.`;
      return `${target}: unknown filesystem type '${type}'.`;
    case 'ENOTDIR':
      return `${target}: mount point is not a directory.`;
    case 'EBUSY':
      return `${target}: ${source} already mounted or mount point busy.`;
    case 'EINVAL':
      return `${target}: wrong fs type, bad option, bad superblock on ${source}, missing codepage or helper program, or other error.`;
    default:
      return `${target}: mount failed: ${strerror({ errno })}.`;
  }
}

/** Options that mount has and this one refuses by name. */
const ABSENT = [
  ...'FsicOTNLUM',
  ...['', 'r'].flatMap((all) => ['private', 'shared', 'slave', 'unbindable'].map((kind) => `make-${all}${kind}`)),
  ...['options-mode', 'options-source', 'options-source-force', 'target-prefix'],
];

export async function badUsage({ io }: Pick<Invocation, 'io'>): Promise<number> {
  await io.warn(`bad usage\nTry '${io.name} --help' for more information.`);
  return USAGE_STATUS;
}

/** What `-o remount` with one name is about: the mount and the options it has. */
function mountedAs(process: Process, name: string): Row {
  const found = mountedRows(process).findLast(([source, target]) => source === name || target === name);
  return found ?? ['none', name, 'none', ''];
}

const OPPOSITES = [
  ['ro', 'rw'],
  ['suid', 'nosuid'],
  ['dev', 'nodev'],
  ['exec', 'noexec'],
  ['relatime', 'noatime', 'strictatime'],
];

/** The kernel's own flags, in the order in which it lists them; those of file systems follow. */
const ORDER = [
  'remount',
  'bind',
  'rbind',
  'ro',
  'rw',
  'nosuid',
  'nodev',
  'noexec',
  'noatime',
  'relatime',
  'strictatime',
];
/** How mounts are where nothing is said. */
const DEFAULTS = ['', 'defaults', 'suid', 'dev', 'exec'];

/** Options without repetition: the later of two that speak of the same thing holds. */
function merged(options: readonly string[]): readonly string[] {
  const subject = (option: string): string =>
    OPPOSITES.find((group) => group.includes(option))?.[0] ?? option.replace(/=.*/, '');
  const last = [...new Map(options.map((option) => [subject(option), option])).values()];
  const rank = (option: string): number => (ORDER.includes(option) ? ORDER.indexOf(option) : ORDER.length);
  return last.filter((option) => !DEFAULTS.includes(option)).toSorted((a, b) => rank(a) - rank(b));
}

function makeDirectories(process: Process, path: string): void {
  const parts = path.split('/');
  for (let length = 2; length <= parts.length; length += 1) process.mkdir(parts.slice(0, length).join('/'), 0o755);
}

export const mount = command(
  {
    name: 'mount',
    calls: 'short',
    // -w is how file systems are mounted anyway, no device has a label to list (-l), and there is no /etc/mtab (-n).
    short: 't:o:arwvnBRMfFsilcO:T:N:L:U:m',
    absent: ABSENT,
    helpOption: '-h',
    long: {
      types: 't',
      options: 'o',
      all: 'a',
      bind: 'B',
      rbind: 'R',
      move: 'M',
      'read-only': 'r',
      ...Object.fromEntries(ABSENT.filter((name) => name.length > 1).map((name) => [name, name])),
      'read-write': 'w',
      rw: 'w',
      verbose: 'v',
      fake: 'f',
      'show-labels': 'l',
      'no-mtab': 'n',
      mkdir: 'm',
      source: 'source:',
      target: 'target:',
      fork: 'F',
      fstab: 'T',
      'internal-only': 'i',
      label: 'L',
      uuid: 'U',
      namespace: 'N',
      'no-canonicalize': 'c',
      'test-opts': 'O',
    },
    usage: '[-lhV]',
  },
  async (call) => {
    const { io, options, process } = call;
    const operands = [...options.values('source'), ...options.values('target'), ...call.operands];
    if (operands.length > 2) return await badUsage(call);
    if (options.has('a')) return await mountAll(call);
    if (operands.length === 0) return await list(call);
    const [first = '', second] = operands;
    const again = options.values('o').some((text) => text.split(',').includes('remount'));
    const row = second !== undefined ? undefined : again ? mountedAs(process, first) : fromTable(process, first);
    if (second === undefined && row === undefined) {
      await io.warn(`${first}: can't find in /etc/fstab.`);
      return USAGE_STATUS;
    }
    const [source, target, fsType, fsFlags] = row ?? [first, second ?? '', undefined, ''];
    if (!isSuperuser(process)) {
      await io.warn(
        call.flavour === 'busybox' ? 'permission denied (are you root?)' : `${target}: must be superuser to use mount.`,
      );
      return USAGE_STATUS;
    }
    const flags = merged([
      ...[fsFlags, ...options.values('o')].flatMap((text) => text.split(',')),
      ...(options.has('B') ? ['bind'] : []),
      ...(options.has('R') ? ['rbind'] : []),
      ...(options.has('r') ? ['ro'] : []),
    ]);
    if (options.has('m')) makeDirectories(process, target);
    const binds = flags.includes('bind') || flags.includes('rbind');
    const type = options.value('t') ?? fsType ?? (binds ? 'none' : 'auto');
    // Access times are kept relatively unless an option says otherwise.
    const timed = binds || flags.some((flag) => /atime$/.test(flag));
    return await mountOne(call, source, target, type, timed ? flags : merged([...flags, 'relatime']));
  },
);

/** Options of /etc/fstab that mean something to mount and systemd only. */
const USERSPACE = new Set(
  'defaults auto noauto user nouser users nousers owner noowner group nogroup _netdev nofail'.split(' '),
);
const isForKernel = (option: string): boolean =>
  option !== '' && !USERSPACE.has(option) && !/^(?:[xX]-|comment=)/.test(option);

/** Mounts from a loop device that is made for a file where one is needed, and with the type that is found on the device. */
async function mountOne(
  call: Invocation,
  source: string,
  target: string,
  type: string,
  given: readonly string[],
): Promise<number> {
  const { io, process, options } = call;
  const device = await deviceFor(call, source, type, given);
  if (typeof device === 'number') return device;
  const { path, flags, found, made } = device;
  const status = await mountDevice(call, path, target, found, flags);
  if (status !== 0 && made && !options.has('f')) {
    const number = loopNumber(path);
    if (number !== undefined) loopRequest(process, 'detach', number);
  }
  await io.flush();
  return status;
}

async function mountDevice(
  { io, options, process, flavour }: Invocation,
  source: string,
  target: string,
  type: string,
  flags: readonly string[],
): Promise<number> {
  const mountWith = (all: readonly string[]): ReturnType<Process['mount']> =>
    process.mount(source, target, type, all.filter(isForKernel));
  let done = options.has('f') ? undefined : mountWith(flags);
  if (done !== undefined && failed(done) && done.errno === 'EROFS' && !flags.includes('ro')) {
    done = mountWith(merged([...flags, 'ro']));
    if (done === undefined || !failed(done))
      await io.warn(`${target}: WARNING: source write-protected, mounted read-only.`);
  }
  // What no superblock was found on has no type to ask the kernel for.
  if (done !== undefined && failed(done) && type === 'auto' && done.errno === 'ENODEV' && source.startsWith('/'))
    done = { errno: 'EINVAL' };
  if (done === undefined || !failed(done)) {
    const how = flags.includes('bind') || flags.includes('rbind') ? 'bound' : 'mounted';
    const where = process.realpath(target);
    if (options.has('v') && !options.has('a')) io.line(`mount: ${source} ${how} on ${failed(where) ? target : where}.`);
    return await io.end(0);
  }
  if (flavour === 'busybox') {
    await io.warn(
      done.errno === 'EPERM'
        ? 'permission denied (are you root?)'
        : `mounting ${source} on ${target} failed: ${strerror(done)}`,
    );
    return 1;
  }
  const remounts = flags.includes('remount') && done.errno === 'EINVAL';
  const real = process.realpath(target);
  const place = failed(real) ? target : real;
  const text = remounts
    ? `${place}: mount point not mounted or bad option.`
    : complaint(process, done, source, place, type);
  await io.warn(`${text}\n       dmesg(1) may have more information after failed mount system call.`);
  return FAILED_STATUS;
}

/** What /etc/fstab lists for the boot and is not mounted yet. */
async function mountAll(call: Invocation): Promise<number> {
  const { io, options, process } = call;
  if (!isSuperuser(process)) {
    await io.warn('must be superuser to use mount.');
    return USAGE_STATUS;
  }
  const mounted = (fileText(process, '/proc/self/mounts') ?? '').split('\n').map((line) => line.split(' ')[1]);
  const results: number[] = [];
  for (const [source, target, type, text] of tableRows(process)) {
    const flags = text.split(',').filter((flag) => flag !== 'defaults');
    const ignored = type === 'swap' || target === 'none' || target === '/' || flags.includes('noauto');
    const told = (what: string): void => {
      if (options.has('v')) io.line(`${target.padEnd(25)}: ${what}`);
    };
    if (ignored || !isOfType(type, options.value('t'))) told('ignored');
    else if (mounted.includes(target)) told('already mounted');
    else {
      const status = await mountOne(call, source, target, type, flags);
      if (status === 0) told('successfully mounted');
      results.push(status);
    }
  }
  const failures = results.filter((status) => status !== 0).length;
  await io.flush();
  if (failures === 0) return 0;
  return failures === results.length ? FAILED_STATUS : SOME_FAILED_STATUS;
}
