/** What everybody does in vi, on a fresh account: edits, moves, the line at the bottom, ways to start it. */
import type { Row } from '../../../testing/recorded-screens.spec-support.ts';

/** Operators, motions, text objects and what repeats them. */
// prettier-ignore
const EDITS = [
  'd/foo\r', 'd/nowhere\r', 'c/beta\rX\x1b', ':s|alpha|x|\r', ':s#a#b#g\r', ':%s|a|b|g\r', ':%s,a,b\r',
  ':s/nope/x/\r', ':%s/a/\\U&/g\r', ':s/alpha/\\u&/\r', ':s/\\w\\+/\\U&\\E!/g\r', ':s/ALPHA/x/i\r', ':s/a/b\r',
  ':%s/o/0/gn\r', ':&&\r', ':s/a/b/\r:s\r', 'xxU', 'dwU', 'ix\x1bUU', 'x3.', 'dd2.', 'Aq\x1b3.', '2xj.',
  '2d2w', 'd4w', 'd3w', 'jd2w', '3w2d3w', 'd}', '2jwd}', 'jd{', 'jwd{', 'c}X\x1b', 'ix\x16\ty\x1b',
  'i\x16065\x1b', '3jfbci(x\x1b', '3jfbdi(', '3jdi(', '2jdi"', '2jca"X\x1b', 'wciwX\x1b', 'wdaw', '$daw',
  'wdiw', '3jfbya(P', 'diW', 'jdaW', 'x', 'dd', '3dd', 'yy', '3yy', 'yyp', '3yyp', '3>>', '5>>', 'u', '\x12',
  'G5J', 'p', 'jp', 'ZZ', ':x\r', 'xZZ', 'dG', 'dgg', 'Gdgg', 'dddddddddddddd', 'cwab\x1b.', 'wcwX\x1bw.',
  'Sx\x1b', 'wCx\x1b', 'ylp', 'xp', 'wyiwP', 'wyiw$p', 'vwd', 'Vjd', 'Vj>', 'v$y', 'wvbd', 'vU', 'Vju', 'viwd',
  'i', 'R',
] as const;

/** The cursor and the part of a long text in sight. */
// prettier-ignore
const MOVES = [
  'G', 'gg', '5G', '100G', 'H', 'M', 'L', '60Gzz', '60Gzt', '60Gzb', '60Gz\r', '60Gz.', '60Gz-', '5\x05',
  '\x05', '60G\x19', '60G3\x19', '\x06', '\x06\x06', '2\x06', '\x06\x02', '\x04', '\x04\x04', '\x15',
  '\x04\x15', 'G\x15', '5\x04', '60GH', '60GM', '60GL', '60G3H', '60G3L', '22j', '18j', '40jk', '40j20k',
  '?99\r', '/nope\r', '/line 50\rN', ':50\r', ':$\r', ':500\r', '50%', '\x07', 'G\x07', 'j',
  'w', '$', '3l', '3lj', '$j', ':set nu\r', ':set number\r:50\r', '`a', '\'a', 'ma5j`a', '\x1b',
] as const;

/** The line at the bottom: files, ranges, options. */
// prettier-ignore
const LINES = [
  ':w\r', 'x:w\r', ':w new\r', ':w g\r', ':w! g\r', ':1,3w part\r', ':1,3w f\r', ':1,3w! f\r', ':w >>g\r',
  ':2w g\r', ':wq\r', 'x:wq\r', ':wq other\r', ':q\r', 'x:q\r', 'x:q!\r', ':x\r', 'x:x\r', 'x:wq!\r', ':e g\r',
  'x:e g\r', 'x:e! g\r', ':e!\r', 'x:e!\r', ':e\r', 'x:e\r', ':e nowhere\r', ':e g\rdd:w\r', ':0r g\r',
  ':$r g\r', ':r nowhere\r', ':file\r', ':foo\r', ':\r', ':500d\r', ':3\r', ':2d\r', ':2,5d\r', ':d3\r',
  ':y\r', ':2,4y\rP', ':1,3j\r', ':1,3>\r', ':1,3m$\r', ':1,3t.\r', ':1,3co0\r', ':set ic\r', ':set ts=4\r',
  ':set nope\r', ':set et sw=2\r>>', ':undo\r', ':=\r', ':2=\r', ':k a\r', ':2mark a\r', ':g/zzz/d\r',
  ':.,+2d\r', ':.,$d\r', ':/key/d\r', ':\'a,.d\r', 'jma:1,\'ad\r', ':noh\r', ':wa\r', ':wqa\r', ':qa\r',
  ':cq\r',
] as const;

const READ_ONLY = 'echo read only > ro; chmod 444 ro; vim ro';
/** vim drops what is typed in the second after it has warned of a change to such a file. */
const afterWarning = (start: string, keys: string): Row => [start, 'x', '', '', '', '', '', '', keys];

/** How it is started. */
// prettier-ignore
const STARTS: readonly Row[] = [
  ['vim', 'ix\x1b:w\r'], ['vim', 'ix\x1b:q\r'], ['vim', 'ix\x1b:w new\r'], ['vim', ':q\r'], ['vim +3 f', ''],
  ['vim + f', ''], ['vim +99 f', ''], ['vim +/key f', ''], ['vim +set\\ nu f', ''], ['vim -c 3 f', ''],
  ['vim -c "set nu" f', ''], ['view f', ''], ['vim -R f', ''],
  ['vim dir/new', ''], ['vim nowhere', ''], ['vim long', ''],
  [READ_ONLY, ''], afterWarning(READ_ONLY, ':w\r'), afterWarning(READ_ONLY, ':w!\r'), afterWarning(READ_ONLY, ':wq\r'),
  afterWarning('view f', ':w\r'), afterWarning('view f', ':w!\r'), afterWarning('view f', ':q\r'),
  afterWarning('vim -R f', ':wq\r'),
];

export const ESSENTIAL_ROWS: readonly Row[] = [
  ...[...EDITS, ...LINES].map((keys) => ['vim f', keys] as const),
  ...MOVES.map((keys) => ['vim long', keys] as const),
  ...STARTS,
];

export const KNOWN_DIFFERENCES: readonly Row[] = [];
