/** kill of busybox, with its own list of signals. */
import { SIGNALS } from '../../protocol/program.ts';
import type { Applet } from '../coreutils/command.ts';
import { kill as shared } from '../coreutils/builtins/kill.ts';
import { Io } from '../io.ts';
import { signalByName } from '../signal-names.ts';

export const kill: Applet = {
  ...shared,
  applet: async (process, flavour, argv) => {
    if (argv.length === 1) {
      await new Io(process, 'kill').warn('you need to specify whom to kill');
      return 1;
    }
    if (argv[1] !== '-l') return await shared.applet(process, flavour, argv);
    const io = new Io(process, 'kill');
    const [, , ...wanted] = argv;
    if (wanted.length === 0)
      for (const [index, signal] of SIGNALS.entries())
        io.line(`${String(index + 1).padStart(2)}) ${signal.slice('SIG'.length)}`);
    for (const text of wanted) {
      const signal = /^\d+$/.test(text) ? SIGNALS[(Number(text) & 127) - 1] : signalByName(text);
      if (signal === undefined) {
        await io.warn(`unknown signal '${text}'`);
        return await io.end(1);
      }
      io.line(/^\d+$/.test(text) ? signal.slice('SIG'.length) : String(SIGNALS.indexOf(signal) + 1));
    }
    return await io.end(0);
  },
};
