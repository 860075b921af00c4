import { failed, strerror } from '../../protocol/errno.ts';
import { LineReader, openInput } from '../io.ts';
import { command } from './command.ts';

export const paste = command({ name: 'paste', short: 'd:sz', long: { delimiters: 'd', serial: 's' } }, async (call) => {
  const { options, io, process } = call;
  const delimiters = [...(options.value('d') ?? '\t').replace(/\\n/g, '\n').replace(/\\t/g, '\t')];
  const readers: LineReader[] = [];
  let stdin: LineReader | undefined;
  for (const name of call.operands.length === 0 ? ['-'] : call.operands) {
    if (name === '-') {
      stdin ??= new LineReader(process, 0);
      readers.push(stdin);
      continue;
    }
    const fd = openInput(process, name);
    if (failed(fd)) {
      await io.warn(`${name}: ${strerror(fd)}`);
      return 1;
    }
    readers.push(new LineReader(process, fd));
  }
  const glue = (at: number): string => delimiters[at % Math.max(1, delimiters.length)] ?? '';
  if (options.has('s')) {
    for (const reader of readers) {
      let text = '';
      let at = 0;
      for (let line = await reader.nextText(); line !== undefined; line = await reader.nextText()) {
        text += at === 0 ? line : glue(at - 1) + line;
        at += 1;
      }
      io.line(text);
    }
    return await io.end(0);
  }
  for (;;) {
    const cells: (string | undefined)[] = [];
    for (const reader of readers) cells.push(await reader.nextText());
    if (cells.every((cell) => cell === undefined)) break;
    io.line(cells.map((cell, at) => (at === 0 ? '' : glue(at - 1)) + (cell ?? '')).join(''));
    if (io.full && !(await io.flush())) break;
  }
  return await io.end(0);
});
