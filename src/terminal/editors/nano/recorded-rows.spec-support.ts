import type { Row } from '../../testing/recorded-screens.spec-support.ts';

const DOWN = '\x1b[B';
const RIGHT = '\x1b[C';
const ENTER = '\r';

// prettier-ignore
export const NANO_ROWS: readonly Row[] = [
  // Starting
  ['nano f'], ['nano'], ['nano new'], ['nano dir'], ['nano nowhere/x'], ['nano -l f'], ['nano +3 f'], ['nano +3,5 f'], ['nano +,3 f'], ['nano +99 f'],
  ['nano -v f'], ['nano -v f', 'x'], ['nano -v f', '\x18'], ['nano -c f'], ['nano -c f', DOWN, RIGHT], ['nano -E f', 'a\tb'], ['nano -T 4 f'], ['nano -ET4 f', '\t'], ['nano -i f', DOWN, '\x05', ENTER, 'x'],
  ['nano -B f', 'x', '\x13'], ['nano -w f'], ['nano -m f'], ['nano bare'], ['nano dos'], ['nano long'], ['nano wide'], ['nano +/key f'], ['nano -x f'], ['nano -h f'], ['nano --nope'], ['nano -L bare', 'x', '\x13'], ['nano -A f', DOWN, '\x05', '\x1b[H'], ['nano -S wide'], ['nano -$ wide'],
  // Typing and moving
  ['nano f', 'hello'], ['nano f', '\x05', ENTER, 'x'], ['nano f', DOWN, DOWN, '\x05'], ['nano f', DOWN, '\x01', '\x04'], ['nano f', '\x05', '\x04'], ['nano f', DOWN, '\x7f'], ['nano f', '\x16'], ['nano long', '\x16'], ['nano long', '\x16', '\x16'], ['nano long', '\x16', '\x19'], ['nano long', '\x1b/'], ['nano long', '\x1b/', '\x19'],
  ['nano long', '\x1b/', '\x1b\\'], ['nano f', '\x1b[1;5C', '\x1b[1;5C'], ['nano f', '\x05', '\x1b[1;5D'], ['nano f', DOWN, DOWN, '\x1b '], ['nano f', '\x05', '\x1b[C'], ['nano wide', '\x05'], ['nano wide', DOWN, DOWN, '\x05'], ['nano wide', '\x05', '\x1b[D'], ['nano f', '\t'], ['nano f', '\x1b[B\x1b[B\x1b[B', '\x1b}'], ['nano f', '\x1b}', '\x1b}', '\x1b{'], ['nano f', '\x1b]'], ['nano f', DOWN, DOWN, DOWN, '\x1b[C\x1b[C\x1b[C', '\x1b]'],
  ['nano f', '\x03'], ['nano f', DOWN, '\x05', '\x03'], ['nano f', '\x0c'], ['nano f', '\x1b\x1b'], ['nano f', '\x1bz'], ['nano f', '\x1b[1;5B'], ['nano f', '\x1b[1;5A'], ['nano f', '\x1b('], ['nano f', '\x1b)'], ['nano long', '\x1b=', '\x1b='], ['nano long', DOWN, '\x1b-'], ['nano f', '\x1bd'], ['nano f', '\x1b\x7f'], ['nano f', DOWN, DOWN, '\x05', '\x1b\x7f'], ['nano f', '\x1bt'],
  // Cutting and pasting, marks
  ['nano f', '\x0b'], ['nano f', '\x0b', '\x0b', '\x15'], ['nano f', '\x0b', DOWN, '\x15'], ['nano f', '\x1b6', DOWN, '\x15'], ['nano f', '\x0b', DOWN, '\x0b', '\x15'], ['nano f', '\x1b/', '\x0b'], ['nano f', '\x15'], ['nano f', '\x1ba'], ['nano f', '\x1ba', RIGHT, RIGHT, '\x0b'], ['nano f', '\x1ba', RIGHT, RIGHT, '\x1b6', '\x15'], ['nano f', '\x1ba', DOWN, DOWN, '\x0b', '\x15', '\x15'], ['nano f', '\x1e', '\x05', '\x0b'], ['nano f', '\x1ba', '\x1ba'], ['nano f', '\x1ba', RIGHT, '\x7f'], ['nano f', '\x1ba', DOWN, 'x'], ['nano f', '\x1ba', DOWN, '\t'], ['nano f', '\x1ba', DOWN, '\x1b}'], ['nano f', '\x1bT'], ['nano f', '\x1b3'], ['nano f', '\x1b3', '\x1b3'], ['nano f', '\x1b\x0b'], ['nano f', '\x1b[3;5~'], ['nano f', '\x1ba', RIGHT, '\x03'],
  // Undo
  ['nano f', 'abc', '\x1bu'], ['nano f', 'abc', '\x1bu', '\x1be'], ['nano f', '\x1bu'], ['nano f', '\x1be'], ['nano f', '\x0b', '\x1bu'], ['nano f', '\x0b', '\x15', '\x1bu', '\x1bu'], ['nano f', ENTER, '\x1bu'], ['nano f', '\x04', '\x1bu'], ['nano f', DOWN, '\x7f', '\x1bu'], ['nano f', '\x04', '\x04', '\x1bu', '\x1be'], ['nano f', 'a', DOWN, 'b', '\x1bu', '\x1bu'], ['nano f', '\x1bt', '\x1bu'], ['nano f', '\x1ba', DOWN, '\x0b', '\x1bu'],
  // Searching
  ['nano f', '\x17'], ['nano f', '\x17', 'key', ENTER], ['nano f', '\x17', 'KEY', ENTER], ['nano f', '\x17', 'nope', ENTER], ['nano f', '\x17', 'alpha', ENTER], ['nano f', '\x17', 'a', ENTER, '\x1bw'], ['nano f', '\x17', 'a', ENTER, '\x1bw', '\x1bw', '\x1bq'], ['nano f', '\x17', '\x03'], ['nano f', '\x17', 'e', ENTER, '\x17'], ['nano f', '\x17', 'e', ENTER, '\x17', ENTER], ['nano f', '\x17', '\x1bc', 'KEY', ENTER], ['nano f', '\x17', '\x1br', 'b.*a', ENTER], ['nano f', '\x17', '\x1br'], ['nano f', '\x17', '\x1bc'], ['nano f', '\x17', '\x1bb'], ['nano f', '\x17', '\x1bb', 'end', ENTER], ['nano f', '\x11', 'end', ENTER], ['nano f', '\x17', 'end', ENTER, '\x1bw'], ['nano f', '\x1bw'], ['nano f', '\x17', '\x1br', '[', ENTER], ['nano f', '\x17', '\x12', 'a', ENTER], ['nano f', '\x17', '\x14', '3', ENTER], ['nano f', '\x17', 'ab', '\x7f'], ['nano f', '\x17', 'ab', '\x01', 'x'],
  ['nano f', '\x1c'], ['nano f', '\x1c', 'a', ENTER], ['nano f', '\x1c', 'a', ENTER, 'X', ENTER], ['nano f', '\x1c', 'a', ENTER, 'X', ENTER, 'a'], ['nano f', '\x1c', 'a', ENTER, 'X', ENTER, 'y'], ['nano f', '\x1c', 'a', ENTER, 'X', ENTER, 'n', 'y', '\x03'], ['nano f', '\x1c', 'nope', ENTER, 'X', ENTER], ['nano f', '\x1c', 'end', ENTER, 'X', ENTER, 'y'], ['nano f', '\x1c', '\x1br', 'b(.)', ENTER, '\\1!', ENTER, 'a'], ['nano f', '\x1br', 'a', ENTER, '', ENTER, 'a'], ['nano f', '\x1c', 'a', ENTER, 'X', ENTER, 'a', '\x1bu'],
  ['nano f', '\x1f'], ['nano f', '\x1f', '3', ENTER], ['nano f', '\x1f', '3,4', ENTER], ['nano f', '\x1f', 'x', ENTER], ['nano f', '\x1f', '99', ENTER], ['nano f', '\x1f', '-1', ENTER], ['nano f', '\x1f', ',4', ENTER], ['nano f', '\x1bg', '2', ENTER], ['nano long', '\x1f', '60', ENTER], ['nano f', '\x1f', '\x03'],
  // Files
  ['nano f', 'x', '\x0f'], ['nano f', 'x', '\x0f', ENTER], ['nano f', 'x', '\x0f', '2', ENTER], ['nano f', 'x', '\x0f', '\x7f', 'g', ENTER], ['nano f', 'x', '\x0f', '\x7f', 'g', ENTER, 'y'], ['nano f', 'x', '\x0f', '\x7f', 'g', ENTER, 'n'], ['nano f', 'x', '\x0f', '\x1ba', ENTER], ['nano f', 'x', '\x0f', '\x1ba', '\x7f', 'g', ENTER], ['nano f', 'x', '\x0f', '\x1bp', '\x7f', 'g', ENTER], ['nano f', 'x', '\x0f', '\x1bd', ENTER], ['nano f', 'x', '\x0f', '\x1bb'], ['nano f', '\x0f', '\x03'], ['nano f', '\x0f', '\x7f', 'dir', ENTER], ['nano f', '\x0f', '\x7f', 'no/x', ENTER], ['nano', 'hi', '\x0f'], ['nano', 'hi', '\x0f', 'h', ENTER], ['nano', 'hi', '\x13'], ['nano f', 'x', '\x13'], ['nano', '\x0f', ENTER], ['nano f', '\x1ba', DOWN, '\x0f'], ['nano f', '\x1ba', DOWN, '\x0f', 'part', ENTER], ['nano dos', 'x', '\x13'], ['nano bare', 'x', '\x13'],
  ['nano f', '\x18'], ['nano f', 'x', '\x18'], ['nano f', 'x', '\x18', 'n'], ['nano f', 'x', '\x18', 'y'], ['nano f', 'x', '\x18', 'y', ENTER], ['nano f', 'x', '\x18', '\x03'], ['nano f', 'x', '\x18', 'q'], ['nano f', 'x', '\x18', 'y', '\x03'], ['nano', 'x', '\x18', 'y', 'h', ENTER], ['nano', '\x18'], ['nano', 'x', '\x7f', '\x18'],
  ['nano f', '\x12'], ['nano f', '\x12', 'g', ENTER], ['nano f', DOWN, '\x12', 'g', ENTER], ['nano f', '\x12', 'nope', ENTER], ['nano f', '\x12', 'dir', ENTER], ['nano f', '\x12', '\x03'], ['nano f', '\x12', '\x18', 'echo hi', ENTER], ['nano f', '\x14'], ['nano f', '\x14', 'echo hi', ENTER], ['nano f', '\x12', 'g', ENTER, '\x1bu'], ['nano f', '\x14', '\x03'],
  // Justify, help, display
  ['nano para', '\x0a'], ['nano para', '\x0a', '\x1bu'], ['nano para', '\x1bj'], ['nano f', '\x0a'], ['nano f', '\x1bl'], ['nano f', '\x1b#'], ['nano f', '\x1bn'], ['nano f', '\x1bn', '\x1bn'], ['nano f', '\x1bi'], ['nano f', '\x1bc'], ['nano f', '\x1bc', '\x1bc'], ['nano f', '\x1bx'], ['nano f', '\x1bx', '\x1bx'], ['nano wide', '\x1b$'], ['nano wide', '\x1bs'], ['nano f', '\x1by'], ['nano f', '\x1bp'], ['nano f', '\x1bo'], ['nano f', '\x1bo', '\t'], ['nano f', '\x1bk'], ['nano f', '\x1bh'], ['nano f', '\x1bm'], ['nano f', '\x1bz'], ['nano f', '\x1b>'], ['nano f', '\x1b<'], ['nano f', '\x1bv', '\x01'], ['nano f', '\x1b:'], ['nano f', '\x1b;'], ['nano f', '\x1a'],
  // Hangul, sizes
  ['nano', '한글 이름'], ['nano', '한글', '\x7f'], ['nano', '한글', '\x1b[D', 'x'], ['nano f', '\x17', '한', ENTER], ['nano f', '\x17', '한글', ENTER, '\x0b'], ['nano f', '\x1c', '한', ENTER, '대', ENTER, 'a'], ['nano 한.txt', '가', '\x18'], ['nano f', '\x17', '한', ENTER, '\x03'], ['nano f', '\x17', '한', ENTER, '\x04'],
  ['nano f', { columns: 40, rows: 10 }], ['nano long', { columns: 40, rows: 10 }, '\x16'], ['nano wide', { columns: 40, rows: 10 }, '\x05'], ['nano f', 'x', '\x18', { columns: 40, rows: 10 }], ['nano f', '\x17', 'ab', { columns: 40, rows: 12 }], ['nano f', { columns: 60, rows: 24 }, '\x03'], ['nano long', '\x16', { columns: 80, rows: 12 }],
  // Soft and hard wrapping, white space, start-up files, scrolling, words and blocks
  ['nano -S wide', '\x1b[B'], ['nano -S wide', '\x05'], ['nano -S wide', '\x05', 'x'], ['nano -S wide', '\x1b[B\x1b[B\x1b[B'], ['nano -Sl wide'],
  ['nano -b -r 20 f', '\x05', ' one two three four'], ['nano -r 30 f', '\x05', ' one two three four'], ['nano f', '\x1bl', '\x1bl'],
  ['nano -b f', '\x05', ' one two three four one two three four one two three four one two'], ["echo 'set linenumbers' > .nanorc; HOME=$PWD nano f"],
  ["printf 'set tabsize 4\\nset tabstospaces\\nset autoindent\\n' > .nanorc; HOME=$PWD nano f", '\tx'], ["printf 'set softwrap\\n' > .nanorc; HOME=$PWD nano wide"],
  ["printf 'set constantshow\\n' > .nanorc; HOME=$PWD nano f"],
  ["printf '# c\\nset smarthome\\nunset nohelp\\nset titlecolor bold,white,blue\\n' > .nanorc; HOME=$PWD nano f"],
  ["echo 'set linenumbers' > .nanorc; HOME=$PWD nano -I f"], ["echo 'set linenumbers' > rc; nano --rcfile=rc f"], ['nano f', '\x1bp', '\x1bp'],
  ['nano wide', '\x1bs', '\x1bs'], ['nano -l f', '\x1b#'], ['nano f', '\x1b)', '\x1b)'], ['nano f', '\x1b/', '\x1b('], ['nano f', '\x1b[1;5B', '\x1b[1;5A'],
  ['nano long', '\x1b=', '\x1b=', '\x1b-'], ['nano f', '\x1b[1;5C\x1b[1;5C', '\x1b'], ['nano f', '\x1b[3;5~', '\x1bu'], ['nano -w f'], ['nano -m f'],
  ['nano -l -i -w f', '\x1b[B\x05\rx'], ['nano -B f', 'x\x13', '\x18'], ['nano f', '\x1bu', '\x1be'], ['nano f', '\x17\x1bc', 'a\r'], ['nano f', '\x1f', '2\r'],
  ['nano f', '\x0bx\x15\x15'], ['nano f', '\x1ba\x1b[B', '\x1b6\x15'], ['nano f', '\x12', 'g\r', '\x1bu'], ['nano -T2 f'], ['nano -E -T3 f', 'a\tb'],
  ['nano -L f', 'x\x13'], ['nano -Y sh f'], ['nano -S wide', '\x16'], ['nano -S wide', '\x1b/'], ['nano -S wide', { columns: 40, rows: 10 }],
  ['nano -S wide', '\x1b[B\x1b[B\x1b[B\x1b[B', '\x1b[A'],
];

/** Rows that are not as nano has them: the help's words, hidden bars, macros, colours, a cell of the cursor while replacing. */
// prettier-ignore
export const KNOWN_DIFFERENCES: readonly Row[] = [
  ['nano -h f'],
  ['nano f', '\x1bz'],
  ['nano f', '\x1c', 'a', '\r', 'X', '\r'],
  ['nano f', '\x1c', 'a', '\r', 'X', '\r', 'y'],
  ['nano f', '\x1by'],
  ['nano f', '\x1bz'],
  ['nano f', '\x1b:'],
  ['nano f', '\x1b;'],
  ['nano -Y sh f'],
];
