import { failed, strerror } from '../../protocol/errno.ts';
import type { Result, SysFailure } from '../../protocol/errno.ts';
import type { FileStat } from '../../protocol/program.ts';
import type { Invocation } from './command.ts';
import { command } from './command.ts';
import { Copier } from './copier.ts';
import { removeTree } from './rm.ts';
import type { Journey } from './transfer.ts';
import { BACKUP_OPTIONS, keepBackup, planTransfer } from './transfer.ts';

export const mv = command(
  {
    name: 'mv',
    absent: ['Z', 'context'],
    absentLong: 'strip-trailing-slashes',
    short: `fivnuTt:Z${BACKUP_OPTIONS.short}`,
    long: {
      ...BACKUP_OPTIONS.long,
      force: 'f',
      interactive: 'i',
      verbose: 'v',
      'no-clobber': 'n',
      update: 'u',
      'target-directory': 't',
      'no-target-directory': 'T',
      context: 'context::',
    },
  },
  async (call) => {
    const plan = await planTransfer(call);
    if (typeof plan === 'number') return plan;
    let status = 0;
    for (const journey of plan) status = Math.max(status, await moveOne(call, journey));
    return await call.io.end(status);
  },
);

async function moveOne(call: Invocation, { source, destination }: Journey): Promise<number> {
  const { process, io, options } = call;
  const stat = process.lstat(source);
  if (failed(stat)) {
    const verb = call.flavour === 'busybox' ? "can't rename" : 'cannot stat';
    await io.warn(`${verb} '${source}': ${strerror(stat)}`);
    return 1;
  }
  const old = process.lstat(destination);
  if (!failed(old)) {
    if (options.has('n')) return 0;
    if (options.has('u') && old.modifiedMs >= stat.modifiedMs) return 0;
    const clash = clashOf(stat, old, source, destination);
    if (clash !== undefined) {
      await io.warn(clash);
      return 1;
    }
  }
  const backup = keepBackup(call, destination);
  const moved = await renameOrCopy(call, source, destination);
  if (failed(moved)) {
    await io.warn(
      call.flavour === 'busybox'
        ? `can't rename '${source}': ${strerror(moved)}`
        : cannotMove(moved, source, destination),
    );
    return 1;
  }
  if (options.has('v'))
    io.line(`renamed '${source}' -> '${destination}'${backup === undefined ? '' : ` (backup: '${backup}')`}`);
  return moved ? 0 : 1;
}

function clashOf(stat: FileStat, old: FileStat, source: string, destination: string): string | undefined {
  if (old.inode === stat.inode && old.device === stat.device)
    return `'${source}' and '${destination}' are the same file`;
  if (old.type === 'directory' && stat.type !== 'directory')
    return `cannot overwrite directory '${destination}' with non-directory`;
  if (old.type !== 'directory' && stat.type === 'directory')
    return `cannot overwrite non-directory '${destination}' with directory '${source}'`;
  return undefined;
}

/** Whether it is where it should be; a copy where the two lie on different file systems. */
async function renameOrCopy(call: Invocation, source: string, destination: string): Promise<Result<boolean>> {
  const renamed = call.process.rename(source, destination);
  if (!failed(renamed)) return true;
  if (renamed.errno !== 'EXDEV') return renamed;
  const copier = new Copier(call, { archive: true });
  await copier.copy(source, destination, true);
  if (copier.status === 0) removeTree(call.process, source);
  return copier.status === 0;
}

const cannotMove = (failure: SysFailure, source: string, destination: string): string =>
  failure.errno === 'EINVAL'
    ? `cannot move '${source}' to a subdirectory of itself, '${destination}'`
    : `cannot move '${source}' to '${destination}': ${strerror(failure)}`;
