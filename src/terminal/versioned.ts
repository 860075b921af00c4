import type { Applet } from './coreutils/command.ts';
import { Io } from './io.ts';
import { versionAsked } from './program-version.ts';

/** A program that reads its arguments itself and answers this question too. */
export function versioned(program: Applet): Applet {
  const applet: Applet['applet'] = async (process, flavour, argv) => {
    const version = flavour === 'gnu' ? versionAsked(program.name, argv.slice(1)) : undefined;
    if (version === undefined) return await program.applet(process, flavour, argv);
    const io = new Io(process, program.name);
    io.line(version);
    return await io.end(0);
  };
  return { ...program, run: (process) => applet(process, 'gnu', process.argv), applet };
}
