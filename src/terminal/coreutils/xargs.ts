import { failed } from '../../protocol/errno.ts';
import { readAll } from '../io.ts';
import { runAndWait } from '../run-child.ts';
import { bytesToText } from '../text.ts';
import type { Invocation } from './command.ts';
import { command } from './command.ts';

export const xargs = command(
  {
    name: 'xargs',
    // -x speaks of lines longer than -s allows, so that it changes nothing here.
    short: '0I:i::n:L:l::P:rtpd:s:a:xE:',
    long: {
      null: '0',
      replace: 'i::',
      'max-args': 'n',
      'max-lines': 'l::',
      'max-chars': 's',
      'max-procs': 'P',
      interactive: 'p',
      exit: 'x',
      'no-run-if-empty': 'r',
      verbose: 't',
      delimiter: 'd',
      'arg-file': 'a',
    },
    stopEarly: true,
  },
  async (call) => {
    const { options, io } = call;
    const absent = ['p', 's'].find((letter) => options.has(letter));
    if (absent !== undefined) {
      await io.raw(`drydock: 'xargs -${absent}' is not simulated\n`);
      return 1;
    }
    const size = options.value('n') ?? '5000';
    if (!/^\d+$/.test(size) || Number(size) < 1) {
      await io.warn(`invalid number "${size}" for -n option`);
      await io.raw("Try 'xargs --help' for more information.\n");
      return 1;
    }
    const text = await inputText(call);
    if (text === undefined) return 1;
    const batches = planBatches(call, text);
    if (batches !== undefined) return await runBatches(call, batches);
    const quote = text.includes('"') ? 'double' : 'single';
    if (call.flavour === 'busybox') await io.warn(`unmatched ${quote} quote`);
    else await io.warn(`unmatched ${quote} quote; by default quotes are special to xargs unless you use the -0 option`);
    return 1;
  },
);

/** Everything of standard input or the file of -a; undefined after a complaint. */
async function inputText({ options, io, process }: Invocation): Promise<string | undefined> {
  const file = options.value('a');
  const fd = file === undefined ? 0 : process.open(file, { read: true });
  if (failed(fd)) {
    await io.warn(`Cannot open input file '${file ?? ''}': No such file or directory`);
    return undefined;
  }
  const all = await readAll(process, fd);
  return failed(all) ? undefined : bytesToText(all);
}

/** The commands to run; undefined where a quote is not closed. */
function planBatches(call: Invocation, text: string): readonly (readonly string[])[] | undefined {
  const { options, operands } = call;
  const base = operands.length === 0 ? ['echo'] : operands;
  const delimiter = options.has('0')
    ? '\0'
    : options.value('d')?.replace('\\n', '\n').replace('\\t', '\t').replace('\\0', '\0');
  const replace = options.value('I') ?? (options.has('i') ? options.value('i') || '{}' : undefined);
  if (replace !== undefined)
    return (delimiter === undefined ? text.split('\n').map(unquotedLine) : text.split(delimiter))
      .filter((item) => item !== '')
      .map((item) => base.map((arg) => arg.replaceAll(replace, item)));
  const perLine = Number(options.value('L') ?? (options.has('l') ? options.value('l') || '1' : '0'));
  if (perLine > 0) {
    const lines = text.split('\n').filter((line) => line.trim() !== '');
    return chunks(lines, perLine).map((some) => [...base, ...some.flatMap((line) => words(line) ?? [])]);
  }
  const items =
    delimiter === undefined
      ? words(text)
      : text.split(delimiter).filter((item, at, list) => !(item === '' && at === list.length - 1));
  if (items === undefined) return undefined;
  const end = items.indexOf(options.value('E') || '\0');
  const used = end < 0 || delimiter !== undefined ? items : items.slice(0, end);
  if (used.length === 0) return options.has('r') ? [] : [base];
  return chunks(used, Number(options.value('n') ?? '5000')).map((some) => [...base, ...some]);
}

/** A line of -I: quotes and backslashes are taken off, blanks inside it stay. */
const unquotedLine = (line: string): string =>
  line
    .replace(/^[ \t]+/, '')
    .replace(/\\(.)|"([^"]*)"|'([^']*)'/g, (_, a?: string, b?: string, c?: string) => a ?? b ?? c ?? '');

const chunks = (items: readonly string[], size: number): readonly (readonly string[])[] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, at) => items.slice(at * size, (at + 1) * size));

async function runBatches(call: Invocation, batches: readonly (readonly string[])[]): Promise<number> {
  const { options, io, process } = call;
  const width = Math.max(1, Number(options.value('P') ?? '1') || batches.length);
  let status = 0;
  for (const group of Array.from({ length: Math.ceil(batches.length / width) }, (_, at) => at * width)) {
    const together = batches.slice(group, group + width);
    const results = await Promise.all(
      together.map(async (argv) => {
        if (options.has('t')) await io.raw(`${argv.join(' ')}\n`);
        return await runAndWait(process, argv);
      }),
    );
    for (const [at, result] of results.entries()) {
      const name = together[at]?.[0] ?? '';
      if (result.type === 'missing') {
        await io.warn(`${name}: ${result.message}`);
        return result.code;
      }
      if (result.signal !== undefined) {
        await io.warn(`${name}: terminated by signal ${String(result.signal)}`);
        return 125;
      }
      if (result.code === 255) {
        await io.warn(`${name}: exited with status 255; aborting`);
        return 124;
      }
      if (result.code !== 0) status = 123;
    }
  }
  return status;
}

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
