/** tac (GNU coreutils 9.4). */
import { posixRegExp } from '../../posix-regex.ts';
import { bytesToText } from '../../text.ts';
import type { Invocation } from '../command.ts';
import { command, eachInput } from '../command.ts';
import { readAll } from '../../io.ts';
import { failed } from '../../../protocol/errno.ts';

export const tac = command(
  { name: 'tac', short: 'brs:', long: { before: 'b', regex: 'r', separator: 's' } },
  async (call) => {
    const { io, options, process } = call;
    const separator = separatorOf(call);
    if (separator === undefined) {
      await io.warn(options.value('s') === '' ? 'separator cannot be empty' : 'invalid regular expression');
      return 1;
    }
    const good = await eachInput(call, call.operands, async (fd) => {
      const bytes = await readAll(process, fd);
      if (failed(bytes)) return bytes;
      io.out(records(bytesToText(bytes), separator, options.has('b')).reverse().join(''));
      return undefined;
    });
    return await io.end(good ? 0 : 1);
  },
);

function separatorOf({ options }: Invocation): RegExp | undefined {
  const text = options.value('s') ?? '\n';
  if (text === '') return options.has('r') ? undefined : /\0/gu;
  if (!options.has('r')) return new RegExp(text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'), 'gu');
  return posixRegExp(text, { extended: false, global: true });
}

/** The pieces of a text, each with the separator that ends it, or that it begins with. */
function records(text: string, separator: RegExp, before: boolean): string[] {
  const out: string[] = [];
  let start = 0;
  for (const match of text.matchAll(separator)) {
    const end = before ? match.index : match.index + match[0].length;
    if (end > start || !before) out.push(text.slice(start, end));
    start = end;
  }
  if (start < text.length) out.push(text.slice(start));
  return out;
}
