import { failed, strerror } from '../../../protocol/errno.ts';
import { readOperand } from '../../io.ts';
import { bytesToText, textToBytes } from '../../text.ts';
import type { Invocation } from '../command.ts';
import { command, usageError } from '../command.ts';
import { quotePlain } from '../quoting.ts';
import { FileSource, kernelSource, type RandomSource } from './random-source.ts';

export const shuf = command(
  {
    name: 'shuf',
    short: 'ei:n:o:rz',
    long: {
      echo: 'e',
      'input-range': 'i',
      'head-count': 'n',
      output: 'o',
      repeat: 'r',
      'random-source': 'random-source:',
      'zero-terminated': 'z',
    },
  },
  async (call) => {
    const { io, options } = call;
    const given = options.value('n');
    if (given !== undefined && !/^\d+$/.test(given)) {
      await io.warn(`invalid line count: \u2018${given}\u2019`);
      return 1;
    }
    const lines = await inputLines(call, given !== undefined && Number(given) === 0 && !options.has('r'));
    if (typeof lines === 'number') return lines;
    const source = await readSource(call);
    if (source === undefined) return 1;
    if (options.has('r')) return await repeat(call, lines, Number(given ?? Infinity), source);
    const count = Math.min(Number(given ?? Infinity), lines.length);
    for (let at = 0; at < count; at += 1) {
      const drawn = source.below(lines.length - at);
      if (drawn === undefined) return await usedUp(call);
      const other = at + drawn;
      [lines[at], lines[other]] = [lines[other] ?? '', lines[at] ?? ''];
    }
    return await write(call, lines.slice(0, count));
  },
);

/** The source that the options name; undefined after a complaint. */
async function readSource({ process, io, options }: Invocation): Promise<RandomSource | undefined> {
  const name = options.value('random-source');
  if (name === undefined) return kernelSource(process);
  const bytes = await readOperand(process, name);
  if (!failed(bytes)) return new FileSource(bytes);
  await io.warn(`${quotePlain(name)}: ${strerror(bytes)}`);
  return undefined;
}

async function usedUp({ io, options }: Invocation): Promise<number> {
  await io.warn(`\u2018${options.value('random-source') ?? ''}\u2019: end of file`);
  return 1;
}

const endOf = ({ options }: Invocation): string => (options.has('z') ? '\0' : '\n');

/** -r: lines as often as they are drawn. */
async function repeat(
  call: Invocation,
  lines: readonly string[],
  count: number,
  source: RandomSource,
): Promise<number> {
  const { io } = call;
  if (lines.length === 0) {
    await io.warn('no lines to repeat');
    return 1;
  }
  for (let left = count; left > 0 && !io.broken; left -= 1) {
    const drawn = source.below(lines.length);
    if (drawn === undefined) return await usedUp(call);
    io.out((lines[drawn] ?? '') + endOf(call));
    if (io.full) await io.flush();
  }
  return await io.end(0);
}

async function write(call: Invocation, lines: readonly string[]): Promise<number> {
  const { io, options, process } = call;
  const text = lines.map((line) => line + endOf(call)).join('');
  const output = options.value('o');
  if (output === undefined) io.out(text);
  else {
    const written = process.writeFile(output, textToBytes(text));
    if (failed(written)) {
      await io.warn(`${quotePlain(output)}: ${strerror(written)}`);
      return 1;
    }
  }
  return await io.end(0);
}

/** `noneWanted`: -n0, for which no input is opened. */
async function inputLines(call: Invocation, noneWanted: boolean): Promise<string[] | number> {
  const { io, options, operands, process } = call;
  const range = options.value('i');
  if (range !== undefined) {
    const match = /^(\d+)-(\d+)$/.exec(range);
    if (match === null || Number(match[1]) > Number(match[2]) + 1) {
      const [low = '', ...rest] = range.split('-');
      const bad =
        !range.includes('-') || !/^\d+$/.test(low) ? low : /^\d+$/.test(rest.join('-')) ? range : rest.join('-');
      await io.warn(`invalid input range: \u2018${bad}\u2019`);
      return 1;
    }
    const [extra] = operands;
    if (extra !== undefined) return await usageError(call, `extra operand '${extra}'`, 1);
    const from = Number(match[1]);
    return Array.from({ length: Number(match[2]) - from + 1 }, (_, at) => String(from + at));
  }
  if (options.has('e')) return [...operands];
  if (operands.length > 1) return await usageError(call, `extra operand '${operands[1] ?? ''}'`);
  const [name = '-'] = operands;
  if (noneWanted) return [];
  const bytes = await readOperand(process, name);
  if (failed(bytes)) {
    const isRead = bytes.errno === 'EISDIR' || name === '-';
    await io.warn(`${isRead ? 'read error' : quotePlain(name)}: ${strerror(bytes)}`);
    return 1;
  }
  const lines = bytesToText(bytes).split(options.has('z') ? '\0' : '\n');
  if (lines.at(-1) === '') lines.pop();
  return lines;
}
