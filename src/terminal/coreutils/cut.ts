import { bytesToText, textToBytes } from '../text.ts';
import { command, eachLine, usageError } from './command.ts';

export const cut = command(
  {
    name: 'cut',
    short: 'b:c:f:d:sn',
    long: {
      bytes: 'b',
      characters: 'c',
      fields: 'f',
      delimiter: 'd',
      'only-delimited': 's',
      complement: 'complement',
      'output-delimiter': 'o:',
    },
  },
  async (call) => {
    const { options, io } = call;
    const list = options.value('f') ?? options.value('c') ?? options.value('b');
    if (list === undefined) return await usageError(call, 'you must specify a list of bytes, characters, or fields');
    const byField = options.has('f');
    const ranges = parseList(list);
    if (typeof ranges === 'string')
      return await usageError(
        call,
        ranges === 'zero'
          ? byField
            ? 'fields are numbered from 1'
            : 'byte/character positions are numbered from 1'
          : ranges === 'decreasing'
            ? 'invalid decreasing range'
            : byField
              ? `invalid field value '${list}'`
              : `invalid byte/character position '${list}'`,
      );
    const delimiter = options.value('d') ?? '\t';
    if ([...delimiter].length > 1) return await usageError(call, 'the delimiter must be a single character');
    if (options.has('d') && !byField)
      return await usageError(call, 'an input delimiter may be specified only when operating on fields');
    const complement = options.has('complement');
    const chosen = (at: number): boolean => ranges.some(([from, to]) => at >= from && at <= to) !== complement;
    const joiner = options.value('o') ?? (byField ? delimiter : '');
    const good = await eachLine(call, call.operands, (bytes) => {
      const line = bytesToText(bytes);
      if (byField) {
        if (!line.includes(delimiter)) {
          if (!options.has('s')) io.line(line);
          return;
        }
        io.line(
          line
            .split(delimiter)
            .filter((_, at) => chosen(at + 1))
            .join(joiner),
        );
        return;
      }
      const wide = /[^\x00-\x7f]/.test(line);
      const units = wide ? [...textToBytes(line)] : undefined;
      if (units !== undefined) io.line(bytesToText(Uint8Array.from(units.filter((_, at) => chosen(at + 1)))));
      else if (joiner === '') io.line([...line].filter((_, at) => chosen(at + 1)).join(''));
      else
        io.line(
          ranges
            .map(([from, to]) => line.slice(from - 1, to))
            .filter((part) => part !== '')
            .join(joiner),
        );
    });
    return await io.end(good ? 0 : 1);
  },
);

function parseList(text: string): [number, number][] | 'zero' | 'decreasing' | 'invalid' {
  const ranges: [number, number][] = [];
  for (const part of text.split(/[, ]/)) {
    const match = /^(\d*)(-?)(\d*)$/.exec(part);
    if (match === null || part === '' || part === '-') return 'invalid';
    const [, low = '', dash, high = ''] = match;
    const from = low === '' ? 1 : Number(low);
    const to = dash === '' ? from : high === '' ? Infinity : Number(high);
    if (from === 0 || to === 0) return 'zero';
    if (to < from) return 'decreasing';
    ranges.push([from, to]);
  }
  return ranges.sort((a, b) => a[0] - b[0]);
}
