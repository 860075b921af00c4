import type { Row } from '../../testing/recorded-screens.spec-support.ts';

const ENTER = '\r';
const LEFT = '\x1bOD';
const RIGHT = '\x1bOC';

// prettier-ignore
export const LESS_ROWS: readonly Row[] = [
  // Starting, and the first prompt
  ['less f'], ['less long'], ['less empty'], ['less bare'], ['less nowhere'], ['less dir'], ['less'], ['less nowhere f'], ['less dir f'], ['less nowhere f', ENTER], ['less -N f'], ['less -N long'], ['less -S wide'], ['less wide'], ['less colours'], ['less -R colours'], ['less -F f'], ['less -F long'], ['less -X f', 'q'], ['less -X long', 'q'], ['less -FX f'], ['less +G long'], ['less +50 long'], ['less +/line.30 long'], ['less +F f'], ['less -M long'], ['less -m long'], ['less -M f'], ['less -i long', '/LINE 30', ENTER], ['less -I long', '/LINE 30', ENTER], ['less -x4 f'], ['less -p line.40 long'], ['less -e f', 'f'], ['less -E f'], ['less -Z f'], ['less -z5 long', 'f'], ['less -n long'], ['less -NS wide'], ['less -N wide'],
  // Moving
  ['less long', 'j'], ['less long', 'jjj', 'k'], ['less long', 'k'], ['less long', '5j'], ['less long', '5'], ['less long', '5', '\x7f'], ['less long', 'f'], ['less long', ' '], ['less long', 'f', 'b'], ['less long', 'b'], ['less long', 'd'], ['less long', 'd', 'u'], ['less long', '5d', 'd'], ['less long', 'G'], ['less long', 'G', 'g'], ['less long', '50g'], ['less long', '50G'], ['less long', '50G', 'k'], ['less long', '119G'], ['less long', '999G'], ['less long', '50p'], ['less long', '50%'], ['less long', '100p'], ['less long', 'p'], ['less long', 'ffffffff'], ['less long', 'G', 'j'], ['less long', 'G', 'k'], ['less long', '5f'], ['less long', '5b'], ['less long', 'z'], ['less long', '3z', 'z'], ['less long', 'w'], ['less long', '\x06'], ['less long', '\x16\x02'], ['less long', '\x1b[6~'], ['less long', '\x1bOB\x1bOB\x1bOA'], ['less long', '\x1bOF'], ['less long', '\x1bOF', '\x1bOH'], ['less long', ENTER], ['less long', 'x'], ['less f', 'j'], ['less f', 'G'], ['less f', 'f'], ['less f', 'k'], ['less f', '3G'], ['less long', 'J'], ['less f', 'J'], ['less f', 'J', 'K'],
  // Searching
  ['less long', '/30', ENTER], ['less long', '/3'], ['less long', '/3', '\x7f', '\x7f'], ['less long', '/line 3', ENTER, 'n'], ['less long', '/line 3', ENTER, 'n', 'N'], ['less long', '/line 3', ENTER, '3n'], ['less long', 'G', '?line 3', ENTER], ['less long', 'G', '?line 3', ENTER, 'n'], ['less long', 'G', '?line 3', ENTER, 'N'], ['less long', '/nope', ENTER], ['less long', '/nope', ENTER, 'j'], ['less long', '?nope', ENTER], ['less long', 'n'], ['less long', '/', ENTER], ['less long', '/[', ENTER], ['less long', '/(', ENTER], ['less long', '/30', ENTER, '/', ENTER], ['less long', '2/line 3', ENTER], ['less long', '/!line', ENTER], ['less f', '/key', ENTER], ['less f', '/한글', ENTER], ['less long', '/1?20$', ENTER], ['less long', '/30', ENTER, 'n'], ['less long', '/30', '\x1b'], ['less long', '&line 3', ENTER], ['less long', '&line 3', ENTER, 'j'], ['less long', '&line 3', ENTER, '&', ENTER], ['less long', '&'], ['less long', '&nope', ENTER], ['less f', '/END', ENTER], ['less f', '-i', ENTER, '/END', ENTER],
  // Options at the prompt, information, help
  ['less long', '-N', ENTER], ['less long', '-N'], ['less long', '-'], ['less wide', '-S'], ['less wide', '-S', ENTER], ['less long', '-i'], ['less long', '-i', ENTER, '/LINE 40', ENTER], ['less long', '-M', ENTER], ['less long', '_N'], ['less long', '='], ['less f', '='], ['less long', 'f', '='], ['less long', '\x07'], ['less empty', '='], ['less long', '=', ENTER], ['less long', 'h'], ['less long', 'h', 'q'], ['less long', 'v', ':q\r'], ['less long', 'V'], ['less long', 'q'], ['less long', 'Q'], ['less long', ':q'], ['less long', ':'], ['less long', 'ZZ'], ['less long', 'F'], ['less long', 'F', '\x03'], ['less long', '\x03'], ['less long', 'r'], ['less long', 'R'],
  // Marks, shell
  ['less long', 'f', 'ma', 'G', "'a"], ['less long', 'm'], ['less long', "'"], ['less long', 'G', "''"], ['less long', "'x"], ['less long', '!echo hi\r'], ['less long', '!'],
  // Wide lines
  ['less -S wide', RIGHT], ['less -S wide', RIGHT, RIGHT, LEFT], ['less wide', RIGHT], ['less wide', RIGHT, LEFT], ['less wide', 'j'], ['less wide', 'jj'], ['less wide', 'G'], ['less wide', 'G', 'k'], ['less -S wide', '10' + RIGHT], ['less -S wide', '\x1b)'], ['less -S wide', RIGHT, '\x1b('], ['less -S tabs', RIGHT],
  // Several files
  ['less f long'], ['less f long', ':n'], ['less f long', ':n', ':p'], ['less f long', ':n', ':n'], ['less f long', ':p'], ['less f long', 'G'], ['less f long', ':x'], ['less f long', ':n', ':x'], ['less f long', ':n', '='], ['less f nowhere long', ':n'], ['less f long', ':d'], ['less f', ':n'], ['less f', ':e long', ENTER], ['less f', ':e nowhere', ENTER], ['less f long', ':f'], ['less f long', 'f', 'f'],
  // Standard input
  ['cat f | less'], ['cat long | less'], ['cat long | less', 'f'], ['cat long | less', 'G'], ['cat long | less', '='], ['cat f | less -N'], ['less < f'], ['cat f | less -', 'j'], ['cat long | less', 'q'],
  // Sizes
  ['less long', { columns: 40, rows: 10 }], ['less long', { columns: 40, rows: 10 }, 'f'], ['less wide', { columns: 40, rows: 10 }], ['less long', 'f', { columns: 80, rows: 30 }], ['less f', { columns: 80, rows: 12 }], ['less long', 'G', { columns: 80, rows: 12 }],
];

/** Rows that are not as less has them: the help's words, an unknown option, what stays on the screen when a file is missing. */
// prettier-ignore
export const KNOWN_DIFFERENCES: readonly Row[] = [
  ['less -Z f'],
  ['less long', 'h'],
  ['less f nowhere long', ':n'],
  ['less f', ':e nowhere', '\r'],
];
