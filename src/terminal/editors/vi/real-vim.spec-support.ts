/** Types the same keys into the machine's vim and into a lab's vi: what both show then, and the files they leave. */
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import type { LabTerminal } from '../../testing/lab-terminal.spec-support.ts';

export interface Seen {
  /** The rows of the screen; undefined where the keys have left the editor. */
  readonly screen: readonly string[] | undefined;
  /** The regular files and what is in them. */
  readonly files: Readonly<Record<string, string>>;
}

const FILES: Readonly<Record<string, string>> = {
  f: 'alpha beta gamma\n\tindented line\nkey: "value one" # c\nfoo(bar, baz)\n\nlast 한글 word\nend\n',
  g: 'other file\nsecond line\n',
  long: Array.from({ length: 120 }, (_, at) => `line ${String(at + 1)}\n`).join(''),
  ro: 'read only\n',
};

/** vim as a fresh Debian account has it, without colours; a last key writes the screen down and leaves. */
const SHOW_KEY = '\x1d';
const VIMRC = `source $VIMRUNTIME/defaults.vim
syntax off
function Show()
  redraw
  let Cell = {row, column -> screenstring(row, column)}
  call writefile(map(range(1, &lines), {_, row -> join(map(range(1, &columns), {_, column -> Cell(row, column)}), '')}), '.screen')
  qall!
endfunction
noremap <C-]> <Cmd>call Show()<CR>
noremap! <C-]> <Cmd>call Show()<CR>
`;

export const hasVim = spawnSync('vim', ['--version'], { encoding: 'utf8' }).stdout?.startsWith('VIM - Vi IMproved 9');

const trimmed = (rows: readonly string[]): readonly string[] => {
  const last = rows.findLastIndex((row) => row.trimEnd() !== '');
  return rows.slice(0, last + 1).map((row) => row.trimEnd());
};

/** What vim shows and leaves after a command line such as `vim f` and keys. */
export function realVim(commandLine: string, keys: string): Seen {
  const folder = mkdtempSync(path.join(tmpdir(), 'drydock-'));
  for (const [name, text] of Object.entries(FILES)) writeFileSync(path.join(folder, name), text);
  chmodSync(path.join(folder, 'ro'), 0o444);
  mkdirSync(path.join(folder, 'dir'));
  writeFileSync(path.join(folder, '.rc'), VIMRC);
  writeFileSync(path.join(folder, '.keys'), keys + SHOW_KEY);
  const [name, ...args] = commandLine.split(' ');
  const started = `stty cols 80 rows 24; exec ${name ?? 'vim'} -u .rc -i NONE -n -s .keys ${args.join(' ')}`;
  spawnSync('script', ['-qec', started, '/dev/null'], {
    cwd: folder,
    env: { PATH: '/usr/bin:/bin', TERM: 'xterm-256color', LC_ALL: 'C.UTF-8', SHELL: '/bin/sh' },
    stdio: 'ignore',
    timeout: 10_000,
  });
  const shown = path.join(folder, '.screen');
  const screen = existsSync(shown) ? trimmed(readFileSync(shown, 'utf8').split('\n')) : undefined;
  const names = readdirSync(folder, { withFileTypes: true }).filter(
    (each) => each.isFile() && !each.name.startsWith('.'),
  );
  const files = Object.fromEntries(
    names.map((each) => [each.name, readFileSync(path.join(folder, each.name), 'utf8')]),
  );
  rmSync(folder, { recursive: true });
  return { screen, files };
}

const PROMPT = 'shell-again> ';
/** What the shell's line editor prints before its prompt. */
const BEFORE_PROMPT = '\x1b[?2004h';

/** The same of the vi in a lab. */
export async function labVi(lab: LabTerminal, commandLine: string, keys: string): Promise<Seen> {
  const make = Object.entries(FILES).map(([name, text]) => `printf %s ${quoted(text)} > ${name}`);
  await lab.type(` PS1='${PROMPT}'; cd; rm -rf v; mkdir -p v/dir; cd v; ${make.join('; ')}; chmod 444 ro; clear\r`);
  await lab.type(`${commandLine}\r`);
  await lab.keys(keys);
  const screen = await lab.screen();
  const left = screen.at(-1) === PROMPT.trimEnd() || screen.at(-1) === PROMPT;
  if (!left) await lab.keys('\r', '\x1b', '\x1b', ':qa!\r');
  lab.printed();
  await lab.type('for n in *; do [ -f $n ] && echo "<$n>" && cat $n; done\r');
  const parts = lab
    .printed()
    .replaceAll('\r\n', '\n')
    .split(/^<(\w+)>\n/m)
    .slice(1);
  const files: Record<string, string> = {};
  for (let at = 0; at + 1 < parts.length; at += 2)
    files[parts[at] ?? ''] = (parts[at + 1] ?? '').split(BEFORE_PROMPT)[0] ?? '';
  return { screen: left ? undefined : trimmed(screen), files };
}

const quoted = (text: string): string => `$'${text.replaceAll('\n', '\\n').replaceAll('\t', '\\t')}'`;
