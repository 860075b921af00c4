import { failed, strerror } from '../../protocol/errno.ts';
import { readOperand } from '../io.ts';
import { bytesToText, textToBytes } from '../text.ts';
import type { Invocation } from './command.ts';
import { command, usageError } from './command.ts';

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
      'random-source': 'random:',
      'zero-terminated': 'z',
    },
  },
  async (call) => {
    const { io, options, process } = call;
    if (options.has('random')) {
      await io.raw("drydock: 'shuf --random-source' is not simulated\n");
      return 1;
    }
    const lines = await inputLines(call);
    if (typeof lines === 'number') return lines;
    const given = options.value('n');
    if (given !== undefined && !/^\d+$/.test(given)) {
      await io.warn(`invalid line count: \u2018${given}\u2019`);
      return 1;
    }
    const end = options.has('z') ? '\0' : '\n';
    const output = options.value('o');
    if (options.has('r')) {
      if (lines.length === 0) {
        await io.warn('no lines to repeat');
        return 1;
      }
      for (let left = given === undefined ? Infinity : Number(given); left > 0 && !io.broken; left -= 1) {
        io.out((lines[below(call, lines.length)] ?? '') + end);
        if (io.full) await io.flush();
      }
      return await io.end(0);
    }
    const count = Math.min(given === undefined ? lines.length : Number(given), lines.length);
    for (let at = 0; at < count; at += 1) {
      const other = at + below(call, lines.length - at);
      [lines[at], lines[other]] = [lines[other] ?? '', lines[at] ?? ''];
    }
    const text = lines
      .slice(0, count)
      .map((line) => line + end)
      .join('');
    if (output === undefined) io.out(text);
    else {
      const written = process.writeFile(output, textToBytes(text));
      if (failed(written)) {
        await io.warn(`${output}: ${strerror(written)}`);
        return 1;
      }
    }
    return await io.end(0);
  },
);

async function inputLines(call: Invocation): Promise<string[] | number> {
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
  const bytes = await readOperand(process, name);
  if (failed(bytes)) {
    await io.warn(bytes.errno === 'EISDIR' ? `read error: ${strerror(bytes)}` : `${name}: ${strerror(bytes)}`);
    return 1;
  }
  const lines = bytesToText(bytes).split(options.has('z') ? '\0' : '\n');
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

/** A number below `limit` from the kernel's random device, each as likely as the others. */
function below(call: Invocation, limit: number): number {
  const bound = Math.floor(2 ** 32 / limit) * limit;
  for (;;) {
    const [a = 0, b = 0, c = 0, d = 0] = call.process.random(4);
    const value = ((a << 24) | (b << 16) | (c << 8) | d) >>> 0;
    if (value < bound) return value % limit;
  }
}
