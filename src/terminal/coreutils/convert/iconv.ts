/** iconv (GNU libc 2.39) between UTF-8, UTF-16, UTF-32, ASCII and ISO-8859-1. Leaves out: all other sets, -l. */
import { failed, strerror } from '../../../protocol/errno.ts';
import { baseName, readOperand } from '../../io.ts';
import { isUtf8 } from '../../locale-name.ts';
import { command, type Invocation } from '../command.ts';
import { byMark, type Charset, charsetNamed, isUnmodelled } from './charsets.ts';

export const iconv = command(
  {
    name: 'iconv',
    short: 'f:t:lco:sV',
    usage: '[OPTION...] [FILE...]',
    hint: (name) => `Try \`${baseName(name)} --help' or \`${baseName(name)} --usage' for more information.`,
    usageStatus: 64,
    long: {
      'from-code': 'f',
      'to-code': 't',
      list: 'l',
      output: 'o',
      silent: 's',
      verbose: 'verbose',
    },
    absent: ['l', 'V', 'verbose'],
  },
  async (call) => {
    const { io, options, operands, process } = call;
    const own = isUtf8(process) ? 'UTF-8' : 'ANSI_X3.4-1968';
    const [from, to] = [options.value('f') ?? own, options.value('t') ?? own];
    const [toName = '', ...suffixes] = to.split('//');
    const unmodelled = [from, toName].find(isUnmodelled) ?? suffixes.find((suffix) => suffix === 'TRANSLIT');
    if (unmodelled !== undefined) {
      await io.raw(`drydock: 'iconv' with ${unmodelled} is not simulated\n`);
      return 1;
    }
    const target = charsetNamed(toName);
    if (charsetNamed(from) === undefined || target === undefined) {
      await io.warn('failed to start conversion processing: No such file or directory');
      return 1;
    }
    const output: number[] = [];
    const conversion: Conversion = {
      from,
      target,
      skip: options.has('c') ? 'silently' : suffixes.includes('IGNORE') ? 'aloud' : 'never',
      output,
    };
    let status = 0;
    for (const name of operands.length === 0 ? ['-'] : operands)
      status = Math.max(status, await convertFile(call, conversion, name));
    const file = options.value('o');
    if (file === undefined) await io.bytes(Uint8Array.from(output));
    else process.writeFile(file, Uint8Array.from(output));
    return await io.end(status);
  },
);

interface Conversion {
  readonly from: string;
  readonly target: Charset;
  /** Whether what cannot be written is left out, and told of at the end. */
  readonly skip: 'never' | 'silently' | 'aloud';
  readonly output: number[];
}

async function convertFile(call: Invocation, conversion: Conversion, name: string): Promise<number> {
  const { io, process } = call;
  const bytes = await readOperand(process, name);
  if (failed(bytes)) {
    const isRead = bytes.errno === 'EISDIR' || name === '-';
    await io.warn(
      `${isRead ? 'error while reading the input' : `cannot open input file \`${name}'`}: ${strerror(bytes)}`,
    );
    return 1;
  }
  process.account(bytes.length / 50);
  const [source, start] = byMark(conversion.from, bytes);
  if (source === undefined) return 1;
  conversion.output.push(...conversion.target.mark);
  let skipped = 0;
  for (let at = start; at < bytes.length;) {
    const found = source.decode(bytes, at);
    if (found === 'incomplete') {
      await io.warn('incomplete character or shift sequence at end of buffer');
      return 1;
    }
    const made = found === 'invalid' ? undefined : conversion.target.encode(found[0]);
    if (made === undefined) {
      if (conversion.skip === 'never') {
        await io.bytes(Uint8Array.from(conversion.output.splice(0)));
        await io.flush();
        await io.warn(`illegal input sequence at position ${String(at)}`);
        return 1;
      }
      skipped += 1;
    } else conversion.output.push(...made);
    at += found === 'invalid' ? 1 : found[1];
  }
  if (skipped === 0 || conversion.skip === 'silently') return 0;
  await io.bytes(Uint8Array.from(conversion.output.splice(0)));
  await io.flush();
  await io.warn(`illegal input sequence at position ${String(bytes.length)}`);
  return 1;
}
