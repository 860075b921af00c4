/** dir and vdir (GNU coreutils 9.4): ls with columns or long lines, whatever standard output is, and escapes. */
import type { Applet } from '../command.ts';
import { listerNamed } from './ls.ts';

function variant(name: 'dir' | 'vdir', layout: '-C' | '-l'): Applet {
  const lister = listerNamed(name);
  const applet: Applet['applet'] = async (process, flavour, argv) =>
    await lister.applet(process, flavour, [argv[0] ?? name, layout, '-b', ...argv.slice(1)]);
  return { ...lister, run: async (process) => await applet(process, 'gnu', process.argv), applet };
}

export const dir = variant('dir', '-C');
export const vdir = variant('vdir', '-l');
