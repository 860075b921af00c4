/** column (util-linux 2.38). Leaves out: trees, and columns that are cut or wrapped to the width of a terminal. */
import { failed, strerror } from '../../../protocol/errno.ts';
import { cellWidth } from '../../../formats/cell-width.ts';
import { readAll } from '../../io.ts';
import { bytesToText } from '../../text.ts';
import type { Invocation } from '../command.ts';
import { command } from '../command.ts';

export const column = command(
  {
    name: 'column',
    calls: 'short',
    short: 'c:ts:o:N:n:R:O:l:xLdeE:H:JT:W:r:i:p:',
    long: {
      json: 'J',
      'keep-empty-lines': 'L',
      fillrows: 'x',
      'output-separator': 'o',
      'output-width': 'c',
      separator: 's',
      table: 't',
      'table-columns': 'N',
      'table-columns-limit': 'l',
      'table-header-repeat': 'e',
      'table-hide': 'H',
      'table-name': 'n',
      'table-noextreme': 'E',
      'table-noheadings': 'd',
      'table-order': 'O',
      'table-right': 'R',
      'table-truncate': 'T',
      'table-wrap': 'W',
      tree: 'r',
      'tree-id': 'i',
      'tree-parent': 'p',
    },
    absent: ['e', 'E', 'T', 'W', 'r', 'i', 'p'],
  },
  async (call) => {
    const { io, options } = call;
    const problem = misuse(call);
    if (problem !== undefined) {
      await io.warn(problem);
      return 1;
    }
    const { lines, status } = await inputLines(call);
    if (lines.length === 0) return await io.end(status);
    if (!options.has('t') && !options.has('J')) io.out(fill(lines, widthOf(call), options.has('x')));
    else {
      const made = tableOf(call, lines);
      if ('problem' in made) {
        await io.warn(made.problem);
        return 1;
      }
      io.out(options.has('J') ? json(made, options.value('n') ?? 'table') : columns(made, options.value('o') ?? '  '));
    }
    // A table that could be shown hides that a file could not be read.
    return await io.end(options.has('t') || options.has('J') ? 0 : status);
  },
);

function misuse({ options }: Invocation): string | undefined {
  if (options.has('J')) return options.has('N') ? undefined : 'option --table-columns required for --json';
  const forTables = ['N', 'n', 'R', 'O', 'H', 'l', 'd'].some((letter) => options.has(letter));
  if (forTables && !options.has('t')) return 'option --table required for all --table-*';
  const width = options.value('c');
  return width === undefined || /^\d+$/.test(width) ? undefined : `invalid columns argument: '${width}'`;
}

async function inputLines(call: Invocation): Promise<{ readonly lines: readonly string[]; readonly status: number }> {
  const lines: string[] = [];
  let status = 0;
  // A dash is a file like others.
  const isNamed = call.operands.length > 0;
  for (const name of isNamed ? call.operands : ['-']) {
    const fd = isNamed ? call.process.open(name, { read: true }) : 0;
    const bytes = failed(fd) ? fd : await readAll(call.process, fd);
    if (failed(bytes)) {
      await call.io.warn(`${failed(fd) ? name : 'read failed'}: ${strerror(bytes)}`);
      status += 1;
    } else {
      for (const line of bytesToText(bytes).replace(/\n$/, '').split('\n'))
        if (call.options.has('L') || line.trim() !== '') lines.push(line);
    }
  }
  return { lines, status };
}

/** Rows with the columns that are shown, in their order. */
interface Table {
  readonly names: readonly string[] | undefined;
  readonly heading: boolean;
  readonly rows: readonly (readonly string[])[];
  readonly order: readonly number[];
  readonly right: ReadonlySet<number>;
}

function tableOf({ options }: Invocation, lines: readonly string[]): Table | { readonly problem: string } {
  const limit = options.has('l') ? Number(options.value('l')) : Infinity;
  const rows = lines.map((line) => cells(line, options.value('s'), limit));
  const names = options.value('N')?.split(',');
  const count = rows.reduce((most, row) => Math.max(most, row.length), names?.length ?? 0);
  const wide = rows.findIndex((row) => row.length > (names?.length ?? 0));
  if (options.has('J') && wide >= 0)
    return {
      problem: `line ${String(wide + 2)}: for JSON the name of the column ${String((names?.length ?? 0) + 1)} is required`,
    };
  const chosen = new Map<string, readonly number[]>();
  for (const letter of ['H', 'O', 'R']) {
    const found: number[] = [];
    for (const part of (options.value(letter) ?? '').split(',').filter((text) => text !== '')) {
      const at = /^\d+$/.test(part) ? Number(part) - 1 : (names?.indexOf(part) ?? -1);
      if (at < 0 && !/^\d+$/.test(part) && part !== '-') return { problem: `undefined column name '${part}'` };
      if (part === '-')
        found.push(
          ...Array.from({ length: count }, (_, index) => index).filter((index) => index >= (names?.length ?? 0)),
        );
      else found.push(at);
    }
    chosen.set(letter, found);
  }
  const first = chosen.get('O') ?? [];
  const rest = Array.from({ length: count }, (_, at) => at).filter((at) => !first.includes(at));
  const hidden = chosen.get('H') ?? [];
  return {
    names,
    heading: !options.has('d'),
    rows,
    order: [...first, ...rest].filter((at) => !hidden.includes(at)),
    right: new Set(chosen.get('R')),
  };
}

/** The cells of a line: between blanks, or one at each separator; the last of a limit has the rest. */
function cells(line: string, separator: string | undefined, limit: number): readonly string[] {
  const found: string[] = [];
  let rest = separator === undefined ? line.trim() : line;
  while (found.length + 1 < limit) {
    const at = separator === undefined ? rest.search(/[ \t]/) : [...rest].findIndex((char) => separator.includes(char));
    if (at < 0) break;
    const head = separator === undefined ? rest.slice(0, at) : [...rest].slice(0, at).join('');
    found.push(head);
    rest = separator === undefined ? rest.slice(at).replace(/^[ \t]+/, '') : [...rest].slice(at + 1).join('');
  }
  return [...found, rest];
}

/** Arguments of a call are bounded, lines are not. */
const widest = (texts: readonly string[]): number => texts.reduce((most, text) => Math.max(most, cellWidth(text)), 0);

function columns({ names, heading, rows, order, right }: Table, glue: string): string {
  const all = names === undefined || !heading ? rows : [names, ...rows];
  const widths = order.map((at) => widest(all.map((row) => row[at] ?? '')));
  return all
    .map((row) => {
      const shown = order.map((at, place) => {
        const text = row[at] ?? '';
        const pad = ' '.repeat((widths[place] ?? 0) - cellWidth(text));
        return right.has(at) ? pad + text : place === order.length - 1 ? text : text + pad;
      });
      return `${shown.join(glue)}\n`;
    })
    .join('');
}

function json({ names = [], rows, order }: Table, name: string): string {
  const objects = rows.map((row) => {
    const fields = order.map((at) => {
      const cell = row[at];
      return `         ${JSON.stringify((names[at] ?? '').toLowerCase())}: ${cell === undefined ? 'null' : JSON.stringify(cell)}`;
    });
    return `{\n${fields.join(',\n')}\n      }`;
  });
  return `{\n   ${JSON.stringify(name)}: [\n      ${objects.join(',')}\n   ]\n}\n`;
}

function widthOf(call: Invocation): number {
  const size = call.process.windowSize(1);
  return Number(call.options.value('c') ?? (failed(size) ? (call.process.env['COLUMNS'] ?? '80') : size.columns));
}

/** Cells of one width (a multiple of the tab stop), columns first or rows first. */
function fill(lines: readonly string[], width: number, rowsFirst: boolean): string {
  const step = (Math.floor(widest(lines) / 8) + 1) * 8;
  if (step >= width) return `${lines.join('\n')}\n`;
  const columns = Math.max(1, Math.floor(width / step));
  const rows = Math.ceil(lines.length / columns);
  let out = '';
  for (let row = 0; row < rows; row += 1) {
    const picked = rowsFirst
      ? lines.slice(row * columns, (row + 1) * columns)
      : Array.from({ length: columns }, (_, at) => lines[at * rows + row]).filter((text) => text !== undefined);
    out += `${picked.map((text, at) => (at === picked.length - 1 ? text : text + '\t'.repeat(Math.ceil((step - cellWidth(text)) / 8)))).join('')}\n`;
  }
  return out;
}
