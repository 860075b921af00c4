/**
 * vi of busybox: the editor that hosts have, since what it lacks is seldom looked for in a container.
 * Its options are few, and it has no version to tell.
 */
import type { Applet } from '../coreutils/command.ts';
import { vi as shared } from '../editors/vi/vi.ts';
import { Io } from '../io.ts';
import { asApplet } from './as-applet.ts';

const editor = asApplet(shared);

export const vi: Applet = {
  ...editor,
  applet: async (process, flavour, argv) => {
    const unknown = argv.slice(1).find((arg) => arg.startsWith('-') && !/^-[RHc]$/.test(arg));
    if (unknown === undefined) return await editor.applet(process, flavour, argv);
    const io = new Io(process, 'vi');
    await io.warn(
      `unrecognized option: ${unknown.replace(/^--?/, '').slice(0, unknown.startsWith('--') ? undefined : 1)}`,
    );
    await io.raw('BusyBox v1.37.0 multi-call binary.\n\nUsage: vi [-c CMD] [-R] [-H] [FILE]...\n');
    return 1;
  },
};
