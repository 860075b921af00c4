/**
 * script (util-linux 2.39): a shell on a new pseudo-terminal, and what passes through it in files.
 * Leaves out: a limit of the files' size (-o), -E.
 */
import { failed, strerror } from '../../../protocol/errno.ts';
import type { Plain } from '../../../protocol/plain.ts';
import type { Fd, Process, Program, Termios } from '../../../protocol/program.ts';
import { signalNumber } from '../../../protocol/program.ts';
import { command, type Invocation } from '../../coreutils/command.ts';
import { textToBytes } from '../../text.ts';
import { TypescriptLog, type LogState } from './typescript-log.ts';

const RAW: Partial<Termios> = {
  canonical: false,
  echo: false,
  signals: false,
  mapCrToNl: false,
  outputNlToCrNl: false,
  flowControl: false,
};
const END_OF_FILE = Uint8Array.of(4);
const CHUNK_BYTES = 4096;

interface Session {
  readonly child: number;
  readonly controller: Fd;
  readonly log: LogState;
  readonly startedUs: number;
  readonly quiet: boolean;
  readonly returns: boolean;
  /** Of the terminal it was started on, as it was. */
  readonly before: Termios | null;
  inputOpen: boolean;
}

const scriptCommand = command(
  {
    name: 'script',
    calls: 'short',
    short: 'aB:c:eE:fI:m:o:O:qT:t::',
    long: {
      append: 'a',
      'log-io': 'B',
      command: 'c',
      return: 'e',
      echo: 'E',
      flush: 'f',
      'log-in': 'I',
      'logging-format': 'm',
      'output-limit': 'o',
      'log-out': 'O',
      quiet: 'q',
      'log-timing': 'T',
      timing: 't',
      force: 'force',
    },
    absent: [...'Eo'],
    helpOption: '-h',
    usage: '[options] [file]',
  },
  async (call) => {
    const { io, options, operands, process } = call;
    if (operands.length > 1) {
      await io.warn('unexpected number of arguments');
      await io.raw("Try 'script --help' for more information.\n");
      return 1;
    }
    const format = options.value('m');
    if (format !== undefined && format !== 'classic' && format !== 'advanced') {
      await io.warn(`unsupported logging format: '${format}'`);
      return 1;
    }
    const output =
      options.value('B') ?? options.value('O') ?? operands[0] ?? (options.has('I') ? undefined : 'typescript');
    if (output === 'typescript' && !options.has('force') && isLink(process, output)) {
      await io.raw(
        `script: output file \`${output}' is a link\nUse --force if you really want to use it.\nProgram not started.\n`,
      );
      return 1;
    }
    return await record(call, output);
  },
);

/** A name that leads elsewhere, or a file with further names. */
function isLink(process: Process, name: string): boolean {
  const stat = process.lstat(name);
  return !failed(stat) && (stat.type === 'symlink' || stat.links > 1);
}

async function record({ io, options, process }: Invocation, output: string | undefined): Promise<number> {
  const input = options.value('B') ?? options.value('I');
  const timing = options.value('T') ?? (options.has('t') ? options.value('t') || '-' : undefined);
  const quiet = options.has('q');
  const say = async (text: string): Promise<void> => {
    if (quiet) return;
    io.out(text);
    await io.flush();
  };
  const named = [
    ...(output === undefined ? [] : [`output log file is '${output}'`]),
    ...(input === undefined ? [] : [`input log file is '${input}'`]),
    ...(timing === undefined || timing === '-' ? [] : [`timing file is '${timing}'`]),
  ];
  await say(`Script started, ${named.join(', ')}.\n`);
  const isTerminal = process.isatty(0);
  const size = process.windowSize(0);
  const settings = process.termios(0);
  const pty = process.openpty(isTerminal && !failed(size) ? size : undefined);
  if (failed(pty)) {
    await io.warn(`failed to create pseudo-terminal: ${strerror(pty)}`);
    return 1;
  }
  const before = isTerminal && !failed(settings) ? settings : null;
  if (before !== null) process.setTermios(pty.terminal, before);
  const shell = process.env['SHELL'] ?? '/bin/sh';
  const started = await TypescriptLog.open(process, {
    output,
    input,
    timing,
    append: options.has('a'),
    flush: options.has('f'),
    advanced: options.value('m') === undefined ? input !== undefined : options.value('m') === 'advanced',
    command: options.value('c'),
    shell,
    size: isTerminal && !failed(size) ? size : undefined,
  });
  if ('problem' in started) {
    await io.warn(started.problem);
    await say('Script done.\n');
    return 1;
  }
  const name = shell.slice(shell.lastIndexOf('/') + 1);
  const asked = options.value('c');
  const child = process.spawn(shell, asked === undefined ? [name, '-i'] : [name, '-c', asked], {
    fds: [0, 1, 2].map((fd) => [fd, pty.terminal] as const),
    newSession: true,
    foreground: true,
  });
  process.close(pty.terminal);
  if (failed(child)) {
    await io.warn(`failed to execute ${shell}: ${strerror(child)}`);
    await say('Script done.\n');
    return 1;
  }
  return await converse(process, {
    child,
    controller: pty.controller,
    log: started.state,
    startedUs: process.time().monotonicUs,
    quiet,
    returns: options.has('e'),
    before,
    inputOpen: true,
  });
}

/** Passes bytes on in both directions until the shell has ended. */
async function converse(process: Process, session: Session): Promise<number> {
  const { controller, before } = session;
  const log = new TypescriptLog(process, session.log);
  process.sigaction('SIGWINCH', 'catch');
  if (before !== null) process.setTermios(0, RAW);
  for (;;) {
    process.checkpointLazily(() => ({ ...session, log: log.saved() }) as unknown as Plain);
    const ready = await process.poll([
      { fd: controller, read: true },
      ...(session.inputOpen ? [{ fd: 0, read: true }] : []),
    ]);
    if (failed(ready)) {
      if (process.takeSignals().includes('SIGWINCH')) await resized(process, controller, log);
      continue;
    }
    if (ready.includes(controller)) {
      const bytes = await process.read(controller, CHUNK_BYTES);
      if (failed(bytes) ? bytes.errno !== 'EINTR' : bytes.length === 0) break;
      if (failed(bytes)) continue;
      await process.write(1, bytes);
      await log.passed('O', bytes);
    } else if (ready.includes(0)) await typed(process, session, log);
  }
  if (before !== null) process.setTermios(0, before);
  const status = await process.wait(session.child);
  const code =
    failed(status) || status === undefined
      ? 1
      : status.type === 'exited'
        ? status.code
        : status.type === 'killed'
          ? 128 + signalNumber(status.signal)
          : 1;
  await log.end(code, process.time().monotonicUs - session.startedUs);
  if (!session.quiet) await process.write(1, textToBytes('Script done.\n'));
  return session.returns ? code : 0;
}

async function typed(process: Process, session: Session, log: TypescriptLog): Promise<void> {
  const bytes = await process.read(0, CHUNK_BYTES);
  if (failed(bytes)) {
    session.inputOpen = bytes.errno === 'EINTR';
    return;
  }
  if (bytes.length === 0) {
    session.inputOpen = false;
    await process.write(session.controller, END_OF_FILE);
    return;
  }
  await process.write(session.controller, bytes);
  await log.passed('I', bytes);
}

async function resized(process: Process, controller: Fd, log: TypescriptLog): Promise<void> {
  const size = process.windowSize(0);
  if (failed(size)) return;
  process.setWindowSize(controller, size);
  await log.signal(`SIGWINCH ROWS=${String(size.rows)} COLS=${String(size.columns)}`);
}

export const script: Program = {
  ...scriptCommand,
  resume: async (process, state) => await converse(process, state as unknown as Session),
};
