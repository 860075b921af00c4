/** The keys at the bottom of the screen, by what nano is asking: from top to bottom, column by column. */
import type { PromptKind } from './state.ts';

export type Shortcut = readonly [key: string, name: string];
const HELP: Shortcut = ['^G', 'Help'];
const CANCEL: Shortcut = ['^C', 'Cancel'];
const OLDER: readonly Shortcut[] = [
  ['^P', 'Older'],
  ['^N', 'Newer'],
];
const SEARCH: readonly Shortcut[] = [HELP, CANCEL, ['M-C', 'Case Sens'], ['M-R', 'Reg.exp.'], ['M-B', 'Backwards']];

export const MAIN: readonly Shortcut[] = [
  HELP,
  ['^X', 'Exit'],
  ['^O', 'Write Out'],
  ['^R', 'Read File'],
  ['^W', 'Where Is'],
  ['^\\', 'Replace'],
  ['^K', 'Cut'],
  ['^U', 'Paste'],
  ['^T', 'Execute'],
  ['^J', 'Justify'],
  ['^C', 'Location'],
  ['^/', 'Go To Line'],
];
const YES_NO: readonly Shortcut[] = [[' Y', 'Yes'], [' N', 'No'], ['', ''], CANCEL];

export const MENUS: Readonly<Record<PromptKind, readonly Shortcut[]>> = {
  search: [...SEARCH, ['^R', 'Replace'], ...OLDER, ['^T', 'Go To Line']],
  replace: [...SEARCH, ['^R', 'No Replace'], ...OLDER],
  'replace-with': [HELP, CANCEL, ...OLDER],
  'replace-each': [[' Y', 'Yes'], [' N', 'No'], [' A', 'All'], CANCEL],
  write: [
    HELP,
    CANCEL,
    ['M-D', 'DOS Format'],
    ['M-M', 'Mac Format'],
    ['M-A', 'Append'],
    ['M-P', 'Prepend'],
    ['M-B', 'Backup File'],
    ['^T', 'Browse'],
  ],
  insert: [HELP, CANCEL, ['M-F', 'New Buffer'], ['M-N', 'No Conversion'], ['^X', 'Execute Command'], ['^T', 'Browse']],
  execute: [
    HELP,
    CANCEL,
    ['M-F', 'New Buffer'],
    ['M-\\', 'Pipe Text'],
    ['^S', 'Spell Check'],
    ['^Y', 'Linter'],
    ['^J', 'Full Justify'],
    ['^O', 'Formatter'],
    ['^V', 'Cut Till End'],
    ['^Z', 'Suspend'],
  ],
  'go-to': [
    HELP,
    CANCEL,
    ['^W', 'Begin of Paragr.'],
    ['^O', 'End of Paragraph'],
    ['^Y', 'First Line'],
    ['^V', 'Last Line'],
    ['^T', 'Go To Text'],
  ],
  exit: YES_NO,
  different: YES_NO,
  overwrite: YES_NO,
};
