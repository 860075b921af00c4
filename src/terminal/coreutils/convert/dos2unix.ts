/** dos2unix 7.5 and its kin: ends of lines from one system's to another's. Leaves out: code pages, UTF-16 files. */
import { failed, strerror } from '../../../protocol/errno.ts';
import { readAll } from '../../io.ts';
import type { Applet } from '../command.ts';
import { command, type Invocation } from '../command.ts';

interface Kind {
  readonly name: string;
  /** What lines become. */
  readonly format: string;
  readonly convert: (bytes: Uint8Array) => number[];
}

const CR = 13;
const LF = 10;

export const dos2unix = converter({
  name: 'dos2unix',
  format: 'Unix',
  convert: (bytes) => [...bytes].filter((byte, at) => byte !== CR || bytes[at + 1] !== LF),
});
export const unix2dos = converter({
  name: 'unix2dos',
  format: 'DOS',
  convert: (bytes) => [...bytes].flatMap((byte, at) => (byte === LF && bytes[at - 1] !== CR ? [CR, LF] : [byte])),
});
export const mac2unix = converter({
  name: 'mac2unix',
  format: 'Unix',
  convert: (bytes) =>
    [...bytes].map((byte, at) => (byte === CR && bytes[at + 1] !== LF && bytes[at - 1] !== LF ? LF : byte)),
});
export const unix2mac = converter({
  name: 'unix2mac',
  format: 'Mac',
  convert: (bytes) => [...bytes].map((byte, at) => (byte === LF && bytes[at - 1] !== CR ? CR : byte)),
});

function converter(kind: Kind): Applet {
  return command(
    {
      name: kind.name,
      short: 'bfiknoqrsulmvVc:7LFRS',
      usage: '[options] [file ...] [-n infile outfile ...]',
      long: {
        force: 'f',
        keepdate: 'k',
        newfile: 'n',
        oldfile: 'o',
        quiet: 'q',
        safe: 's',
        'follow-symlink': 'F',
        'skip-symlink': 'S',
      },
      hint: '',
      absent: ['b', 'i', 'r', 'u', 'l', 'm', 'v', 'V', 'c', '7', 'L', 'R'],
    },
    async (call) => {
      const { io, operands, options, process } = call;
      if (operands.length === 0) {
        const bytes = await readAll(process, 0);
        if (!failed(bytes)) await io.bytes(Uint8Array.from(kind.convert(bytes)));
        return await io.end(0);
      }
      let status = 0;
      for (let at = 0; at < operands.length; at += 1) {
        const name = operands[at] ?? '';
        const output = options.has('n') ? operands[(at += 1)] : undefined;
        status = Math.max(status, await convertFile(call, kind, name, output));
      }
      return await io.end(status);
    },
  );
}

async function convertFile(call: Invocation, kind: Kind, name: string, output: string | undefined): Promise<number> {
  const { io, options, process } = call;
  const tell = async (text: string): Promise<void> => {
    if (!options.has('q')) await io.warn(text);
  };
  const link = process.lstat(name);
  if (!failed(link) && link.type === 'symlink' && !options.has('F') && output === undefined) {
    await tell(`Skipping symbolic link ${name}.`);
    return 0;
  }
  const stat = process.stat(name);
  if (failed(stat)) await tell(`${name}: ${strerror(stat)}`);
  if (failed(stat) || stat.type !== 'file') {
    await tell(`Skipping ${name}, not a regular file.`);
    return failed(stat) ? 2 : 0;
  }
  const bytes = process.readFile(name);
  if (failed(bytes)) {
    await tell(`${name}: ${strerror(bytes)}`);
    return 2;
  }
  const odd = bytes.findIndex((byte) => byte < 32 && byte !== LF && byte !== CR && byte !== 9 && byte !== 12);
  if (odd >= 0 && !options.has('f')) {
    const line = bytes.subarray(0, odd).filter((byte) => byte === LF).length + 1;
    const symbol = (bytes[odd] ?? 0).toString(16).toUpperCase().padStart(2, '0');
    await tell(`Binary symbol 0x${symbol} found at line ${String(line)}`);
    await tell(`Skipping binary file ${name}`);
    return 0;
  }
  await tell(`converting file ${name} to ${output === undefined ? '' : `file ${output} in `}${kind.format} format...`);
  const target = output ?? name;
  const written = process.writeFile(target, Uint8Array.from(kind.convert(bytes)), { mode: stat.mode });
  if (failed(written)) {
    await tell(`${target}: ${strerror(written)}`);
    return 2;
  }
  if (options.has('k')) process.utimes(target, stat.accessedMs, stat.modifiedMs);
  return 0;
}
