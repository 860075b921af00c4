import { failed } from '../../protocol/errno.ts';
import { command, eachInput } from './command.ts';

interface Counts {
  lines: number;
  words: number;
  chars: number;
  bytes: number;
  longest: number;
}

export const wc = command(
  { name: 'wc', short: 'lwcmL', long: { lines: 'l', words: 'w', bytes: 'c', chars: 'm', 'max-line-length': 'L' } },
  async (call) => {
    const { options, io, process } = call;
    const rows: [string, Counts][] = [];
    let total: Counts = { lines: 0, words: 0, chars: 0, bytes: 0, longest: 0 };
    const good = await eachInput(call, call.operands, async (fd, name) => {
      const counts: Counts = { lines: 0, words: 0, chars: 0, bytes: 0, longest: 0 };
      let inWord = false;
      let column = 0;
      for (;;) {
        const bytes = await process.read(fd, 65_536);
        if (failed(bytes)) return bytes;
        if (bytes.length === 0) break;
        counts.bytes += bytes.length;
        for (const byte of bytes) {
          const space = byte === 32 || (byte >= 9 && byte <= 13);
          if (byte === 10) counts.lines += 1;
          if ((byte & 0xc0) !== 0x80) counts.chars += 1;
          if (byte === 10) column = 0;
          else if ((byte & 0xc0) !== 0x80) column += byte === 9 ? 8 - (column % 8) : 1;
          if (column > counts.longest) counts.longest = column;
          if (!space && !inWord) counts.words += 1;
          inWord = !space;
        }
      }
      rows.push([call.operands.length === 0 ? '' : name, counts]);
      total = {
        lines: total.lines + counts.lines,
        words: total.words + counts.words,
        chars: total.chars + counts.chars,
        bytes: total.bytes + counts.bytes,
        longest: Math.max(total.longest, counts.longest),
      };
      return undefined;
    });
    if (call.operands.length > 1) rows.push(['total', total]);
    const all = ['l', 'w', 'm', 'c', 'L'].filter((letter) => options.has(letter));
    const columns = all.length === 0 ? ['l', 'w', 'c'] : all;
    const pick = (counts: Counts, letter: string): number =>
      letter === 'l'
        ? counts.lines
        : letter === 'w'
          ? counts.words
          : letter === 'm'
            ? counts.chars
            : letter === 'c'
              ? counts.bytes
              : counts.longest;
    const stdin = call.operands.length === 0 || call.operands.includes('-');
    const natural = Math.max(
      ...rows.flatMap(([, counts]) =>
        columns.map((letter) => String(pick(letter === 'L' ? total : counts, letter)).length),
      ),
      1,
    );
    const width =
      rows.length === 1 && columns.length === 1 ? 0 : stdin ? 7 : Math.max(natural, String(total.bytes).length);
    const busybox = call.flavour === 'busybox';
    for (const [name, counts] of rows) {
      const cells = columns.map((letter) =>
        String(pick(counts, letter)).padStart(busybox && columns.length > 1 ? 9 : width),
      );
      io.line(`${cells.join(' ')}${name === '' ? '' : ` ${name}`}`);
    }
    return await io.end(good ? 0 : 1);
  },
);
