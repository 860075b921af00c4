/** The type of a file by its name, and what vim's plug-ins for types set then; of YAML the indentation too. */
import { indentation } from './indentation.ts';
import type { ViOptions } from '../state/options.ts';
import type { ViState } from '../state/state.ts';
import { yamlIndent } from './yaml-indent.ts';

const BY_ENDING: Readonly<Record<string, string>> = {
  bash: 'sh',
  c: 'c',
  conf: 'conf',
  css: 'css',
  go: 'go',
  h: 'c',
  html: 'html',
  java: 'java',
  js: 'javascript',
  json: 'json',
  md: 'markdown',
  pl: 'perl',
  py: 'python',
  rb: 'ruby',
  rs: 'rust',
  service: 'systemd',
  sh: 'sh',
  tf: 'terraform',
  timer: 'systemd',
  toml: 'toml',
  ts: 'typescript',
  vim: 'vim',
  xml: 'xml',
  yaml: 'yaml',
  yml: 'yaml',
};
const BY_NAME: Readonly<Record<string, string>> = {
  Dockerfile: 'dockerfile',
  Makefile: 'make',
  crontab: 'crontab',
  fstab: 'fstab',
  hosts: 'conf',
  passwd: 'passwd',
  sshd_config: 'sshdconfig',
  sudoers: 'sudoers',
};

export function fileTypeOf(path: string | undefined): string {
  const name = path?.replace(/^.*\//, '') ?? '';
  return BY_NAME[name] ?? BY_ENDING[/\.([^.]+)$/.exec(name)?.[1] ?? ''] ?? '';
}

const SETTINGS: Readonly<Record<string, Partial<ViOptions>>> = {
  yaml: { expandtab: true, shiftwidth: 2, softtabstop: 2 },
  python: { expandtab: true, shiftwidth: 4, softtabstop: 4 },
};
export const settingsOf = (type: string): Partial<ViOptions> => SETTINGS[type] ?? {};

const isYaml = ({ options, indents }: ViState): boolean =>
  indents && options.others['filetype'] === 'yaml' && !options.paste;

/** A line of a file whose type has an indentation of its own, as that has it. */
export function indentedRow(state: ViState, row: number): string {
  const line = state.lines[row] ?? '';
  const width = yamlIndent(state.lines, row, state.options.shiftwidth);
  return indentation(state.options, width) + line.trimStart();
}

/** What a new line begins with there; undefined where the type has none, or no say. */
export function typeIndent(state: ViState, row: number): string | undefined {
  if (!isYaml(state)) return undefined;
  const before = state.lines[row - 1] ?? '';
  // A comment goes on.
  const comment = /^(\s*)#/.exec(before);
  if (comment !== null && (state.lines[row] ?? '') === '') return `${comment[1] ?? ''}# `;
  return /^[ \t]*/.exec(indentedRow(state, row))?.[0] ?? '';
}

/** After a character that may be the start of something else the line is indented anew. */
export function reindented(state: ViState, char: string): ViState {
  if (!isYaml(state) || !/[:\-#}\]]/.test(char)) return state;
  const line = state.lines[state.row] ?? '';
  const before = [...line].slice(0, state.column).join('');
  if (char !== ':' && before.trim() !== char) return state;
  const made = indentedRow(state, state.row);
  if (made === line) return state;
  const lines = state.lines.map((each, row) => (row === state.row ? made : each));
  const column = Math.max(0, state.column + made.length - line.length);
  const { insertStart } = state;
  const moves = insertStart.row === state.row ? Math.max(0, insertStart.column + made.length - line.length) : undefined;
  return {
    ...state,
    lines,
    column,
    insertStart: moves === undefined ? insertStart : { row: state.row, column: moves },
  };
}

export const canIndent = isYaml;
