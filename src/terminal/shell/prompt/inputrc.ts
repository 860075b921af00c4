import { fileText } from '../../io.ts';
import type { LineEditor } from '../../readline/init-file.ts';
import { wait } from '../machine/op.ts';
import type { Op } from '../machine/op.ts';
import type { Shell } from '../shell.ts';

/** The shell's line editor as settings change it: its mode is an option of the shell. */
export const lineEditor = (shell: Shell): LineEditor => ({
  settings: shell.readline,
  get mode() {
    return shell.options.has('vi') ? 'vi' : 'emacs';
  },
  set mode(mode) {
    shell.options.delete(mode === 'vi' ? 'emacs' : 'vi');
    shell.options.add(mode);
  },
  term: shell.vars.get('TERM') ?? '',
  read: (path) => fileText(shell.process, path.replace(/^~(?=\/)/, shell.vars.get('HOME') ?? '')),
});

/** Reads ~/.inputrc, or what INPUTRC names, or /etc/inputrc. */
export function* readInputrc(shell: Shell): Op<void> {
  const home = shell.vars.get('HOME') ?? '';
  const [path, text] =
    [shell.vars.get('INPUTRC') ?? `${home}/.inputrc`, '/etc/inputrc']
      .map((name) => [name, fileText(shell.process, name)] as const)
      .find(([, content]) => content !== undefined) ?? [];
  if (path === undefined || text === undefined) return;
  const { applyFile } = yield* wait(shell.process.hold(import('../../readline/init-file.ts')));
  for (const problem of applyFile(lineEditor(shell), text)) yield* shell.write(2, `readline: ${path}: ${problem}\n`);
}
