import { echoText } from '../../echo-text.ts';
import { namedIo, type Applet } from '../command.ts';

const run: Applet['applet'] = async (process, flavour, argv) => {
  const io = namedIo(process, flavour, argv, { name: 'echo' });
  io.out(echoText(argv.slice(1), { escapes: false, options: true }).text);
  return await io.end(0);
};
export const echo: Applet = { name: 'echo', run: (process) => run(process, 'gnu', process.argv), applet: run };
