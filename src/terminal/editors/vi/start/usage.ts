/** What `vim --version` and `vim -h` print. The list of built-in features is left out. */
export const VERSION_TEXT = `VIM - Vi IMproved 9.1 (2024 Jan 02, compiled Apr 01 2024 17:24:51)
Included patches: 1-16
Modified by team+vim@tracker.debian.org
Compiled by team+vim@tracker.debian.org
`;

const OPTIONS: readonly (readonly [string, string])[] = [
  ['--', 'Only file names after this'],
  ['-R', 'Readonly mode (like "view")'],
  ['-M', 'Modifications in text not allowed'],
  ['-n', 'No swap file, use memory only'],
  ['-N', "Not fully Vi compatible: 'nocompatible'"],
  ['-C', "Compatible with Vi: 'compatible'"],
  ['-u <vimrc>', 'Use <vimrc> instead of any .vimrc'],
  ['+', 'Start at end of file'],
  ['+<lnum>', 'Start at line <lnum>'],
  ['-c <command>', 'Execute <command> after loading the first file'],
  ['-h  or  --help', 'Print Help (this message) and exit'],
  ['--version', 'Print version information and exit'],
];

export const usageText = (): string =>
  [
    VERSION_TEXT.split('\n')[0] ?? '',
    '',
    'Usage: vim [arguments] [file ..]       edit specified file(s)',
    '',
    'Arguments:',
    ...OPTIONS.map(([option, text]) => `   ${option.padEnd(22)} ${text}`),
    '',
  ].join('\n');
