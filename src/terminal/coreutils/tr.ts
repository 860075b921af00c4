import { C_ESCAPES } from '../../formats/c-escapes.ts';
import { failed } from '../../protocol/errno.ts';
import { bytesToText, wholeCharacters } from '../text.ts';
import { concatBytes, EMPTY_BYTES } from '../../protocol/bytes.ts';
import { command, usageError } from './command.ts';

export const tr = command(
  {
    name: 'tr',
    short: 'cCdst',
    long: { complement: 'c', delete: 'd', 'squeeze-repeats': 's', 'truncate-set1': 't' },
    stopEarly: true,
  },
  async (call) => {
    const { options, io, process } = call;
    const [first, second] = call.operands;
    if (first === undefined) return await usageError(call, 'missing operand');
    const deletes = options.has('d');
    const squeezes = options.has('s');
    if (second === undefined && !deletes && !squeezes) {
      await io.warn(`missing operand after '${first}'`);
      await io.raw("Two strings must be given when translating.\nTry 'tr --help' for more information.\n");
      return 1;
    }
    if (second !== undefined && deletes && !squeezes) {
      await io.warn(`extra operand '${second}'`);
      await io.raw(
        "Only one string may be given when deleting without squeezing repeats.\nTry 'tr --help' for more information.\n",
      );
      return 1;
    }
    const complement = options.has('c') || options.has('C');
    const from = expandSet(first, undefined);
    const inFirst = new Set(from);
    const to = second === undefined ? [] : expandSet(second, from.length);
    const isFirst = (char: string): boolean => inFirst.has(char) !== complement;
    const map = new Map<string, string>();
    if (!complement)
      from.forEach((char, at) => {
        if (!(options.has('t') && at >= to.length)) map.set(char, to[at] ?? to.at(-1) ?? char);
      });
    const squeezeSet = new Set(second === undefined ? from : to);
    const squeezable = (char: string): boolean => (second === undefined ? isFirst(char) : squeezeSet.has(char));
    let previous = '';
    let held: Uint8Array = EMPTY_BYTES;
    for (;;) {
      const bytes = await process.read(0, 65_536);
      if (failed(bytes)) break;
      const all = concatBytes([held, bytes]);
      const whole = bytes.length === 0 ? all.length : wholeCharacters(all);
      held = all.subarray(whole);
      let out = '';
      for (const char of bytesToText(all.subarray(0, whole))) {
        if (deletes && isFirst(char)) continue;
        const mapped = deletes
          ? char
          : complement && second !== undefined && isFirst(char)
            ? (to.at(-1) ?? char)
            : (map.get(char) ?? char);
        if (squeezes && mapped === previous && squeezable(mapped)) continue;
        previous = mapped;
        out += mapped;
      }
      io.out(out);
      if (!(await io.flush()) || bytes.length === 0) break;
    }
    return await io.end(0);
  },
);

const CLASSES: Readonly<Record<string, RegExp>> = {
  alpha: /[A-Za-z]/,
  digit: /[0-9]/,
  alnum: /[A-Za-z0-9]/,
  upper: /[A-Z]/,
  lower: /[a-z]/,
  space: /[\t\n\v\f\r ]/,
  blank: /[\t ]/,
  punct: /[!-/:-@[-`{-~]/,
  cntrl: /[\x00-\x1f\x7f]/,
  print: /[ -~]/,
  graph: /[!-~]/,
  xdigit: /[0-9A-Fa-f]/,
};

/** The characters of a set, in order. */
function expandSet(text: string, wanted: number | undefined): string[] {
  const out: string[] = [];
  const chars: string[] = [];
  let rest = text;
  const literal: boolean[] = [];
  while (rest !== '') {
    const klass = /^\[:(\w+):\]/.exec(rest);
    const repeat = /^\[(.)\*(\d*)\]/su.exec(rest);
    const equal = /^\[=(.)=\]/su.exec(rest);
    const octal = /^\\([0-7]{1,3})/.exec(rest);
    if (klass !== null) {
      const matcher = CLASSES[klass[1] ?? ''];
      for (let code = 0; code < 128; code += 1)
        if (matcher?.test(String.fromCharCode(code)) === true) push(String.fromCharCode(code));
      rest = rest.slice(klass[0].length);
    } else if (repeat !== null) {
      const count =
        repeat[2] === ''
          ? Math.max(0, (wanted ?? 0) - chars.length)
          : Number.parseInt(repeat[2] ?? '0', repeat[2]?.startsWith('0') === true ? 8 : 10);
      for (let i = 0; i < count; i += 1) push(repeat[1] ?? '');
      rest = rest.slice(repeat[0].length);
    } else if (equal !== null) {
      push(equal[1] ?? '');
      rest = rest.slice(equal[0].length);
    } else if (octal !== null) {
      push(String.fromCharCode(Number.parseInt(octal[1] ?? '0', 8)));
      rest = rest.slice(octal[0].length);
    } else if (rest.startsWith('\\') && rest.length > 1) {
      push(C_ESCAPES[rest.charAt(1)] ?? rest.charAt(1));
      rest = rest.slice(2);
    } else {
      const [char = ''] = rest;
      rest = rest.slice(char.length);
      const range = /^-(\\?.)/su.exec(rest);
      const upper =
        range === null ? undefined : (range[1] ?? '').replace(/^\\(.)$/su, (_, c: string) => C_ESCAPES[c] ?? c);
      if (char !== '' && upper !== undefined && rest.length > 1 && char <= upper) {
        for (let code = char.codePointAt(0) ?? 0; code <= (upper.codePointAt(0) ?? 0); code += 1)
          push(String.fromCodePoint(code));
        rest = rest.slice(range?.[0].length ?? 0);
      } else push(char);
    }
  }
  out.push(...chars);
  return out;

  function push(char: string): void {
    chars.push(char);
    literal.push(true);
  }
}
