/** scriptreplay (util-linux 2.39): shows a typescript again, at the pace of its timing file. Leaves out: nothing. */
import { failed, strerror } from '../../../protocol/errno.ts';
import type { Process } from '../../../protocol/program.ts';
import { command, type Invocation } from '../../coreutils/command.ts';
import { bytesToText } from '../../text.ts';

interface Step {
  readonly stream: string;
  readonly seconds: number;
  readonly bytes: number;
  readonly text: string;
}

const STREAMS: Readonly<Record<string, string>> = { in: 'I', out: 'O', signal: 'S', info: 'H' };

export const scriptreplay = command(
  {
    name: 'scriptreplay',
    calls: 'short',
    short: 'B:c:d:I:m:O:s:t:T:x:',
    long: {
      'log-io': 'B',
      'cr-mode': 'c',
      divisor: 'd',
      'log-in': 'I',
      maxdelay: 'm',
      'log-out': 'O',
      typescript: 's',
      timing: 't',
      'log-timing': 'T',
      stream: 'x',
      summary: 'summary',
    },
    helpOption: '-h',
    usage: '[options]',
  },
  async (call) => {
    const { io, options, process } = call;
    const refused = async (problem: string): Promise<number> => {
      await io.warn(problem);
      return 1;
    };
    const [divisor, longest] = [numberOf(options.value('d') ?? '1'), numberOf(options.value('m') ?? '-1')];
    if (divisor === undefined) return await refused(`failed to parse number: '${String(options.value('d'))}'`);
    if (longest === undefined)
      return await refused(`failed to parse maximal delay argument: '${String(options.value('m'))}'`);
    const mode = options.value('c') ?? 'auto';
    if (!['auto', 'never', 'always'].includes(mode)) return await refused(`unsupported mode name: '${mode}'`);
    const asked = options.value('x');
    if (asked !== undefined && STREAMS[asked] === undefined)
      return await refused(`unsupported stream name: '${asked}'`);
    const operands = [...call.operands];
    const timing = options.value('t') ?? options.value('T') ?? operands.shift();
    if (timing === undefined) return await refused('timing file not specified');
    const named = options.value('B') ?? options.value('O') ?? options.value('s');
    const input = options.value('B') ?? options.value('I');
    const output = named ?? (input === undefined ? (operands.shift() ?? 'typescript') : undefined);
    const pace = operands[0] === undefined ? divisor : numberOf(operands[0]);
    if (pace === undefined) return await refused(`failed to parse number: '${String(operands[0])}'`);
    const steps = stepsOf(process, timing);
    if (typeof steps === 'string') return await refused(steps);
    if (options.has('summary')) return await summary(call, steps);
    const files = new Map<string, Reading>();
    for (const [stream, name] of [
      ['O', output],
      ['I', input],
    ] as const) {
      if (name === undefined) continue;
      const reading = name === output && stream === 'I' ? files.get('O') : openTypescript(process, name);
      if (typeof reading === 'string') return await refused(reading);
      if (reading !== undefined) files.set(stream, reading);
    }
    const stream = asked === undefined ? (output === undefined ? 'I' : 'O') : (STREAMS[asked] ?? 'O');
    return await play(call, steps, files, { stream, pace, longest, mode });
  },
);

const numberOf = (text: string): number | undefined =>
  /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(text) ? Number(text) : undefined;

/** `O 0.1 12`, `H 0.0 NAME value`, `S 0.1 SIGWINCH …`; in the classic form, `0.1 12`. */
function stepsOf(process: Process, timing: string): readonly Step[] | string {
  const bytes = process.readFile(timing);
  if (failed(bytes)) return `cannot open ${timing}: ${strerror(bytes)}`;
  const steps: Step[] = [];
  for (const line of bytesToText(bytes).split('\n')) {
    const found = /^(?:([A-Z]) )?\s*(\d+(?:\.\d+)?)\s+(.*)$/.exec(line);
    // A line of another form ends the reading, as a failed scanf does.
    if (found === null) break;
    const [, stream = 'O', delay = '0', text = ''] = found;
    steps.push({ stream, seconds: Number(delay), bytes: Number.parseInt(text, 10) || 0, text });
  }
  return steps;
}

interface Reading {
  readonly bytes: Uint8Array;
  at: number;
}

/** A file behind its first line. */
function openTypescript(process: Process, name: string): Reading | string {
  const bytes = process.readFile(name);
  if (failed(bytes)) return `cannot open ${name}: ${strerror(bytes)}`;
  return { bytes, at: bytes.indexOf(10) + 1 };
}

async function summary({ io }: Invocation, steps: readonly Step[]): Promise<number> {
  for (const { stream, text } of steps) if (stream === 'H') io.line(namedFact(text));
  io.line('');
  return await io.end(0);
}

function namedFact(text: string): string {
  const blank = text.indexOf(' ');
  return `${text.slice(0, blank).padStart(10)}:  ${text.slice(blank + 1)}`;
}

interface Playing {
  readonly stream: string;
  readonly pace: number;
  readonly longest: number;
  readonly mode: string;
}

async function play(
  { io, process }: Invocation,
  steps: readonly Step[],
  files: ReadonlyMap<string, Reading>,
  { stream, pace, longest, mode }: Playing,
): Promise<number> {
  for (const step of steps) {
    const seconds = longest >= 0 ? Math.min(step.seconds / pace, longest) : step.seconds / pace;
    if (seconds > 0.0001 && Number.isFinite(seconds)) await process.sleep(Math.round(seconds * 1e6));
    const reading = files.get(step.stream);
    const piece = reading?.bytes.subarray(reading.at, reading.at + step.bytes);
    if (reading !== undefined) reading.at += step.bytes;
    if (step.stream !== stream) continue;
    if (piece === undefined) io.line(step.stream === 'S' ? step.text.replace(' ', '  ') : namedFact(step.text));
    else if (!(await io.bytes(withReturns(piece, stream, mode)))) return 1;
    await io.flush();
  }
  io.line('');
  return await io.end(0);
}

const RETURN = 13;
const NEWLINE = 10;

/** What was typed has carriage returns where the terminal made newlines of them. */
function withReturns(bytes: Uint8Array, stream: string, mode: string): Uint8Array {
  if (mode === 'never' || (mode === 'auto' && stream !== 'I')) return bytes;
  return bytes.map((byte) => (byte === RETURN ? NEWLINE : byte));
}
