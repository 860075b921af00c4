/**
 * cp (GNU coreutils).
 * Models: copies of files, trees and special files, links instead of copies, holes, attributes, backups.
 * Leaves out: extended attributes; there is no SELinux, and no file system that can clone.
 */
import { failed } from '../../../protocol/errno.ts';
import { command, type Invocation } from '../command.ts';
import { Copier } from './copier.ts';
import { readCopySettings } from './copy-settings.ts';
import { warnOfNoClobber } from './no-clobber.ts';
import { parentOf, trimSlash } from '../paths/paths.ts';
import { BACKUP_OPTIONS, planTransfer, readBackups } from './transfer.ts';

export const cp = command(
  {
    name: 'cp',
    short: `rRapfivnudlPHLTt:sxZ${BACKUP_OPTIONS.short}`,
    long: {
      ...BACKUP_OPTIONS.long,
      recursive: 'r',
      archive: 'a',
      'attributes-only': 'attributes-only',
      'copy-contents': 'copy-contents',
      preserve: 'preserve::',
      'no-preserve': 'no-preserve:',
      force: 'f',
      interactive: 'i',
      verbose: 'v',
      'no-clobber': 'n',
      update: 'u::',
      'target-directory': 't',
      'no-target-directory': 'T',
      'remove-destination': 'remove-destination',
      'strip-trailing-slashes': 'strip-trailing-slashes',
      link: 'l',
      'symbolic-link': 's',
      dereference: 'L',
      'no-dereference': 'P',
      'one-file-system': 'x',
      parents: 'parents',
      reflink: 'reflink::',
      sparse: 'sparse:',
      context: 'context::',
    },
    busybox: 'rRapfivnudlPHLTt:s',
  },
  async (call) => {
    await warnOfNoClobber(call);
    const settings = await readCopySettings(call);
    if (typeof settings === 'number') return settings;
    const backups = await readBackups(call);
    if (backups === undefined) return 1;
    await warnOfContext(call);
    const plan = await planTransfer(call);
    if (typeof plan === 'number') return plan;
    const copier = new Copier(call, settings, backups);
    for (const { source, destination } of plan) {
      if (call.options.has('parents')) makeParents(call, source, destination);
      await copier.copyOperand(source, destination);
    }
    return await call.io.end(copier.status);
  },
);

/** Without SELinux, -Z asks for nothing and a context of one's own is told to be ignored. */
export async function warnOfContext({ io, options }: Invocation): Promise<void> {
  if ((options.value('context') ?? '') !== '')
    await io.warn('warning: ignoring --context; it requires an SELinux-enabled kernel');
}

/** The directories above a copy, made like those above its source where they are missing (cp --parents). */
function makeParents(call: Invocation, source: string, destination: string): void {
  const { process, io, options } = call;
  const [from, to] = [parentOf(trimSlash(source)), parentOf(trimSlash(destination))];
  if (from === '.' || from === '/' || to === '.' || to === '/' || !failed(process.stat(to))) return;
  makeParents(call, from, to);
  const like = process.stat(from);
  if (failed(process.mkdir(to)) || failed(like)) return;
  process.chmod(to, like.mode);
  if (options.has('v')) io.line(`${from} -> ${to}`);
}
