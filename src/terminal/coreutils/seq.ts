import { float } from '../printf-format.ts';
import { command, usageError } from './command.ts';

export const seq = command(
  {
    name: 'seq',
    short: 's:wf:0123456789.',
    long: { separator: 's', 'equal-width': 'w', format: 'f' },
    stopEarly: true,
  },
  async (call) => {
    const { io, options } = call;
    const negatives = options.order
      .filter(([letter]) => /[\d.]/.test(letter))
      .map(([letter]) => letter)
      .join('');
    const numbers = [...(negatives === '' ? [] : [`-${negatives}`]), ...call.operands];
    if (numbers.length === 0) return await usageError(call, 'missing operand');
    if (numbers.length > 3) return await usageError(call, `extra operand '${numbers[3] ?? ''}'`);
    const bad = numbers.find((text) => !/^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$/.test(text));
    if (bad !== undefined) return await usageError(call, `invalid floating point argument: '${bad}'`);
    const [first = '1', step = '1', last = '1'] =
      numbers.length === 1 ? ['1', '1', numbers[0]] : numbers.length === 2 ? [numbers[0], '1', numbers[1]] : numbers;
    const digits = Math.max(...[first, step].map((text) => text.split('.')[1]?.length ?? 0));
    const [from, by, to] = [Number(first), Number(step), Number(last)];
    if (by === 0) return await usageError(call, `invalid Zero increment value: '${step}'`);
    const separator = options.value('s') ?? '\n';
    const width = options.has('w') ? Math.max(from.toFixed(digits).length, to.toFixed(digits).length) : 0;
    const format = options.value('f');
    const show = (value: number): string => {
      const text = value.toFixed(digits);
      if (format !== undefined)
        return format.replace(
          /%(0?)(\d*)(?:\.(\d+))?([efgEFG])/,
          (_, zero: string, size: string, precision: string | undefined, type: string) =>
            float(value, type, precision === undefined ? undefined : Number(precision)).padStart(
              Number(size),
              zero === '0' ? '0' : ' ',
            ),
        );
      return width === 0
        ? text
        : text.startsWith('-')
          ? `-${text.slice(1).padStart(width - 1, '0')}`
          : text.padStart(width, '0');
    };
    const count = Math.floor((to - from) / by + 1e-10);
    for (let i = 0; i <= count; i += 1) {
      io.out(i === 0 ? show(from) : separator + show(from + i * by));
      if (io.full && !(await io.flush())) break;
    }
    if (count >= 0) io.out('\n');
    return await io.end(0);
  },
);
