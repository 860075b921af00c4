/**
 * mount and umount (util-linux 2.39). Both are set-user-id root: only what their caller is decides whether they may act.
 * Leaves out: loop devices, mounts that /etc/fstab opens to users, and umount -a.
 */
import { failed, strerror, type SysFailure } from '../../protocol/errno.ts';
import type { Process } from '../../protocol/program.ts';
import { command, type Invocation } from '../coreutils/command.ts';
import { fileText } from '../io.ts';
import { invokingUid } from './invoking-user.ts';
import { notSimulated } from './plain-program.ts';

const USAGE_STATUS = 1;
const FAILED_STATUS = 32;
const SOME_FAILED_STATUS = 64;

const isSuperuser = (process: Process): boolean => process.credentials().uid === 0 && invokingUid(process) === 0;

type Row = readonly [source: string, target: string, type: string, options: string];

const tableRows = (process: Process): readonly Row[] =>
  (fileText(process, '/etc/fstab') ?? '')
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([source = '']) => source !== '' && !source.startsWith('#'))
    .map(([source = '', target = '', type = 'auto', options = 'defaults']) => [source, target, type, options]);

/** The row of /etc/fstab that names a device or directory. */
const fromTable = (process: Process, name: string): Row | undefined =>
  tableRows(process).find(([source, target]) => source === name || target === name);

async function list({ io, options, process }: Invocation): Promise<number> {
  for (const line of (fileText(process, '/proc/self/mounts') ?? '').split('\n')) {
    const [source, target, type, flags] = line.split(' ');
    if (source !== undefined && source !== '' && (!options.has('t') || options.value('t') === type))
      io.line(`${source} on ${target ?? ''} type ${type ?? ''} (${flags ?? ''})`);
  }
  return await io.end(0);
}

function complaint(process: Process, { errno }: SysFailure, source: string, target: string, type: string): string {
  const isDevice = source.startsWith('/dev/');
  if (isDevice && failed(process.stat(source)) && !failed(process.stat(target)))
    return `${target}: special device ${source} does not exist.`;
  switch (errno) {
    case 'EPERM':
    case 'EACCES':
      return `${target}: permission denied.`;
    case 'ENOENT':
      return `${target}: mount point does not exist.`;
    case 'ENODEV':
      return `${target}: unknown filesystem type '${type}'.`;
    case 'ENOTDIR':
      return `${target}: mount point is not a directory.`;
    default:
      return `${target}: mount failed: ${strerror({ errno })}.`;
  }
}

export const mount = command(
  {
    name: 'mount',
    // -w is how file systems are mounted anyway, and there is no /etc/mtab to be left alone (-n).
    short: 't:o:arwvnBRMfFsilcO:T:N:L:U:m',
    absent: [...'vfFsilcOTNLUm'],
    long: {
      types: 't',
      options: 'o',
      all: 'a',
      bind: 'B',
      rbind: 'R',
      move: 'M',
      'read-only': 'r',
      'make-private': 'private',
      'make-rprivate': 'rprivate',
      'make-shared': 'shared',
      'make-rshared': 'rshared',
      'make-slave': 'slave',
    },
    usage: '[-lhV]',
  },
  async (call) => {
    const { io, options, operands, process } = call;
    const missing = ['M', 'private', 'rprivate', 'shared', 'rshared', 'slave'].find((name) => options.has(name));
    if (missing !== undefined)
      return await notSimulated(io, `mount ${missing.length > 1 ? `--make-${missing}` : `-${missing}`}`);
    if (options.has('a')) return await mountAll(call);
    if (operands.length === 0) return await list(call);
    const [first = '', second] = operands;
    const row = second === undefined ? fromTable(process, first) : undefined;
    if (second === undefined && row === undefined) {
      await io.warn(`${first}: can't find in /etc/fstab.`);
      return USAGE_STATUS;
    }
    const [source, target, fsType, fsFlags] = row ?? [first, second ?? '', undefined, ''];
    if (!isSuperuser(process)) {
      await io.warn(`${target}: must be superuser to use mount.`);
      return USAGE_STATUS;
    }
    const flags = [
      ...[fsFlags, ...options.values('o')]
        .flatMap((text) => text.split(','))
        .filter((flag) => !['', 'defaults'].includes(flag)),
      ...(options.has('B') ? ['bind'] : []),
      ...(options.has('R') ? ['rbind'] : []),
      ...(options.has('r') ? ['ro'] : []),
    ];
    const binds = flags.includes('bind') || flags.includes('rbind');
    const type = options.value('t') ?? fsType ?? (binds ? 'none' : 'auto');
    return await mountOne(call, source, target, type, flags);
  },
);

async function mountOne(
  { io, process }: Invocation,
  source: string,
  target: string,
  type: string,
  flags: readonly string[],
): Promise<number> {
  const done = process.mount(source, target, type, flags);
  if (!failed(done)) return 0;
  await io.warn(complaint(process, done, source, target, type));
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
    const isWanted = type !== 'swap' && target !== 'none' && !flags.includes('noauto') && !mounted.includes(target);
    if (!isWanted || (options.has('t') && options.value('t') !== type)) continue;
    results.push(await mountOne(call, source, target, type, flags));
  }
  const failures = results.filter((status) => status !== 0).length;
  if (failures === 0) return 0;
  return failures === results.length ? FAILED_STATUS : SOME_FAILED_STATUS;
}

export const umount = command(
  { name: 'umount', short: 'lfrvRa', long: { lazy: 'l', force: 'f', recursive: 'R', all: 'a' }, usage: '[-hV]' },
  async ({ io, options, operands, process }) => {
    if (options.has('a')) return await notSimulated(io, 'umount -a');
    let status = 0;
    for (const target of operands) {
      const done: SysFailure | undefined = isSuperuser(process)
        ? orNothing(process.umount(target, { lazy: options.has('l') }))
        : { errno: 'EPERM' };
      if (done === undefined) continue;
      await io.warn(`${target}: ${refusal(done)}`);
      status = FAILED_STATUS;
    }
    return status;
  },
);

const orNothing = (result: ReturnType<Process['umount']>): SysFailure | undefined =>
  failed(result) ? result : undefined;

function refusal(failure: SysFailure): string {
  switch (failure.errno) {
    case 'EPERM':
      return 'must be superuser to unmount.';
    case 'EINVAL':
      return 'not mounted.';
    case 'EBUSY':
      return 'target is busy.';
    case 'ENOENT':
      return 'no mount point specified.';
    default:
      return `${strerror(failure)}.`;
  }
}
