import { echoText } from '../../echo-text.ts';
import { Io } from '../../io.ts';
import type { Applet } from '../command.ts';

const run: Applet['applet'] = async (process, _flavour, argv) => {
  const io = new Io(process);
  io.out(echoText(argv.slice(1), { escapes: false, options: true }).text);
  return await io.end(0);
};
export const echo: Applet = { name: 'echo', run: (process) => run(process, 'gnu', process.argv), applet: run };
