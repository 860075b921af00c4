import { failed, strerror } from '../../protocol/errno.ts';
import { cellWidth } from '../../formats/cell-width.ts';
import { readOperand } from '../io.ts';
import { bytesToText } from '../text.ts';
import type { Invocation } from './command.ts';
import { command } from './command.ts';

export const column = command(
  {
    name: 'column',
    short: 'c:ts:o:N:R:xLneH:',
    long: {
      table: 't',
      separator: 's',
      'output-separator': 'o',
      'table-columns': 'N',
      'table-right': 'R',
      'output-width': 'c',
      fillrows: 'x',
      'keep-empty-lines': 'L',
      'table-noheadings': 'd',
      'table-hide': 'H',
      json: 'J',
    },
  },
  async (call) => {
    const { io, options, process } = call;
    for (const letter of ['J', 'H', 'e', 'n']) {
      if (!options.has(letter)) continue;
      await io.raw(`drydock: 'column -${letter}' is not simulated\n`);
      return 1;
    }
    const lines: string[] = [];
    let status = 0;
    for (const name of call.operands.length === 0 ? ['-'] : call.operands) {
      const bytes = await readOperand(process, name);
      if (failed(bytes)) {
        await io.warn(`${name}: ${strerror(bytes)}`);
        status = 1;
      } else
        lines.push(
          ...bytesToText(bytes)
            .replace(/\n$/, '')
            .split('\n')
            .filter((line) => options.has('L') || line.trim() !== ''),
        );
    }
    if (lines.length > 0) io.out(options.has('t') ? table(call, lines) : fill(lines, widthOf(call), options.has('x')));
    return await io.end(status);
  },
);

function table(call: Invocation, lines: readonly string[]): string {
  const { options } = call;
  const separator = options.value('s');
  const glue = options.value('o') ?? '  ';
  const cut = (line: string): readonly string[] => {
    if (separator === undefined) return line.trim().split(/[ \t]+/);
    const cells = [''];
    for (const char of line)
      if (separator.includes(char)) cells.push('');
      else cells[cells.length - 1] = (cells.at(-1) ?? '') + char;
    return cells;
  };
  const names = options.value('N')?.split(',');
  const rows = [...(names === undefined || options.has('d') ? [] : [names]), ...lines.map(cut)];
  const count = Math.max(...rows.map((row) => row.length));
  const widths = Array.from({ length: count }, (_, at) => Math.max(...rows.map((row) => cellWidth(row[at] ?? ''))));
  const right = new Set(
    (options.value('R') ?? '')
      .split(',')
      .filter((part) => part !== '')
      .map((part) => (/^\d+$/.test(part) ? Number(part) - 1 : (names?.indexOf(part) ?? -1))),
  );
  return rows
    .map((row) => {
      const cells = widths.map((width, at) => {
        const text = row[at] ?? '';
        const pad = ' '.repeat(width - cellWidth(text));
        return right.has(at) ? pad + text : at === count - 1 ? text : text + pad;
      });
      return `${cells.join(glue)}\n`;
    })
    .join('');
}

function widthOf(call: Invocation): number {
  const size = call.process.windowSize(1);
  return Number(call.options.value('c') ?? (failed(size) ? (call.process.env['COLUMNS'] ?? '80') : size.columns));
}

/** Cells of one width (a multiple of the tab stop), columns first or rows first. */
function fill(lines: readonly string[], width: number, rowsFirst: boolean): string {
  const step = (Math.floor(Math.max(...lines.map(cellWidth)) / 8) + 1) * 8;
  if (step >= width) return `${lines.join('\n')}\n`;
  const columns = Math.max(1, Math.floor(width / step));
  const rows = Math.ceil(lines.length / columns);
  let out = '';
  for (let row = 0; row < rows; row += 1) {
    const picked = rowsFirst
      ? lines.slice(row * columns, (row + 1) * columns)
      : lines.filter((_, at) => at % rows === row);
    out += `${picked.map((text, at) => (at === picked.length - 1 ? text : text + '\t'.repeat(Math.ceil((step - cellWidth(text)) / 8)))).join('')}\n`;
  }
  return out;
}
