/** ip of busybox: the same objects with few options; another one is answered by its usage. */
import type { Applet } from '../coreutils/command.ts';
import { Io } from '../io.ts';
import { ip as shared } from '../network/ip/ip.ts';

const OPTIONS = new Set(['-4', '-6', '-0', '-o', '-oneline', '-f', '-family']);

export const ip: Applet = {
  ...shared,
  applet: async (process, flavour, argv) => {
    const args = argv.slice(1);
    const object = args.findIndex((arg, at) => !arg.startsWith('-') && !['-f', '-family'].includes(args[at - 1] ?? ''));
    const options = object < 0 ? args : args.slice(0, object);
    if (
      object >= 0 &&
      options.every((arg, at) => OPTIONS.has(arg) || ['-f', '-family'].includes(options[at - 1] ?? ''))
    )
      return await shared.applet(process, flavour, argv);
    const io = new Io(process, 'ip');
    await io.raw(
      'BusyBox v1.37.0 multi-call binary.\n\nUsage: ip [OPTIONS] address|route|link|tunnel|neigh|rule [ARGS]\n\nOPTIONS := -f[amily] inet|inet6|link | -o[neline]\n',
    );
    return 1;
  },
};
