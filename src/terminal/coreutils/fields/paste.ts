import { failed } from '../../../protocol/errno.ts';
import { LineReader, openInput } from '../../io.ts';
import { C_ESCAPES } from '../../../formats/c-escapes.ts';
import { command, warnOfInput } from '../command.ts';

export const paste = command(
  { name: 'paste', short: 'd:sz', long: { delimiters: 'd', serial: 's', 'zero-terminated': 'z' } },
  async (call) => {
    const { options, io, process } = call;
    const delimiters = delimitersOf(options.value('d') ?? '\t');
    if (delimiters === undefined) {
      await io.warn(`delimiter list ends with an unescaped backslash: ${options.value('d') ?? ''}`);
      return 1;
    }
    let status = 0;
    const end = options.has('z') ? '\0' : '\n';
    const readers: LineReader[] = [];
    const names = new Map<LineReader, string>();
    let stdin: LineReader | undefined;
    for (const name of call.operands.length === 0 ? ['-'] : call.operands) {
      if (name === '-') {
        stdin ??= new LineReader(process, 0, end.charCodeAt(0));
        readers.push(stdin);
        names.set(stdin, name);
        continue;
      }
      const fd = openInput(process, name);
      if (failed(fd)) {
        await warnOfInput(call, name, fd);
        if (!options.has('s')) return 1;
        status = 1;
        continue;
      }
      const reader = new LineReader(process, fd, end.charCodeAt(0));
      readers.push(reader);
      names.set(reader, name);
    }
    const finish = async (): Promise<number> => {
      for (const [reader, name] of names) {
        const { failure } = reader;
        if (!failed(failure)) continue;
        await warnOfInput(call, name, failure);
        status = 1;
      }
      return await io.end(status);
    };
    const glue = (at: number): string => delimiters[at % Math.max(1, delimiters.length)] ?? '';
    if (options.has('s')) {
      for (const reader of readers) {
        let text = '';
        let at = 0;
        for (let line = await reader.nextText(); line !== undefined; line = await reader.nextText()) {
          text += at === 0 ? line : glue(at - 1) + line;
          at += 1;
        }
        io.out(text + end);
      }
      return await finish();
    }
    for (;;) {
      const cells: (string | undefined)[] = [];
      for (const reader of readers) cells.push(await reader.nextText());
      if (cells.every((cell) => cell === undefined)) break;
      io.out(cells.map((cell, at) => (at === 0 ? '' : glue(at - 1)) + (cell ?? '')).join('') + end);
      if (io.full && !(await io.flush())) break;
    }
    return await finish();
  },
);

/** The delimiters that take turns; `\\0` is none at all. Undefined where the last backslash has nothing to escape. */
function delimitersOf(text: string): readonly string[] | undefined {
  const out: string[] = [];
  for (const [match] of text.matchAll(/\\[\s\S]|[\s\S]/gu)) {
    if (match === '\\') return undefined;
    const letter = match.slice(1);
    out.push(match.startsWith('\\') && letter !== '' ? (letter === '0' ? '' : (C_ESCAPES[letter] ?? letter)) : match);
  }
  return out.length === 0 ? [''] : out;
}
