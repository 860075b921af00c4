/**
 * umount (util-linux 2.39). It is set-user-id root: only what its caller is decides whether it may act.
 * Leaves out: -a, which takes most of a system away, and other namespaces (-N).
 */
import { failed, strerror, type SysFailure } from '../../../protocol/errno.ts';
import { command, type Invocation } from '../../coreutils/command.ts';
import { loopDevices } from './loop-table.ts';
import { badUsage, isSuperuser, mountedRows } from './mount.ts';

const FAILED_STATUS = 32;

export const umount = command(
  {
    name: 'umount',
    calls: 'short',
    // There is no /etc/mtab (-n) and no helper program (-i) to be left alone; the kernel frees mount's own loop devices (-d).
    short: 'lfrvRaAqnidt:O:N:c',
    long: {
      lazy: 'l',
      force: 'f',
      recursive: 'R',
      all: 'a',
      'all-targets': 'A',
      quiet: 'q',
      verbose: 'v',
      'no-mtab': 'n',
      'internal-only': 'i',
      'detach-loop': 'd',
      'read-only': 'r',
      types: 't',
      'test-opts': 'O',
      namespace: 'N',
      'no-canonicalize': 'c',
      fake: 'fake',
    },
    absent: [...'artONc'],
    helpOption: '-h',
    usage: '[-hV]',
  },
  async (call) => {
    if (call.operands.length === 0) return await badUsage(call);
    let status = 0;
    for (const operand of call.operands)
      for (const { target, source } of targetsOf(call, operand))
        if (!(await unmount(call, target, source === undefined ? '' : ` (${source})`)))
          status = call.flavour === 'busybox' ? 1 : FAILED_STATUS;
    return await call.io.end(status);
  },
);

/** The directories that a name stands for: itself, with what is below (-R) or wherever its source is mounted (-A). */
function targetsOf({ options, process }: Invocation, operand: string): readonly Target[] {
  const rows = mountedRows(process);
  const real = process.realpath(operand);
  const path = failed(real) ? operand : real;
  const loop = loopDevices(process).find((device) => device.path === path && device.path !== '');
  const row =
    rows.findLast(([, target]) => target === path) ??
    rows.findLast(
      ([source, target]) => target === operand || source === operand || source === path || source === loop?.name,
    );
  if (row === undefined) return [{ target: operand }];
  const [source, target, type] = row;
  const roots = options.has('A')
    ? rows.filter(([from, , kind]) => from === source && kind === type).map(([, each]) => each)
    : [target];
  const below = options.has('R')
    ? rows.map(([, each]) => each).filter((each) => roots.some((root) => each.startsWith(`${root}/`)))
    : [];
  const all = [...below.toReversed(), ...roots.toReversed()];
  // The source is known where the mount had to be looked for; a whole path is handed on as it is.
  const known = target !== operand && !options.has('R') && !options.has('A');
  return all.map((each) => ({ target: each, source: known ? source : undefined }));
}

interface Target {
  readonly target: string;
  readonly source?: string | undefined;
}

async function unmount(
  { io, options, process, flavour }: Invocation,
  target: string,
  source: string,
): Promise<boolean> {
  const done = !isSuperuser(process)
    ? ({ errno: 'EPERM' } as const)
    : options.has('fake')
      ? undefined
      : process.umount(target, { lazy: options.has('l') });
  if (done !== undefined && failed(done)) {
    const quiet = options.has('q') && done.errno === 'EINVAL';
    if (!quiet)
      await io.warn(
        flavour === 'busybox'
          ? `can't unmount ${target}: ${strerror(done)}`
          : `${target}: ${options.has('R') && done.errno === 'EINVAL' ? 'not mounted' : refusal(done)}`,
      );
    return false;
  }
  if (options.has('v')) await io.warn(`${target}${source} unmounted`);
  return true;
}

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
