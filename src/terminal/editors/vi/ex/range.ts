/** Line ranges of commands: numbers, . $ % marks, patterns, offsets. */
import { nextMatch, WRAPPED } from '../search/search.ts';
import type { ViState } from '../state/state.ts';

export interface Range {
  readonly from: number;
  readonly to: number;
  readonly given: boolean;
  /** Whether two lines were named. */
  readonly both: boolean;
  /** The last row as it was asked for: -1 is above the first. */
  readonly asked: number;
}

export type Parsed =
  | { readonly range: Range; readonly body: string; readonly notice: string }
  | { readonly message: string }
  /** The command with its lines the right way round. */
  | { readonly backwards: string };

/** A row, and what there is to say of the way to it. */
interface Address {
  readonly row: number;
  readonly notice: string;
}

const ADDRESS = /^(?:\d+|\.|\$|'.|\/(?:\\.|[^\\/])*(?:\/|$)|\?(?:\\.|[^\\?])*(?:\?|$)|\\[/?&])?(?:\s*[-+]\d*)*/;

/** A command parted into its range and what follows. */
export function parseRange(state: ViState, text: string): Parsed {
  let rest = text.replace(/^[\s:]+/, '');
  const last = state.lines.length - 1;
  if (rest.startsWith('%'))
    return {
      range: { from: 0, to: last, given: true, both: true, asked: last },
      body: rest.slice(1).trimStart(),
      notice: '',
    };
  if (rest.startsWith('*')) rest = `'<,'>${rest.slice(1)}`;
  let base = state;
  const rows: number[] = [];
  let notice = '';
  for (;;) {
    const address = ADDRESS.exec(rest)?.[0] ?? '';
    rest = rest.slice(address.length).trimStart();
    const separator = /^[,;]/.exec(rest)?.[0];
    if (address !== '' || separator !== undefined || rows.length > 0) {
      const found = readAddress(base, address.trim());
      if (typeof found === 'string') return { message: found };
      rows.push(found.row);
      if (found.notice !== '') notice = found.notice;
    }
    if (separator === undefined) break;
    rest = rest.slice(1).trimStart();
    if (separator === ';') base = { ...state, row: Math.max(0, rows.at(-1) ?? 0) };
  }
  return whole(state, rows, rest, notice);
}

function whole(state: ViState, rows: readonly number[], body: string, notice: string): Parsed {
  const last = state.lines.length - 1;
  const to = rows.at(-1) ?? state.row;
  const from = rows.at(-2) ?? to;
  const outside = (row: number): boolean => row > last || row < -1;
  if (from > to) return { backwards: `${String(to + 1)},${String(from + 1)}${body}` };
  if (to < -1 || (body !== '' && (outside(from) || outside(to)))) return { message: 'E16: Invalid range' };
  const range = {
    from: Math.max(0, from),
    to: Math.max(0, to),
    given: rows.length > 0,
    both: rows.length > 1,
    asked: to,
  };
  return { range, body, notice };
}

/** A row, or what vim says of an address that leads nowhere. */
export function addressRow(state: ViState, text: string): number | string {
  const found = readAddress(state, text);
  return typeof found === 'string' ? found : found.row;
}

function readAddress(state: ViState, text: string): Address | string {
  const [, base = '', offsets = ''] =
    /^(\d+|\.|\$|'.|\/(?:\\.|[^\\/])*\/?|\?(?:\\.|[^\\?])*\??|\\[/?&])?((?:\s*[-+]\d*)*)$/.exec(text) ?? [];
  const shift = [...offsets.matchAll(/([-+])(\d*)/g)].reduce(
    (sum, [, sign, by]) => sum + Number(`${sign ?? '+'}${by === '' || by === undefined ? '1' : by}`),
    0,
  );
  const found = baseRow(state, base);
  if (typeof found === 'string') return found;
  return typeof found === 'number' ? { row: found + shift, notice: '' } : { ...found, row: found.row + shift };
}

function baseRow(state: ViState, base: string): number | Address | string {
  const { row } = state;
  if (base === '' || base === '.') return row;
  if (base === '$') return state.lines.length - 1;
  if (base.startsWith("'")) return state.marks[base.slice(1)]?.row ?? (base === "''" ? 0 : 'E20: Mark not set');
  if (/^\d/.test(base)) return Number(base) - 1;
  const forward = base.startsWith('/') || base === '\\/';
  const typed = base.startsWith('\\') ? '' : base.slice(1).replace(forward ? /\/$/ : /\?$/, '');
  const pattern = typed === '' ? state.search.pattern : typed;
  const column = forward ? (state.lines[row] ?? '').length : 0;
  const found = nextMatch(state, { row, column }, pattern, forward);
  if (found === undefined) return `E486: Pattern not found: ${pattern}`;
  const wraps = forward ? found.row <= row : found.row >= row;
  return { row: found.row, notice: wraps ? WRAPPED[forward ? 'forward' : 'back'] : '' };
}
