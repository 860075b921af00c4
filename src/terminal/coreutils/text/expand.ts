import { charWidth } from '../../../formats/cell-width.ts';
import { bytesToText } from '../../text.ts';
import type { Invocation } from '../command.ts';
import { command, eachLine } from '../command.ts';

/** Tab stops: fixed ones, then every `step` columns (0: none). */
interface Stops {
  readonly fixed: readonly number[];
  readonly step: number;
}

/** The stops that -t names; a message where they are wrong. */
function parseStops(text: string | undefined): Stops | string {
  if (text === undefined) return { fixed: [], step: 8 };
  const parts = text.split(/[ ,]+/).filter((part) => part !== '');
  const fixed: number[] = [];
  for (const part of parts) {
    if (!/^[/+]?\d+$/.test(part))
      return `tab size contains invalid character(s): \u2018${/\D.*/.exec(part)?.[0] ?? part}\u2019`;
    if (/^[/+]/.test(part)) return { fixed, step: Number(part.slice(1)) };
    const value = Number(part);
    if (value === 0) return 'tab size cannot be 0';
    if (value <= (fixed.at(-1) ?? 0)) return 'tab sizes must be ascending';
    fixed.push(value);
  }
  const [only] = fixed;
  return fixed.length === 1 && only !== undefined ? { fixed: [], step: only } : { fixed, step: 0 };
}

function nextStop(stops: Stops, column: number): number | undefined {
  const fixed = stops.fixed.find((stop) => stop > column);
  if (fixed !== undefined) return fixed;
  return stops.step === 0 ? undefined : (Math.floor(column / stops.step) + 1) * stops.step;
}

async function convert(call: Invocation, change: (line: string, stops: Stops) => string): Promise<number> {
  const { io, options } = call;
  const digits = options.order
    .filter(([letter]) => /^\d$/.test(letter))
    .map(([letter]) => letter)
    .join('');
  const stops = parseStops(options.value('t') ?? (digits === '' ? undefined : digits));
  if (typeof stops === 'string') {
    await io.warn(stops);
    return 1;
  }
  const good = await eachLine(call, call.operands, (bytes, reader) => {
    io.out(change(bytesToText(bytes), stops) + (reader.unterminated ? '' : '\n'));
  });
  return await io.end(good ? 0 : 1);
}

export const expand = command({ name: 'expand', short: 'it:0123456789', long: { initial: 'i', tabs: 't' } }, (call) =>
  convert(call, (line, stops) => {
    const onlyInitial = call.options.has('i');
    let out = '';
    let column = 0;
    let initial = true;
    for (const char of line) {
      if (char === '\t' && (initial || !onlyInitial)) {
        const stop = nextStop(stops, column) ?? column + 1;
        out += ' '.repeat(stop - column);
        column = stop;
        continue;
      }
      if (char !== ' ' && char !== '\t') initial = false;
      out += char;
      column = char === '\b' ? Math.max(0, column - 1) : column + charWidth(char);
    }
    return out;
  }),
);

export const unexpand = command(
  { name: 'unexpand', short: 'at:0123456789', long: { all: 'a', 'first-only': 'first', tabs: 't' } },
  (call) => {
    const everywhere = (call.options.has('a') || call.options.has('t')) && !call.options.has('first');
    return convert(call, (line, stops) => {
      let out = '';
      let column = 0;
      let initial = true;
      const chars = [...line];
      for (let at = 0; at < chars.length;) {
        const char = chars[at] ?? '';
        if ((char !== ' ' && char !== '\t') || !(initial || everywhere)) {
          initial = false;
          out += char;
          column = char === '\b' ? Math.max(0, column - 1) : column + charWidth(char);
          at += 1;
          continue;
        }
        let end = column;
        let pending = '';
        for (; chars[at] === ' ' || chars[at] === '\t'; at += 1) {
          const stop = nextStop(stops, end);
          if (chars[at] === '\t') {
            pending = `${pending.replace(/ +$/, '')}\t`;
            end = stop ?? end + 1;
            continue;
          }
          end += 1;
          pending += ' ';
          // One blank before a stop stays a blank unless more of them follow or came before.
          if (
            stop === end &&
            (pending.endsWith('  ') ||
              chars[at + 1] === ' ' ||
              chars[at + 1] === '\t' ||
              (pending === ' ' && initial && column === 0 && end === 1))
          )
            pending = `${pending.replace(/ +$/, '')}\t`;
        }
        out += pending;
        column = end;
      }
      return out;
    });
  },
);
