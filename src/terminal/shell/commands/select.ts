import { cellWidth } from '../../../formats/cell-width.ts';
import type { TreeFrame } from '../machine/frames.ts';
import type { Op } from '../machine/op.ts';
import { promptText } from '../prompt/prompt.ts';
import { readLine } from '../input/read-line.ts';
import type { Shell } from '../shell.ts';

/** One step of `select`: shows the menu, asks, or goes on after the body. */
export function* stepSelect(shell: Shell, frame: Extract<TreeFrame, { type: 'select' }>): Op<void> {
  const { node, source, words } = frame;
  if (frame.stage === 'body') frame.stage = 'ask';
  if (frame.stage === 'menu') yield* shell.write(2, menu(words, Number(shell.vars.get('COLUMNS') ?? '80')));
  yield* shell.write(2, promptText(shell, shell.vars.get('PS3') ?? '#? '));
  const line = yield* readLine(shell, 0, { delimiter: 10, raw: false });
  if (line.type !== 'line') {
    yield* shell.write(1, '\n');
    shell.assign('REPLY', '');
    shell.stack.pop();
    shell.status = 1;
    return;
  }
  shell.assign('REPLY', line.text);
  if (line.text === '') {
    frame.stage = 'menu';
    return;
  }
  shell.assign(node.name.value, words[/^\s*\d+\s*$/.test(line.text) ? Number(line.text) - 1 : -1] ?? '');
  frame.stage = 'body';
  const { body } = node;
  shell.stack.push({ type: 'list', source, node: body, at: 0, until: body.commands.length, quiet: frame.quiet });
}

const TAB = 8;

/** The menu of `select`: columns from top to bottom, as wide as the longest word (bash's print_select_list). */
function menu(words: readonly string[], width: number): string {
  const digits = String(words.length).length;
  const cell = Math.max(...words.map(cellWidth)) + digits + 4;
  const fitting = Math.max(1, Math.floor(width / cell));
  let rows = Math.ceil(words.length / fitting);
  if (rows === 1) rows = words.length;
  let text = '';
  for (let row = 0; row < rows; row += 1) {
    for (let at = row, column = 0; at < words.length; at += rows, column += cell) {
      const label = `${String(at + 1).padStart(column === 0 ? String(rows).length : digits)}) ${words[at] ?? ''}`;
      text += label + (at + rows < words.length ? indent(column + cellWidth(label), column + cell) : '');
    }
    text += '\n';
  }
  return text;
}

/** Tabs and spaces from one column to another. */
function indent(from: number, to: number): string {
  let text = '';
  for (let at = from; at < to;) {
    const tab = Math.floor(to / TAB) > Math.floor(at / TAB);
    text += tab ? '\t' : ' ';
    at += tab ? TAB - (at % TAB) : 1;
  }
  return text;
}
