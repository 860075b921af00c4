import { expect, test } from 'vitest';
import { viKey } from './keys.ts';
import type { ViKey } from '../state/state.ts';
import { freshVi } from '../state/fresh-state.ts';

const TEXT = 'alpha beta gamma\n\tindented line\nkey: "value one" # c\nfoo(bar, baz)\n\nlast 한글 word\nend\n';

/** Keys as a terminal sends them, and the text that vim 9 leaves. */
const ROWS = [
  ['dd', '\tindented line\nkey: "value one" # c\nfoo(bar, baz)\n\nlast 한글 word\nend\n'],
  ['2dd', 'key: "value one" # c\nfoo(bar, baz)\n\nlast 한글 word\nend\n'],
  ['ddp', '\tindented line\nalpha beta gamma\nkey: "value one" # c\nfoo(bar, baz)\n\nlast 한글 word\nend\n'],
  [
    'yy3p',
    'alpha beta gamma\nalpha beta gamma\nalpha beta gamma\nalpha beta gamma\n\tindented line\nkey: "value one" # c\nfoo(bar, baz)\n\nlast 한글 word\nend\n',
  ],
  ['d2w', 'gamma\n\tindented line\nkey: "value one" # c\nfoo(bar, baz)\n\nlast 한글 word\nend\n'],
  ['$x', 'alpha beta gamm\n\tindented line\nkey: "value one" # c\nfoo(bar, baz)\n\nlast 한글 word\nend\n'],
  ['A!\x1b', 'alpha beta gamma!\n\tindented line\nkey: "value one" # c\nfoo(bar, baz)\n\nlast 한글 word\nend\n'],
  ['Otop\x1b', 'top\nalpha beta gamma\n\tindented line\nkey: "value one" # c\nfoo(bar, baz)\n\nlast 한글 word\nend\n'],
  ['rZ', 'Zlpha beta gamma\n\tindented line\nkey: "value one" # c\nfoo(bar, baz)\n\nlast 한글 word\nend\n'],
  ['RXYZ\x1b', 'XYZha beta gamma\n\tindented line\nkey: "value one" # c\nfoo(bar, baz)\n\nlast 한글 word\nend\n'],
  ['3J', 'alpha beta gamma indented line key: "value one" # c\nfoo(bar, baz)\n\nlast 한글 word\nend\n'],
  ['gJ', 'alpha beta gamma\tindented line\nkey: "value one" # c\nfoo(bar, baz)\n\nlast 한글 word\nend\n'],
  ['5~', 'ALPHA beta gamma\n\tindented line\nkey: "value one" # c\nfoo(bar, baz)\n\nlast 한글 word\nend\n'],
  ['cwONE\x1b', 'ONE beta gamma\n\tindented line\nkey: "value one" # c\nfoo(bar, baz)\n\nlast 한글 word\nend\n'],
  ['2jf"ci"new\x1b', 'alpha beta gamma\n\tindented line\nkey: "new" # c\nfoo(bar, baz)\n\nlast 한글 word\nend\n'],
  ['2jf"di"', 'alpha beta gamma\n\tindented line\nkey: "" # c\nfoo(bar, baz)\n\nlast 한글 word\nend\n'],
  ['3jf(da(', 'alpha beta gamma\n\tindented line\nkey: "value one" # c\nfoo\n\nlast 한글 word\nend\n'],
  ['wdaw', 'alpha gamma\n\tindented line\nkey: "value one" # c\nfoo(bar, baz)\n\nlast 한글 word\nend\n'],
  ['ww.', 'alpha beta gamma\n\tindented line\nkey: "value one" # c\nfoo(bar, baz)\n\nlast 한글 word\nend\n'],
  ['dwj.', 'beta gamma\nindented line\nkey: "value one" # c\nfoo(bar, baz)\n\nlast 한글 word\nend\n'],
  ['jA;\x1bj.', 'alpha beta gamma\n\tindented line;\nkey: "value one" # c;\nfoo(bar, baz)\n\nlast 한글 word\nend\n'],
  ['2>>', '\talpha beta gamma\n\t\tindented line\nkey: "value one" # c\nfoo(bar, baz)\n\nlast 한글 word\nend\n'],
  ['>>j<<', '\talpha beta gamma\nindented line\nkey: "value one" # c\nfoo(bar, baz)\n\nlast 한글 word\nend\n'],
  ['jdG', 'alpha beta gamma\n'],
  ['G$x', 'alpha beta gamma\n\tindented line\nkey: "value one" # c\nfoo(bar, baz)\n\nlast 한글 word\nen\n'],
  ['wD', 'alpha \n\tindented line\nkey: "value one" # c\nfoo(bar, baz)\n\nlast 한글 word\nend\n'],
  ['dfm', 'ma\n\tindented line\nkey: "value one" # c\nfoo(bar, baz)\n\nlast 한글 word\nend\n'],
  ['$dFa', 'alpha beta ga\n\tindented line\nkey: "value one" # c\nfoo(bar, baz)\n\nlast 한글 word\nend\n'],
  ['vjd', 'indented line\nkey: "value one" # c\nfoo(bar, baz)\n\nlast 한글 word\nend\n'],
  ['wveyP', 'alpha betabeta gamma\n\tindented line\nkey: "value one" # c\nfoo(bar, baz)\n\nlast 한글 word\nend\n'],
  [
    'Vyjp',
    'alpha beta gamma\n\tindented line\nalpha beta gamma\nkey: "value one" # c\nfoo(bar, baz)\n\nlast 한글 word\nend\n',
  ],
  [':%s/a/A/g\r', 'AlphA betA gAmmA\n\tindented line\nkey: "vAlue one" # c\nfoo(bAr, bAz)\n\nlAst 한글 word\nend\n'],
  [':%s/a/A/\r', 'Alpha beta gamma\n\tindented line\nkey: "vAlue one" # c\nfoo(bAr, baz)\n\nlAst 한글 word\nend\n'],
  [':2,3d\r', 'alpha beta gamma\nfoo(bar, baz)\n\nlast 한글 word\nend\n'],
  [':g/a/d\r', '\tindented line\n\nend\n'],
  [':v/a/d\r', 'alpha beta gamma\nkey: "value one" # c\nfoo(bar, baz)\nlast 한글 word\n'],
  [':1m$\r', '\tindented line\nkey: "value one" # c\nfoo(bar, baz)\n\nlast 한글 word\nend\nalpha beta gamma\n'],
  [
    ':2t0\r',
    '\tindented line\nalpha beta gamma\n\tindented line\nkey: "value one" # c\nfoo(bar, baz)\n\nlast 한글 word\nend\n',
  ],
  ['/foo\rdd', 'alpha beta gamma\n\tindented line\nkey: "value one" # c\n\nlast 한글 word\nend\n'],
  ['/a\rnx', 'alpha bet gamma\n\tindented line\nkey: "value one" # c\nfoo(bar, baz)\n\nlast 한글 word\nend\n'],
  ['?end\rx', 'alpha beta gamma\n\tindented line\nkey: "value one" # c\nfoo(bar, baz)\n\nlast 한글 word\nnd\n'],
  ['jddu', 'alpha beta gamma\n\tindented line\nkey: "value one" # c\nfoo(bar, baz)\n\nlast 한글 word\nend\n'],
  [
    'ioops\b\b\x1b',
    'ooalpha beta gamma\n\tindented line\nkey: "value one" # c\nfoo(bar, baz)\n\nlast 한글 word\nend\n',
  ],
  [
    'iabc def\x17\x1b',
    'abc alpha beta gamma\n\tindented line\nkey: "value one" # c\nfoo(bar, baz)\n\nlast 한글 word\nend\n',
  ],
  ['*x', 'lpha beta gamma\n\tindented line\nkey: "value one" # c\nfoo(bar, baz)\n\nlast 한글 word\nend\n'],
  ['}dd', 'alpha beta gamma\n\tindented line\nkey: "value one" # c\nfoo(bar, baz)\nlast 한글 word\nend\n'],
  ['3jf(%x', 'alpha beta gamma\n\tindented line\nkey: "value one" # c\nfoo(bar, baz\n\nlast 한글 word\nend\n'],
  ['gUiw', 'ALPHA beta gamma\n\tindented line\nkey: "value one" # c\nfoo(bar, baz)\n\nlast 한글 word\nend\n'],
  ['ge', 'alpha beta gamma\n\tindented line\nkey: "value one" # c\nfoo(bar, baz)\n\nlast 한글 word\nend\n'],
  ['5jw~', 'alpha beta gamma\n\tindented line\nkey: "value one" # c\nfoo(bar, baz)\n\nlast 한글 word\nend\n'],
  ['wi한\x1b', 'alpha 한beta gamma\n\tindented line\nkey: "value one" # c\nfoo(bar, baz)\n\nlast 한글 word\nend\n'],
  ['dap', 'last 한글 word\nend\n'],
  ['VjJ', 'alpha beta gamma indented line\nkey: "value one" # c\nfoo(bar, baz)\n\nlast 한글 word\nend\n'],
  ['f x;.', 'alphabetagamma\n\tindented line\nkey: "value one" # c\nfoo(bar, baz)\n\nlast 한글 word\nend\n'],
  [
    '"ayyj"byy"ap"bp',
    'alpha beta gamma\n\tindented line\nalpha beta gamma\n\tindented line\nkey: "value one" # c\nfoo(bar, baz)\n\nlast 한글 word\nend\n',
  ],
  ["majjd'a", 'foo(bar, baz)\n\nlast 한글 word\nend\n'],
  ['wmb$d`b', 'alpha a\n\tindented line\nkey: "value one" # c\nfoo(bar, baz)\n\nlast 한글 word\nend\n'],
  [
    ':set sw=2 et\r>>',
    '  alpha beta gamma\n\tindented line\nkey: "value one" # c\nfoo(bar, baz)\n\nlast 한글 word\nend\n',
  ],
  [
    ':set ai\rjox\x1b',
    'alpha beta gamma\n\tindented line\n\tx\nkey: "value one" # c\nfoo(bar, baz)\n\nlast 한글 word\nend\n',
  ],
  [
    ':set ic\r/FOO\rx',
    'alpha beta gamma\n\tindented line\nkey: "value one" # c\noo(bar, baz)\n\nlast 한글 word\nend\n',
  ],
  [
    '3ihi \x1b',
    'hi hi hi alpha beta gamma\n\tindented line\nkey: "value one" # c\nfoo(bar, baz)\n\nlast 한글 word\nend\n',
  ],
  ['3Ax\x1b', 'alpha beta gammaxxx\n\tindented line\nkey: "value one" # c\nfoo(bar, baz)\n\nlast 한글 word\nend\n'],
  ['2ox\x1b', 'alpha beta gamma\nx\nx\n\tindented line\nkey: "value one" # c\nfoo(bar, baz)\n\nlast 한글 word\nend\n'],
  [
    'yyjp"0P',
    'alpha beta gamma\n\tindented line\nalpha beta gamma\nalpha beta gamma\nkey: "value one" # c\nfoo(bar, baz)\n\nlast 한글 word\nend\n',
  ],
  ['xj"_dd0p', 'lpha beta gamma\nkaey: "value one" # c\nfoo(bar, baz)\n\nlast 한글 word\nend\n'],
  [':2,3j\r', 'alpha beta gamma\n\tindented line key: "value one" # c\nfoo(bar, baz)\n\nlast 한글 word\nend\n'],
] as const;

const keyOf = (char: string): ViKey => {
  if (char === '\x1b') return { special: 'escape' };
  if (char === '\r') return { special: 'enter' };
  return char < ' ' ? { special: `^${String.fromCharCode(char.charCodeAt(0) + 64)}` } : { char };
};

test.for(ROWS)('%j leaves what vim leaves', ([keys, expected]) => {
  let state = freshVi('f', TEXT, '', 0);
  for (const char of `${keys}\x1b`) state = viKey(state, keyOf(char));
  expect(`${state.lines.join('\n')}\n`).toBe(expected);
});
