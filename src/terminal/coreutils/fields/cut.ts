/** cut (GNU coreutils 9.4). As there, -c counts bytes. */
import { bytesToText, textToBytes } from '../../text.ts';
import type { Invocation, Options } from '../command.ts';
import { command, eachLine, usageError } from '../command.ts';
import { BYTE_WORDS, FIELD_WORDS, parseNumberList, type Span } from './number-list.ts';

export const cut = command(
  {
    name: 'cut',
    short: 'b:c:f:d:snz',
    usage: 'OPTION... [FILE]...',
    long: {
      bytes: 'b',
      characters: 'c',
      fields: 'f',
      delimiter: 'd',
      'only-delimited': 's',
      complement: 'complement',
      'output-delimiter': 'o:',
      'zero-terminated': 'z',
    },
  },
  async (call) => {
    const { options, io } = call;
    const problem = optionProblem(options);
    if (problem !== undefined) return await usageError(call, problem);
    const byField = options.has('f');
    const list = options.value('f') ?? options.value('c') ?? options.value('b') ?? '';
    const spans = parseNumberList(list, byField ? FIELD_WORDS : BYTE_WORDS);
    if (typeof spans === 'string') return await usageError(call, spans);
    const cutLine = byField ? fieldCutter(options, spans) : byteCutter(options, spans);
    const isZero = options.has('z');
    const good = await eachLine(
      call,
      call.operands,
      (bytes) => {
        const text = cutLine(bytes);
        if (text !== undefined) io.out(text + (isZero ? '\0' : '\n'));
      },
      isZero ? 0 : 10,
    );
    return await io.end(good ? 0 : 1);
  },
);

function optionProblem(options: Options): string | undefined {
  const lists = options.order.filter(([letter]) => 'bcf'.includes(letter));
  if (lists.length > 1) return 'only one list may be specified';
  if (textToBytes(options.value('d') ?? '').length > 1) return 'the delimiter must be a single character';
  if (lists.length === 0) return 'you must specify a list of bytes, characters, or fields';
  if (options.has('f')) return undefined;
  if (options.has('d')) return 'an input delimiter may be specified only when operating on fields';
  return options.has('s') ? 'suppressing non-delimited lines makes sense\n\tonly when operating on fields' : undefined;
}

/** An empty delimiter is NUL. */
const delimiterOf = (given: string | undefined): string | undefined => (given === '' ? '\0' : given);

type Cutter = (line: Uint8Array) => string | undefined;

function fieldCutter(options: Invocation['options'], spans: readonly Span[]): Cutter {
  const delimiter = delimiterOf(options.value('d')) ?? '\t';
  const joiner = delimiterOf(options.value('o')) ?? delimiter;
  const chosen = chooser(spans, options.has('complement'));
  return (bytes) => {
    const fields = bytesToText(bytes).split(delimiter);
    if (fields.length === 1) return options.has('s') ? undefined : fields[0];
    return fields.filter((_, at) => chosen(at + 1)).join(joiner);
  };
}

function byteCutter(options: Invocation['options'], spans: readonly Span[]): Cutter {
  const ranges = options.has('complement') ? complementOf(spans) : spans;
  const joiner = delimiterOf(options.value('o')) ?? '';
  return (bytes) =>
    joiner === ''
      ? bytesToText(Uint8Array.from(ranges.flatMap(([from, to]) => [...bytes.subarray(from - 1, to)])))
      : ranges
          .filter(([from]) => from <= bytes.length)
          .map(([from, to]) => bytesToText(bytes.subarray(from - 1, to)))
          .join(joiner);
}

const chooser =
  (spans: readonly Span[], complement: boolean) =>
  (at: number): boolean =>
    spans.some(([from, to]) => at >= from && at <= to) !== complement;

function complementOf(spans: readonly Span[]): readonly Span[] {
  const gaps: Span[] = [];
  let next = 1;
  for (const [from, to] of spans) {
    if (from > next) gaps.push([next, from - 1]);
    next = to + 1;
  }
  if (next !== Infinity) gaps.push([next, Infinity]);
  return gaps;
}
