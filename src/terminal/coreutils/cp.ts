import { failed } from '../../protocol/errno.ts';
import { command } from './command.ts';
import { Copier } from './copier.ts';
import { parentOf } from './paths.ts';
import { BACKUP_OPTIONS, planTransfer } from './transfer.ts';

export const cp = command(
  {
    name: 'cp',
    absent: ['x', 'Z', 'reflink', 'context'],
    absentLong:
      'attributes-only copy-contents no-preserve= remove-destination sparse= strip-trailing-slashes one-file-system',
    short: `rRapfivnudLPHTt:lsxZ${BACKUP_OPTIONS.short}`,
    long: {
      ...BACKUP_OPTIONS.long,
      recursive: 'r',
      archive: 'a',
      preserve: 'preserve::',
      force: 'f',
      interactive: 'i',
      verbose: 'v',
      'no-clobber': 'n',
      update: 'u',
      'target-directory': 't',
      'no-target-directory': 'T',
      link: 'l',
      'symbolic-link': 's',
      dereference: 'L',
      'no-dereference': 'P',
      parents: 'parents',
      reflink: 'reflink::',
      context: 'context::',
    },
  },
  async (call) => {
    const plan = await planTransfer(call);
    if (typeof plan === 'number') return plan;
    const copier = new Copier(call, { archive: call.options.has('a') });
    for (const { source, destination } of plan) {
      if (call.options.has('parents')) makeParents(call.process, destination);
      await copier.copy(source, destination, true);
    }
    return await call.io.end(copier.status);
  },
);

/** The directories of a path, made where they are missing (cp --parents). */
function makeParents(process: Parameters<typeof cp.run>[0], path: string): void {
  const parent = parentOf(path);
  if (parent === '.' || parent === '/' || !failed(process.stat(parent))) return;
  makeParents(process, parent);
  process.mkdir(parent);
}
