/** apt-mark: auto, manual, hold, unhold, showauto, showmanual, showhold. */
import type { Applet } from '../../coreutils/command.ts';
import { notSimulated, plainProgram, type PlainCall } from '../../system/plain-program.ts';
import { AptArchive } from './apt-archive.ts';
import { recordOf, withStatus } from '../dpkg/dpkg-database.ts';
import { nameMatcher } from '../dpkg/dpkg-query.ts';

export const aptMark: Applet = plainProgram('apt-mark', async ({ process, io, args, flavour }) => {
  const [verb = '', ...names] = args.filter((arg) => !arg.startsWith('-'));
  const archive = new AptArchive(process);
  const call = { process, io, args: names, flavour };
  switch (verb) {
    case 'hold':
    case 'unhold':
      return await io.end(await hold(call, archive, verb === 'hold'));
    case 'auto':
    case 'manual':
      return await io.end(await mark(call, archive, verb));
    case 'showhold':
    case 'showauto':
    case 'showmanual':
      for (const record of [...archive.database.packages.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
        const { name, want } = record;
        const wanted = names.length === 0 || names.some((pattern) => nameMatcher(pattern)(name));
        const isMarked = archive.database.isInstalled(name) && archive.automatic.has(name) === (verb === 'showauto');
        const has = verb === 'showhold' ? want === 'hold' : isMarked;
        if (wanted && has) io.line(name);
      }
      return await io.end(0);
    case 'minimize-manual':
      return await notSimulated(io, 'apt-mark minimize-manual');
    default:
      await io.raw(`E: Invalid operation ${verb}\n`);
      return 100;
  }
});

/** Names that are not known end it all. */
async function unknown({ io, args }: PlainCall, archive: AptArchive): Promise<boolean> {
  const missing = args.filter((name) => !archive.isKnown(name));
  for (const name of missing) await io.raw(`E: Unable to locate package ${name}\n`);
  if (args.length === 0) await io.raw('E: No packages found\n');
  return missing.length > 0 || args.length === 0;
}

async function hold(call: PlainCall, archive: AptArchive, on: boolean): Promise<number> {
  const { io, process, args } = call;
  if (await unknown(call, archive)) return 100;
  const changed: string[] = [];
  for (const name of args) {
    // A package that is not there can be held too: it will not be installed.
    const record =
      archive.database.get(name) ??
      recordOf({ Package: name, Status: 'install ok not-installed', Architecture: 'amd64' });
    if ((record.want === 'hold') === on) {
      io.line(`${name} was already ${on ? '' : 'not '}on hold.`);
      continue;
    }
    changed.push(name);
    archive.database.put(withStatus(record, on ? 'hold' : 'install', record.state));
  }
  if (changed.length === 0) return 0;
  if (process.credentials().uid !== 0) {
    await io.raw(
      'dpkg: error: required read/write access to the dpkg database directory /var/lib/dpkg\nE: Sub-process dpkg --set-selections returned an error code (2)\nE: Executing dpkg failed. Are you root?\n',
    );
    return 100;
  }
  archive.database.save();
  for (const name of changed) io.line(on ? `${name} set on hold.` : `Canceled hold on ${name}.`);
  return 0;
}

async function mark(call: PlainCall, archive: AptArchive, verb: 'auto' | 'manual'): Promise<number> {
  const { io, process, args } = call;
  if (await unknown(call, archive)) return 100;
  if (process.credentials().uid !== 0) {
    await io.raw(
      'E: Could not create temporary file for /var/lib/apt/extended_states - mkstemp (13: Permission denied)\nE: Failed to write temporary StateFile /var/lib/apt/extended_states\n',
    );
    return 100;
  }
  for (const name of args) {
    const automatic = archive.automatic.has(name);
    const words = verb === 'auto' ? 'automatically' : 'manually';
    if (!archive.database.isInstalled(name)) io.line(`${name} can not be marked as it is not installed.`);
    else if (automatic === (verb === 'auto')) io.line(`${name} was already set to ${words} installed.`);
    else {
      archive.setAutomatic(name, verb === 'auto');
      io.line(`${name} set to ${words} installed.`);
    }
  }
  archive.saveStates();
  return 0;
}
