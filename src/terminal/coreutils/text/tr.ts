/** tr (GNU coreutils 9.4): translates, deletes and squeezes bytes. */
import { helpHint } from '../help-hint.ts';
import { failed } from '../../../protocol/errno.ts';
import type { Invocation } from '../command.ts';
import { command, usageError } from '../command.ts';
import { parseSet, type Piece } from './tr-set.ts';

export const tr = command(
  {
    name: 'tr',
    short: 'cCdst',
    long: { complement: 'c', delete: 'd', 'squeeze-repeats': 's', 'truncate-set1': 't' },
    stopEarly: true,
    usage: '[OPTION]... STRING1 [STRING2]',
  },
  async (call) => {
    const { options, io, process } = call;
    const deletes = options.has('d');
    const squeezes = options.has('s');
    const [first, second] = call.operands;
    if (first === undefined || (second === undefined && deletes === squeezes))
      return await missingOperand(call, squeezes);
    const most = deletes && !squeezes ? 1 : 2;
    if (call.operands.length > most) return await extraOperand(call, most);
    const plan = planTables(first, second, {
      deletes,
      squeezes,
      complements: options.has('c') || options.has('C'),
      truncates: options.has('t'),
    });
    if (typeof plan === 'string') {
      await io.warn(plan);
      return 1;
    }
    for (const warning of plan.warnings) await io.warn(`warning: ${warning}`);
    let previous = -1;
    for (;;) {
      const bytes = await process.read(0, 65_536);
      if (failed(bytes)) {
        if (bytes.errno === 'EINTR') continue;
        await io.warn('read error: Is a directory');
        return 1;
      }
      if (bytes.length === 0) break;
      const out = new Uint8Array(bytes.length);
      let length = 0;
      for (const byte of bytes) {
        if (plan.gone[byte] === 1) continue;
        const mapped = plan.map[byte] ?? 0;
        if (mapped === previous && plan.single[mapped] === 1) continue;
        previous = mapped;
        out[length] = mapped;
        length += 1;
      }
      if (length > 0 && !(await io.bytes(out.subarray(0, length)))) break;
    }
    return await io.end(0);
  },
);

async function missingOperand(call: Invocation, squeezes: boolean): Promise<number> {
  const [first] = call.operands;
  if (first === undefined || call.flavour === 'busybox') return await usageError(call, 'missing operand');
  await call.io.warn(`missing operand after \u2018${first}\u2019`);
  await call.io.raw(
    `Two strings must be given when ${squeezes ? 'both deleting and squeezing repeats' : 'translating'}.\n${helpHint(call.io)}\n`,
  );
  return 1;
}

async function extraOperand(call: Invocation, most: number): Promise<number> {
  await call.io.warn(`extra operand \u2018${call.operands[most] ?? ''}\u2019`);
  if (call.operands.length === 2)
    await call.io.raw('Only one string may be given when deleting without squeezing repeats.\n');
  await call.io.raw(`${helpHint(call.io)}\n`);
  return 1;
}

interface Tables {
  readonly warnings: readonly string[];
  /** What each byte becomes. */
  readonly map: Uint8Array;
  readonly gone: Uint8Array;
  /** Bytes of which only one stays of a run. */
  readonly single: Uint8Array;
}
interface Mode {
  readonly deletes: boolean;
  readonly squeezes: boolean;
  readonly complements: boolean;
  readonly truncates: boolean;
}

function planTables(first: string, second: string | undefined, mode: Mode): Tables | string {
  const firstSet = parseSet(first);
  if (typeof firstSet === 'string') return firstSet;
  const one = firstSet.pieces;
  if (one.some(({ type }) => type === 'fill')) return 'the [c*] repeat construct may not appear in string1';
  const listed = one.flatMap((piece) => (piece.type === 'fill' ? [] : piece.bytes));
  const inFirst = new Set(listed);
  const from = mode.complements ? ALL_BYTES.filter((byte) => !inFirst.has(byte)) : listed;
  const map = Uint8Array.from(ALL_BYTES);
  const secondSet = second === undefined ? undefined : parseSet(second);
  if (typeof secondSet === 'string') return secondSet;
  const two = secondSet?.pieces;
  const translates = two !== undefined && !mode.deletes;
  const problem = two === undefined ? undefined : secondSetProblem(one, two, translates);
  if (problem !== undefined) return problem;
  const to = two === undefined ? [] : expand(two, from.length);
  if (translates) {
    const last = to.at(-1);
    if (!mode.truncates && from.length > to.length) {
      if (last === undefined) return 'when not truncating set1, string2 must be non-empty';
      if (two.at(-1)?.type === 'class')
        return 'when translating with string1 longer than string2,\nthe latter string must not end with a character class';
    }
    if (mode.complements && one.some(({ type }) => type === 'class') && new Set(to).size > 1)
      return 'when translating with complemented character classes,\nstring2 must map all characters in the domain to one';
    for (const [at, byte] of from.entries()) {
      const mapped = at < to.length ? to[at] : mode.truncates ? undefined : last;
      if (mapped !== undefined) map[byte] = mapped;
    }
  }
  return {
    warnings: [...firstSet.warnings, ...(secondSet?.warnings ?? [])],
    map,
    gone: tableOf(mode.deletes ? from : []),
    single: tableOf(!mode.squeezes ? [] : two === undefined ? from : to),
  };
}

const ALL_BYTES = Array.from({ length: 256 }, (_, byte) => byte);

function tableOf(bytes: readonly number[]): Uint8Array {
  const table = new Uint8Array(256);
  for (const byte of bytes) table[byte] = 1;
  return table;
}

const isCase = (piece: Piece): boolean => piece.type === 'class' && (piece.name === 'upper' || piece.name === 'lower');

function secondSetProblem(one: readonly Piece[], two: readonly Piece[], translates: boolean): string | undefined {
  const fills = two.filter(({ type }) => type === 'fill').length;
  if (fills > 1) return 'only one [c*] repeat construct may appear in string2';
  if (!translates) return fills > 0 ? 'the [c*] construct may appear in string2 only when translating' : undefined;
  if (two.some(({ type }) => type === 'equivalents'))
    return '[=c=] expressions may not appear in string2 when translating';
  if (two.some((piece) => piece.type === 'class' && !isCase(piece)))
    return "when translating, the only character classes that may appear in\nstring2 are 'upper' and 'lower'";
  const places = casePlaces(one, 0);
  return casePlaces(two, lengthOf(one) - lengthOf(two)).every((place) => places.includes(place))
    ? undefined
    : 'misaligned [:upper:] and/or [:lower:] construct';
}

const lengthOf = (pieces: readonly Piece[]): number =>
  pieces.reduce((sum, piece) => sum + (piece.type === 'fill' ? 0 : piece.bytes.length), 0);

/** Where the classes of case begin; `fill` is how much `[x*]` takes. */
function casePlaces(pieces: readonly Piece[], fill: number): readonly number[] {
  const places: number[] = [];
  let at = 0;
  for (const piece of pieces) {
    if (isCase(piece)) places.push(at);
    at += piece.type === 'fill' ? Math.max(0, fill) : piece.bytes.length;
  }
  return places;
}

function expand(pieces: readonly Piece[], wanted: number): readonly number[] {
  const missing = Math.max(0, wanted - lengthOf(pieces));
  return pieces.flatMap((piece) =>
    piece.type === 'fill' ? new Array<number>(missing).fill(piece.byte) : [...piece.bytes],
  );
}
