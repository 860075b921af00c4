/**
 * tput (ncurses 6.4): capabilities of a terminal, as its description has them.
 * Leaves out: init and reset, which also set the line up, and descriptions beyond those of the usual terminals.
 */
import { failed } from '../../../protocol/errno.ts';
import type { Process } from '../../../protocol/program.ts';
import { parseOptions } from '../../coreutils/command.ts';
import { LineReader } from '../../io.ts';
import { notSimulated, plainProgram, type PlainCall } from '../plain-program.ts';
import { arityOf, decoded, withParameters } from './parameters.ts';
import { CAPABILITY_NAMES } from './capability-names.ts';
import { TERMINALS } from './terminals.ts';

const USAGE = `Usage: tput [options] [command]

Options:
  -S <<       read commands from standard input
  -T TERM     use this instead of $TERM
  -V          print curses-version
  -x          do not try to clear scrollback

Commands:
  clear       clear the screen
  init        initialize the terminal
  reset       reinitialize the terminal
`;
/** What ncurses-base and ncurses-term describe besides. */
const OTHERS =
  /^(?:cygwin|hurd|mach|pcansi|rxvt|screen|sun|tmux|vt52|vt102|xterm|linux|konsole|gnome|putty|alacritty|kitty|foot|st)\b/;

export const tput = plainProgram('tput', async (call) => {
  const { io, process } = call;
  const options = parseOptions(call.args, { name: 'tput', onlyLetters: true, short: 'ST:Vx' });
  if ('problem' in options) {
    await io.raw(`${call.invoked}: ${options.problem}\n`);
    await io.raw(USAGE);
    return 2;
  }
  if (options.has('V')) {
    io.line('ncurses 6.4.20240113');
    return await io.end(0);
  }
  if (options.operands.length === 0 && !options.has('S')) {
    await io.raw(USAGE);
    return 2;
  }
  const name = options.value('T') ?? process.env['TERM'] ?? '';
  if (name === '') {
    await io.warn('No value for $TERM and no -T specified');
    return 2;
  }
  const terminal = TERMINALS.get(name);
  if (terminal === undefined) {
    if (OTHERS.test(name)) return await notSimulated(io, `tput -T ${name}`);
    await io.warn(`unknown terminal "${name}"`);
    return 3;
  }
  const capabilities = new Map(
    terminal.capabilities.map((text) => {
      const [, key = '', kind = '', value = ''] = /^([^=#]+)([=#]?)(.*)$/s.exec(text) ?? [];
      return [key, { kind, value }] as const;
    }),
  );
  const screen: Screen = {
    longName: terminal.longName,
    capabilities,
    clearsScrollback: !options.has('x'),
    size: sizeOf(process, options.has('T')),
  };
  if (!options.has('S')) return await io.end(await print(call, screen, options.operands));
  const reader = new LineReader(process, 0);
  let status = 0;
  for (let line = await reader.nextText(); line !== undefined; line = await reader.nextText())
    status =
      (await print(
        call,
        screen,
        line.split(/\s+/).filter((word) => word !== ''),
      )) === 0
        ? status
        : 4;
  return await io.end(status);
});

interface Screen {
  readonly longName: string;
  readonly capabilities: ReadonlyMap<string, { readonly kind: string; readonly value: string }>;
  readonly clearsScrollback: boolean;
  readonly size: { readonly cols: number | undefined; readonly lines: number | undefined };
}

/** The environment says how large the screen is, or the terminal; with -T only the description. */
function sizeOf(process: Process, named: boolean): Screen['size'] {
  const fd = [2, 1, 0].find((each) => process.isatty(each));
  const window = fd === undefined ? undefined : process.windowSize(fd);
  const [columns, rows] = window === undefined || failed(window) ? [] : [window.columns, window.rows];
  const told = (name: string): number | undefined => {
    const value = named ? 0 : Number(process.env[name] ?? 0);
    return value > 0 ? value : undefined;
  };
  return { cols: told('COLUMNS') ?? columns, lines: told('LINES') ?? rows };
}

/** Capabilities one after the other, each with the parameters that it takes. */
async function print({ io }: PlainCall, screen: Screen, words: readonly string[]): Promise<number> {
  let status = 0;
  for (let at = 0; at < words.length;) {
    const name = words[at] ?? '';
    at += 1;
    if (name === 'init' || name === 'reset') return await notSimulated(io, `tput ${name}`);
    if (name === 'longname') {
      io.out(screen.longName);
      continue;
    }
    const found = screen.capabilities.get(name);
    if (found === undefined && !(name in CAPABILITY_NAMES)) {
      await io.warn(`unknown terminfo capability '${name}'`);
      return 4;
    }
    const kind = found?.kind ?? { b: '', n: '#', s: '=' }[CAPABILITY_NAMES[name] ?? 's'];
    if (kind === '#') {
      const size = name === 'cols' || name === 'lines' ? screen.size[name] : undefined;
      io.line(String(size ?? (found === undefined ? -1 : Number(found.value))));
    } else if (found === undefined) {
      // What the terminal cannot do ends the call; its flags only count.
      if (kind === '=') return name === 'clear' ? 2 : 1;
      status = 1;
    } else if (kind === '=') {
      const text = decoded(found.value);
      const taken = words.slice(at, at + arityOf(text));
      at += taken.length;
      const numbers = taken.map((word) => (/^\d+$/.test(word) ? Number(word) : word));
      io.out(taken.length === 0 && arityOf(text) > 0 ? text : withParameters(text, numbers));
      const scrollback = screen.capabilities.get('E3');
      if (name === 'clear' && screen.clearsScrollback && scrollback !== undefined) io.out(decoded(scrollback.value));
    }
  }
  return status;
}
