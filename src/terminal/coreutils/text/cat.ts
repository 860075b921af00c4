import { failed } from '../../../protocol/errno.ts';
import { bytesToText } from '../../text.ts';
import { command, eachInput, eachLine } from '../command.ts';

export const cat = command(
  {
    name: 'cat',
    short: 'AbeEnstTuv',
    long: {
      'show-all': 'A',
      'number-nonblank': 'b',
      'show-ends': 'E',
      number: 'n',
      'squeeze-blank': 's',
      'show-tabs': 'T',
      'show-nonprinting': 'v',
    },
  },
  async (call) => {
    const { options, io, process } = call;
    const on = (letters: string): boolean => [...letters].some((letter) => options.has(letter));
    if (options.order.every(([letter]) => letter === 'u')) {
      const good = await eachInput(call, call.operands, async (fd) => {
        for (;;) {
          const bytes = await process.read(fd, 65_536);
          if (failed(bytes)) {
            if (bytes.errno === 'EINTR') continue;
            return bytes;
          }
          if (bytes.length === 0 || !(await io.bytes(bytes))) return undefined;
        }
      });
      return await io.end(good ? 0 : 1);
    }
    let number = 0;
    let blank = 0;
    const good = await eachLine(call, call.operands, (line, reader) => {
      blank = line.length === 0 ? blank + 1 : 0;
      if (options.has('s') && blank > 1) return;
      let text = on('vAet') ? visible(line) : bytesToText(line);
      if (on('TAt')) text = text.replace(/\t/g, '^I');
      let head = '';
      if (options.has('b') ? line.length > 0 : options.has('n')) {
        number += 1;
        head = `${String(number).padStart(6)}\t`;
      }
      io.out(head + text + (reader.unterminated ? '' : on('EAe') ? '$\n' : '\n'));
    });
    return await io.end(good ? 0 : 1);
  },
);

/** ^A and M-x notation for bytes that do not print. */
function visible(bytes: Uint8Array): string {
  let out = '';
  for (const byte of bytes) {
    const low = byte & 127;
    const head = byte > 127 ? 'M-' : '';
    out +=
      byte === 9
        ? '\t'
        : low < 32
          ? `${head}^${String.fromCharCode(low + 64)}`
          : low === 127
            ? `${head}^?`
            : head + String.fromCharCode(low);
  }
  return out;
}
