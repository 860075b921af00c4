import { fileText } from '../../io.ts';
import { applyFile } from '../../readline/init-file.ts';
import type { Op } from '../machine/op.ts';
import type { Shell } from '../shell.ts';

/** Reads ~/.inputrc, or what INPUTRC names, or /etc/inputrc. */
export function* readInputrc(shell: Shell): Op<void> {
  const home = shell.vars.get('HOME') ?? '';
  const [path, text] =
    [shell.vars.get('INPUTRC') ?? `${home}/.inputrc`, '/etc/inputrc']
      .map((name) => [name, fileText(shell.process, name)] as const)
      .find(([, content]) => content !== undefined) ?? [];
  if (path === undefined || text === undefined) return;
  const problems = applyFile(shell.readline, text);
  if (shell.readline.variables.get('editing-mode') === 'vi') useVi(shell);
  for (const problem of problems) yield* shell.write(2, `readline: ${path}: ${problem}\n`);
}

export function useVi(shell: Shell): void {
  shell.options.delete('emacs');
  shell.options.add('vi');
}
