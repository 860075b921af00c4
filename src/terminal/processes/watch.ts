/**
 * watch (procps 4.0), and busybox' of the same name.
 * Models: all options: intervals (precise ones, too), differences, exits on change, on none and on errors, colours.
 * Leaves out: writing only what has changed on the screen, as curses does.
 */
import { decodeUtf8, concatBytes } from '../../protocol/bytes.ts';
import { failed } from '../../protocol/errno.ts';
import type { Plain } from '../../protocol/plain.ts';
import type { Process, WindowSize } from '../../protocol/program.ts';
import { parseOptions, type Applet, type Invocation } from '../coreutils/command.ts';
import { Io } from '../io.ts';
import { strftime } from '../strftime.ts';
import { runAndWait, startChild, waitFor, type ChildResult } from '../run-child.ts';
import { procpsCommand, procpsUsage, type ProcpsSpec } from './procps-command.ts';
import { changedCells, headerLine, layOut, painted, type Screen } from './watch-screen.ts';

const SPEC: ProcpsSpec = {
  name: 'watch',
  short: 'bcd::eghq:n:ptwxv',
  long: {
    beep: 'b',
    color: 'c',
    differences: 'd::',
    errexit: 'e',
    chgexit: 'g',
    equexit: 'q',
    interval: 'n',
    precise: 'p',
    'no-title': 't',
    'no-wrap': 'w',
    exec: 'x',
  },
  busybox: 'nt',
  stopEarly: true,
  helpOption: '-h',
  usage: '[options] command',
};

/** What goes on from one look to the next. */
interface Watching {
  readonly before: Screen | undefined;
  /** Cells that have ever changed (-d=permanent). */
  readonly marked: readonly string[];
  readonly equal: number;
  readonly nextUs: number;
}
const FIRST: Watching = { before: undefined, marked: [], equal: 0, nextUs: 0 };

const ENTER = '\x1b[?1049h';
const LEAVE = '\x1b[?1049l';
const ERROR_STATUS = 8;
const MOST_SECONDS = 2_147_483_647;

const program = procpsCommand(SPEC, (call) => start(call, undefined));

async function start(call: Invocation, from: Watching | undefined): Promise<number> {
  const { process, io, options, operands, flavour } = call;
  if (operands.length === 0) return await procpsUsage(io, SPEC);
  const given = options.value('n') ?? (flavour === 'gnu' ? process.env['WATCH_INTERVAL'] : undefined) ?? '2';
  if (!/^(?:\d+\.?\d*|\.\d+)$/.test(given.replace(',', '.'))) {
    await io.warn(`failed to parse argument: '${given}': Invalid argument`);
    return 1;
  }
  const seconds = Math.min(MOST_SECONDS, Math.max(0.1, Number(given.replace(',', '.'))));
  const cycles = options.value('q');
  if (cycles !== undefined && !/^\d+$/.test(cycles)) {
    await io.warn(`failed to parse argument: '${cycles}'`);
    return 1;
  }
  if (flavour === 'busybox') return await watchPlainly(call, seconds);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGWINCH'] as const) process.sigaction(signal, 'catch');
  if (from === undefined) {
    io.out(ENTER);
    await io.flush();
  }
  const status = await watchOn(call, seconds, from ?? { ...FIRST, nextUs: process.time().realtimeUs });
  io.out(LEAVE);
  return await io.end(status);
}

async function watchOn(call: Invocation, seconds: number, first: Watching): Promise<number> {
  const { process, io, options } = call;
  let state = first;
  for (;;) {
    const saved = state;
    process.checkpointLazily(() => ({ ...saved, before: saved.before ?? null }) as unknown as Plain);
    const size = sizeOf(process);
    const { output, result } = await outputOf(call);
    if (isStopped(process)) return 0;
    const header = options.has('t') ? 0 : 2;
    const screen = layOut(
      output,
      { ...size, rows: Math.max(0, size.rows - header) },
      { color: options.has('c'), wrap: !options.has('w') },
    );
    const changed = state.before === undefined ? new Set<string>() : changedCells(state.before, screen);
    const isPermanent = options.value('d') !== undefined && options.value('d') !== '';
    const marked = new Set(isPermanent ? [...state.marked, ...changed] : changed);
    const lines = [...titleLines(call, seconds, size), ...painted(screen, options.has('d') ? marked : new Set())];
    const hasFailed = result.code !== 0;
    io.out(
      `\x1b[H${lines.map((line) => `${line}\x1b[K`).join('\r\n')}\x1b[J${options.has('b') && hasFailed ? '\x07' : ''}`,
    );
    io.out(`\x1b[${String(size.rows)};${String(size.columns)}H`);
    await io.flush();
    if (io.broken) return 1;
    if (options.has('e') && hasFailed) return await afterError(call, size);
    const equal = state.before !== undefined && changed.size === 0 ? state.equal + 1 : 0;
    if (options.has('g') && changed.size > 0) return 0;
    if (options.has('q') && state.before !== undefined && equal >= Number(options.value('q'))) return 0;
    const now = process.time().realtimeUs;
    const nextUs = options.has('p') ? Math.max(now, state.nextUs + seconds * 1e6) : now + seconds * 1e6;
    await process.sleep(nextUs - now);
    if (isStopped(process)) return 0;
    state = { before: screen, marked: [...marked], equal, nextUs };
  }
}

const isStopped = (process: Process): boolean => process.takeSignals().some((signal) => signal !== 'SIGWINCH');

const sizeOf = (process: Process): WindowSize => {
  const size = process.windowSize(1);
  return failed(size) || size.rows === 0 ? { columns: 80, rows: 24 } : size;
};

/** What the command writes on both its channels. */
async function outputOf({
  process,
  options,
  operands,
}: Invocation): Promise<{ readonly output: string; readonly result: ChildResult }> {
  const pipe = process.pipe();
  if (failed(pipe)) return { output: '', result: { type: 'done', code: 1 } };
  const [read, write] = pipe;
  process.setCloseOnExec(read, true);
  const argv = options.has('x') ? operands : ['sh', '-c', operands.join(' ')];
  const pid = startChild(process, argv, {
    fds: [
      [0, 0],
      [1, write],
      [2, write],
    ],
  });
  process.close(write);
  if (typeof pid !== 'number') {
    process.close(read);
    const name = operands[0] ?? '';
    return { output: `watch: unable to execute '${name}': ${pid.message}\n`, result: { type: 'done', code: 4 } };
  }
  const chunks: Uint8Array[] = [];
  for (;;) {
    const bytes = await process.read(read);
    if (failed(bytes)) {
      if (bytes.errno === 'EINTR') continue;
      break;
    }
    if (bytes.length === 0) break;
    chunks.push(bytes);
  }
  process.close(read);
  return { output: decodeUtf8(concatBytes(chunks)), result: await waitFor(process, pid) };
}

function titleLines(
  { process, options, operands }: Invocation,
  seconds: number,
  { columns }: WindowSize,
): readonly string[] {
  if (options.has('t')) return [];
  const right = `${process.hostname()}: ${strftime('%a %b %e %H:%M:%S %Y', process.time().realtimeUs)}`;
  return [headerLine(`Every ${seconds.toFixed(1)}s: `, operands.join(' '), right, columns), ''];
}

/** -e: stands still until a key. */
async function afterError({ process, io }: Invocation, { rows }: WindowSize): Promise<number> {
  io.out(`\x1b[${String(rows)};1H\x1b[7mcommand exit with a non-zero status, press a key to exit\x1b[m\x1b[K`);
  await io.flush();
  const isTerminal = process.isatty(0);
  if (isTerminal) process.setTermios(0, { canonical: false, echo: false });
  await process.read(0, 1);
  if (isTerminal) process.setTermios(0, { canonical: true, echo: true });
  return ERROR_STATUS;
}

/** busybox writes a title and lets the command write the rest. */
async function watchPlainly(call: Invocation, seconds: number): Promise<number> {
  const { process, io, options, operands } = call;
  for (;;) {
    const { columns } = sizeOf(process);
    const left = `Every ${seconds.toFixed(1)}s: ${operands.join(' ')}`;
    const right = strftime('%Y-%m-%d %H:%M:%S', process.time().realtimeUs);
    const title = options.has('t') ? '' : `${left}${right.padStart(Math.max(0, columns - left.length))}\n\n`;
    io.out(`\x1b[H\x1b[J${title}`);
    await io.flush();
    await runAndWait(process, ['sh', '-c', operands.join(' ')]);
    await process.sleep(seconds * 1e6);
  }
}

export const watch: Applet = {
  ...program,
  resume: async (process, state) => {
    const held = state as unknown as Omit<Watching, 'before'> & { readonly before: Screen | null };
    const options = parseOptions(process.argv.slice(1), SPEC);
    if ('problem' in options) return 1;
    const call: Invocation = {
      process,
      io: new Io(process, 'watch'),
      options,
      operands: options.operands,
      flavour: 'gnu',
      usage: SPEC.usage,
    };
    return await start(call, { ...held, before: held.before ?? undefined });
  },
};
