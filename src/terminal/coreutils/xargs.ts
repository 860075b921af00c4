import { failed } from '../../protocol/errno.ts';
import { readAll } from '../io.ts';
import { runAndWait } from '../run-child.ts';
import { bytesToText } from '../text.ts';
import { command } from './command.ts';

export const xargs = command(
  {
    name: 'xargs',
    short: '0I:i::n:L:l::P:rtpd:s:a:xE:',
    long: {
      null: '0',
      replace: 'i::',
      'max-args': 'n',
      'max-lines': 'l::',
      'max-procs': 'P',
      'no-run-if-empty': 'r',
      verbose: 't',
      delimiter: 'd',
      'arg-file': 'a',
    },
    stopEarly: true,
  },
  async (call) => {
    const { options, io, process } = call;
    let fd = 0;
    const file = options.value('a');
    if (file !== undefined) {
      const opened = process.open(file, { read: true });
      if (failed(opened)) {
        await io.warn(`Cannot open input file '${file}': No such file or directory`);
        return 1;
      }
      fd = opened;
    }
    const all = await readAll(process, fd);
    if (failed(all)) return 1;
    const text = bytesToText(all);
    const base = call.operands.length === 0 ? ['echo'] : call.operands;
    const replace = options.value('I') ?? (options.has('i') ? options.value('i') || '{}' : undefined);
    const delimiter = options.has('0')
      ? '\0'
      : options.value('d')?.replace('\\n', '\n').replace('\\t', '\t').replace('\\0', '\0');
    const perLine = Number(options.value('L') ?? (options.has('l') ? options.value('l') || '1' : '0'));
    const batches: string[][] = [];
    if (replace !== undefined) {
      const items =
        delimiter === undefined
          ? text
              .split('\n')
              .map((line) =>
                line
                  .replace(/^[ \t]+/, '')
                  .replace(/\\(.)|"([^"]*)"|'([^']*)'/g, (_, a?: string, b?: string, c?: string) => a ?? b ?? c ?? ''),
              )
          : text.split(delimiter);
      for (const item of items) if (item !== '') batches.push(base.map((arg) => arg.replaceAll(replace, item)));
    } else if (perLine > 0) {
      const lines = text.split('\n').filter((line) => line.trim() !== '');
      for (let i = 0; i < lines.length; i += perLine)
        batches.push([...base, ...lines.slice(i, i + perLine).flatMap((line) => words(line) ?? [])]);
    } else {
      const items =
        delimiter === undefined
          ? words(text)
          : text.split(delimiter).filter((item, at, list) => !(item === '' && at === list.length - 1));
      if (items === undefined) {
        await io.warn(
          'unmatched single quote; by default quotes are special to xargs unless you use the -0 option'.replace(
            'single',
            text.includes('"') ? 'double' : 'single',
          ),
        );
        return 1;
      }
      const size = Number(options.value('n') ?? '5000');
      for (let i = 0; i < items.length; i += size) batches.push([...base, ...items.slice(i, i + size)]);
      if (items.length === 0 && !options.has('r') && call.flavour === 'gnu') batches.push([...base]);
      if (items.length === 0 && call.flavour === 'busybox' && !options.has('r')) batches.push([...base]);
    }
    const width = Math.max(1, Number(options.value('P') ?? '1') || batches.length);
    let status = 0;
    let stop = false;
    for (let i = 0; i < batches.length && !stop; i += width) {
      const results = await Promise.all(
        batches.slice(i, i + width).map(async (argv) => {
          if (options.has('t')) await io.raw(`${argv.join(' ')}\n`);
          return await runAndWait(process, argv);
        }),
      );
      for (const [at, result] of results.entries()) {
        if (result.type === 'missing') {
          await io.warn(`${batches[i + at]?.[0] ?? ''}: ${result.message}`);
          return result.code;
        }
        if (result.signal !== undefined) {
          await io.warn(`${batches[i + at]?.[0] ?? ''}: terminated by signal ${String(result.signal)}`);
          return 125;
        }
        if (result.code === 255) {
          await io.warn(`${batches[i + at]?.[0] ?? ''}: exited with status 255; aborting`);
          status = 124;
          stop = true;
        } else if (result.code !== 0) status = 123;
      }
    }
    return status;
  },
);

/** Words with quotes and backslashes; undefined where a quote is not closed. */
function words(text: string): string[] | undefined {
  const out: string[] = [];
  let word: string | undefined;
  for (let i = 0; i < text.length; i += 1) {
    const char = text.charAt(i);
    if (/\s/.test(char)) {
      if (word !== undefined) out.push(word);
      word = undefined;
    } else if (char === '"' || char === "'") {
      const close = text.indexOf(char, i + 1);
      if (close < 0) return undefined;
      word = (word ?? '') + text.slice(i + 1, close);
      i = close;
    } else if (char === '\\') {
      i += 1;
      word = (word ?? '') + text.charAt(i);
    } else word = (word ?? '') + char;
  }
  if (word !== undefined) out.push(word);
  return out;
}
