/** busybox: one executable, the applet is the name it was called by. */
import type { Plain } from '../../protocol/plain.ts';
import type { Process, Program } from '../../protocol/program.ts';
import { applets } from '../applets.ts';
import { busyboxApplets } from '../busybox/applets.ts';
import { withArguments } from '../busybox/as-applet.ts';
import type { Applet } from '../coreutils/command.ts';
import { baseName, Io } from '../io.ts';
import { optionalApplets } from '../optional-applets.ts';
import { ash } from '../shell/bash.ts';
import { busyboxNames } from '../busybox/names.ts';

export const busybox: Program = {
  name: 'busybox',
  memoryBytes: 1_000_000,
  run: (process) => dispatch(process, process.argv),
  resume: (process, state) => resume(process, process.argv, state),
};

const SHELLS = new Set(['sh', 'ash']);
/** They act as root for whoever calls them, which takes a file that is set-user-id; that of no image is. */
const SET_UID = new Set(['crontab', 'login', 'passwd', 'su', 'vlock', 'wall']);

/** Goes on as the applet that it was called by. */
async function resume(process: Process, argv: readonly string[], state: Plain): Promise<number> {
  const name = appletName(argv);
  if (name === 'busybox' && argv.length > 1) return await resume(process, argv.slice(1), state);
  const program = SHELLS.has(name) ? ash : await findApplet(process, name);
  return program?.resume === undefined ? 127 : await program.resume(process, state);
}

/** The applet of a name, loaded if it is not there yet. */
async function findApplet(process: Process, name: string): Promise<Applet | undefined> {
  if (!busyboxNames(process).has(name)) return undefined;
  const own = busyboxApplets.get(name);
  const load = own ?? optionalApplets.get(name);
  const shared = own === undefined ? applets.get(name) : undefined;
  return shared ?? (load === undefined ? undefined : await process.hold(load()));
}

const appletName = (argv: readonly string[]): string => baseName(argv[0] ?? 'busybox').replace(/^-/, '');

async function dispatch(process: Process, argv: readonly string[]): Promise<number> {
  const name = appletName(argv);
  if (name === 'busybox') {
    const [, applet] = argv;
    if (applet !== undefined && !applet.startsWith('-')) return await dispatch(process, argv.slice(1));
    const io = new Io(process, 'busybox');
    const names = [...busyboxNames(process)].sort();
    if (applet === '--list') for (const each of names) io.line(each);
    else
      io.out(
        `BusyBox v1.37.0 (2024-09-26 21:31:42 UTC) multi-call binary.\n\nUsage: busybox [function [arguments]...]\n   or: busybox --list\n\nCurrently defined functions:\n\t${names.join(', ')}\n`,
      );
    return await io.end(0);
  }
  if (SHELLS.has(name)) return await ash.run(withArguments(process, argv));
  if (SET_UID.has(name) && busyboxNames(process).has(name) && process.credentials().uid !== 0) {
    await new Io(process, name).warn('must be suid to work properly');
    return 1;
  }
  const applet = await findApplet(process, name);
  if (applet !== undefined) return await applet.applet(process, 'busybox', argv);
  const io = new Io(process, name);
  await io.raw(
    busyboxNames(process).has(name) ? `drydock: 'busybox ${name}' is not simulated\n` : `${name}: applet not found\n`,
  );
  return 127;
}
