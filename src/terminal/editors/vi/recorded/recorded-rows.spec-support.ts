import type { Row } from '../../../testing/recorded-screens.spec-support.ts';

const on = (file: string, ...keys: readonly string[]): readonly Row[] => keys.map((each) => [`vim ${file}`, each]);

// prettier-ignore
export const VIM_ROWS: readonly Row[] = [
  // Undo and its messages
  ...on('f', 'xu', 'ddu', '3ddu', 'xxuu\x12', 'ddppuu\x12', 'xuuu', 'xu\x12\x12', 'ofoo\x1bu', ':2,3d\ru', 'xjxkxu', 'ix\x1b3u', 'dwdw2u',
    'u', 'ihello\x1bu\x12', 'xjU', '3ix\x1bu', 'xux\x12', ':%s/a/b/g\ru', 'yypyypuu\x12'),
  // Text objects
  ...on('code', '2jf"ci"new\x1b', '2jf"di\'', "2jf'da'", '2jya{G$p', '2jdi{', '2jda{', '2jdiB', '2jci(x\x1b', '2jwdib', '2jdab', 'jwdi[', 'jfada[',
    'dap', 'dip', '6jdap', 'yapGp', '8jwdit', '8jwdat', '8jwdi<', '8jfbci<i\x1b', '7jdas', '7jdis', '7jwwwdas', '7jdaw', '2jvi{y', '2jvi{d', '2jva{d', '2jvibd', '2jva"d', 'viwd', 'vawd', 'vipJ', '6jdaWu', '2jwvi(i(d'),
  // Registers and marks
  ...on('f', '"ayyj"byyG"ap"bp', '"ayyj"Ayy"ap', 'yyjdd"0p', 'ddjdd"1p"2p', 'dw"-p', 'dwwdw"-p"1p', 'yiwj"0P', ':reg\r', 'x:reg "\r', "majj'ajd'a", "jmaG`a", "jmaGd'a", "Gmb''", "G``", '10j``', "jxG'.", 'jxG`.', "3jyyG'[", "jyj:'[,']d\r", ":marks\r", ':delm a\r', "'z", 'ylvp', 'yiwwviwp', 'yyjVp', 'yyjVjp', 'yy3p', '3yyjP', 'yiw3p', 'ylwP', 'yyjgp', 'yiwwgP', 'xp', 'ddp', 'ddkP', 'yw$p', '"_ddp', ':put\r', 'yy:3put\r', 'yy:put!\r', ':let @a="hi"\r"ap'),
  // Macros
  ...on('f', 'qaA!\x1bjq@a', 'qaA!\x1bjq3@a', 'qaxjq@a@@', 'qaxq:reg a\r', 'qa', 'qaqqaxjhq5@a', '@z', '@@', 'qaddq99@a', 'qqiab\x1bq@qu', ':normal Ax\r', ':%normal Ax\r', ':2,3norm! Ihi \r', ':g/a/normal Ax\r', '"ayw@a', 'qaf ixyz\x1bq@a', 'qaAx\x1bqqAjAy\x1bqgg@a'),
  // Visual blocks
  ...on('f', '\x16jjd', '\x16jjIX\x1b', '\x16jjAX\x1b', '\x16jj$AX\x1b', '\x16jllcXY\x1b', '\x16jlly$p', '\x16jlyjP', '\x16jjrz', '\x16jlU', '\x16jl~', '\x16jlo', '\x16jlO', '\x16jlx', '\x16j$d', '\x16', '\x16jlV', '\x16jlv', '\x16jl>', '\x16jlJ', '\x16jj\x1bgv', 'w\x16jlx.', '\x16jlsQ\x1b', '\x16jjIab\x1bu', '\x16jlCz\x1b', '\x16jD', '5jfl\x16jld', 'w\x16Gd', '\x16jlyGp', '2j\x16jl"ayG"ap'),
  ...on('nums', '\x16G$Aend\x1b', '\x16GI# \x1b', '\x16GIx\x1bj.', '\x16Gld'),
  // Visual
  ...on('f', 'vjo', 'Vjo', 'vey', 'vjy', 'Vjy', 'vjd', 'Vjd', 'v$d', 'vey\x1bgv', 'Vj\x1bgvd', 'vjJ', 'VjgJ', 'vj>', 'Vj>.', 'vj2>', 'vU', 'viwu', 'vjr-', 'veSx\x1b', 'vecx\x1b', 'vj:s/a/b/\r', 'Vj:norm Ax\r', 'vjw', 'vG', 'v/foo\ry', 'v3l', 'vaw', 'vv', 'vV', 'VV', 'vjp', 'Vy:3\rP', 'vegU', 'vfm~', 'vjX', 'vjY', 'vjD', 'vjR', 'v}d', 'v%', 'ggVGd', 'ggVGy', 'vj:', 'V:d\r', 'vew"xyP', 'v\x1b:\'<,\'>d\r'),
  // Lines joined, cases, numbers, shifting
  ...on('f', 'J', '3J', 'gJ', 'GJ', '~', '3~', 'g~~', 'gUU', 'guu', 'gUiw', 'g~iw', 'guap', 'g??', 'gUj', '>>', '3>>', '>j', '>>.', '>>3.', '<<', 'j<<', '>ap', ':set sw=2 et\r>>', ':>\r', ':>>\r', ':2,4>\r', ':set sw=4\r>>', ':set sw=4\r2>>j<<'),
  ...on('code', '6j\x01', '6j5\x01', '6j\x18', '6j10\x18', '6jfx\x01', '6jf0\x01', '6j$F9\x01', '6jw\x01..', '7j\x01', '6j2w\x18', '6j2w\x01', 'j\x01', '6jV\x01', '6jw5\x01u'),
  ...on('nums', 'VG\x01', 'VGg\x01', 'VG5\x18', 'ggVG:sort\r', ':sort\r', ':sort n\r', ':sort! n\r', ':sort u\r', ':%!sort\r', ':%!sort -n | uniq\r', '!!tr a-z A-Z\r', '!jsort\r', '!G', '3!!', ':2!rev\r', ':r !echo hi\r', ':0r !echo hi\r', ':r !printf "a\\nb\\nc\\nd\\n"\r', ':%!false\r', ':.!cat\r', ':w !cat\r', ':!echo hi\r', ':!echo hi\r\r', ':!false\r', ':!ls\r', ':!cat %\r\r', ':w\r:!cat %\r'),
  // Motions
  ...on('code', 'fx', 'jfa', 'jta', 'j$Fa', 'j$Ta', 'jf=;', 'jf=,', 'jf=;,', 'j3f=', 'jfz', 'jdf(', 'jdt(', 'j$dT(', 'jcf=X\x1b', '%', 'j%', '2j%', '2jf(%', '}', '{', 'G{', '3}', '6j)', '7j)', '7j))', '7j)))', '7j$(', '7j$((', 'G(', 'd)', '7jd)', '7j$d(', '2j[{', '2jf"[(', '2j]}', ']]', '[[', 'w', 'W', '5w', '3W', 'e', '4e', 'E', 'Gb', 'G3b', 'GB', 'Gge', 'GgE', '7jW', 'g_', '3g_', '5|', '20|', '+', '2+', 'G-', '_', '3_', 'gm', 'go', 'jl', '5l', '99l', '$l', 'h', '3 ', '$ ', '\x7f', 'j\x7f', 'jj0j', '2jfxjk', '$jjj', '2j$kk', '8jfb*', '8j*', 'G#', '2jf"*', 'g*', '5j*', '/x\r', '/x\rn', '/x\rN', '?x\r', '?x\rn', '?x\rN', '/x/e\r', '/x/+1\r', '/x/-1\r', '/nope\r', '/x\r//\r', 'd/x\r', 'd/x/e\r', '/\\<if\r', '/t\\+\r', '/[0-9]\\{2}\r', '/\\d\\d\r', '/\\vx|y\r', '/\\cONE\r', '/ONE\r', '/One\\|Two\r', '/\\(a\\)\r', '/^int\r', '/.$\r', '/a.b\r', '/\\.\r', '/a*b\r', '/zzz\r:s//x/\r', ':set ic\r/ONE\r', ':set ic scs\r/ONE\r', ':set ic scs\r/one\r', ':set nows\rG/int\r', '2/x\r', '/x', '/in\x7f', '?'),
  ...on('long', 'H', 'M', 'L', '3H', '3L', 'zt', '30jzz', '30jzt', '30jzb', '30jz\r', '30jz.', '30jz-', '\x04', '\x04\x04', '\x04\x15', '\x06', '\x06\x06', '\x06\x06\x02', 'G\x02', 'G\x15', '\x05', '5\x05', '\x05\x19', 'G', 'Ggg', '50G', '50G\x19', ':50\r', '50%', '99jzt5k', '40j``', "40G50G''", '60Gma10G`a', '40Gdd', '60Gp', '60GO\x1b', '60G3dd', 'GOx\x1b', '100GzbdG', '22j', '23j', '24j', '60j30k', 'G5kyyP', '/line 5\r', '/line 55\r', '/line 99\rn', 'n', ':set nu\r', ':set rnu\r', ':set nu rnu\r5j', ':set nu\rG', ':set nu\r:set nonu\r', ':set invnu\r', ':set number!\r', ':5,10d\ru', ':g/1/d\r', ':g/1/d\ru', ':v/1/d\r', ':g/5/m0\r', ':g/^/m0\r', ':g/line 1/t.\r', ':%s/line/x/\r', ':%s/\\d/N/g\r', ':5,7s/line/x/\r', ':g/9/s/line/X/\r', ':g/9$/normal dd\r', ':10,20j\r', ':10m20\r', ':1,3co$\r', ':20,22y\rGp', ':10;+3d\r', ':/5/,/7/d\r', ':?1?\r', ':$-2,$d\r', ':.,.+3d\r', ':5\r:.,+2d\r', ':,5d\r', ':5,2d\r', ':200\r', ':200d\r', ':10k a\r:\'a\r', ':3,5p\r', ':5#\r', ':5nu\r', ':3l\r', ':=\r', ':.=\r', '5:', '5:d\r'),
  // Insert mode
  ...on('f', 'ifoo bar\x17X\x1b', 'ifoo bar\x15X\x1b', 'A one\x17\x17\x1b', 'A one\x15\x1b', 'wi\x17\x1b', 'wix\x17\x17\x1b', 'jA\x15\x1b', 'yiwA \x12"\x1b', 'yiwA\x120\x1b', 'i\x14x\x1b', 'ji\x04\x1b', 'ji\x14\x14x\x1b', 'i\x16u00e9\x1b', 'i\x16065\x1b', 'i\x16\x09\x1b', 'i\x16\x1b\x1b', 'ix\x0fDy\x1b', 'ix\x0f2wy\x1b', 'i\x0f', 'Rab\x1b', 'Rab\x7f\x7f\x1b', 'RXYZ\x7fW\x1b', '3Rab\x1b', 'R\r\x1b', 'A\r\x1b', 'O\x1b', '3iab\x1b', '3oab\x1b', '3Oab\x1b', '2Aab\x1b', '3ix\ry\x1b', 'i\x05\x19\x1b', 'ji\x19\x19\x1b', 'ia\x1b.', 'Aa\x1bj.', 'cwX\x1bw.', 'cwX\x1bw3.', 'x3.', '3x.', 'ddj.', '2ddj.', 'dwj.', 'A;\x1bjj.', 'ihe\x1bu.', 'i', 'R', 'ia\x1b[D', 'ia\x1b[Cb\x1b', 'A\x1b[Db\x1b', 'ix\x1b[Ay\x1b', 'A\x1b[Hx\x1b', 'i\x1b[Fx\x1b', 'i\x1b[3~\x1b', 'itab\tx\x1b', ':set et\ria\tb\x1b', ':set sts=4\ria\tb\x1b', ':set sts=4 et\ria\tb\x7f\x1b', ':set ai\rjoab\x1b', ':set ai\rjo\x1b', ':set ai\rjoa\rb\x1b', ':set ai\rj$a\rx\x1b', ':set paste\ri', ':set paste\ria\tb\x1b', 'ofoo\x1bu', 'ifoo\x1b[Dx\x1bu'),
  // Maps and abbreviations
  ...on('f', ':map Q dd\rQ', ':nmap Q Ax<Esc>\rQ', ':nnoremap ; :\r;2d\r', ':imap jj <Esc>\rixjj', ':inoremap jk <Esc>\riabjkx', ':ab hw hello world\rihw \x1b', ':ab hw hello\rihw\x1b', ':iab x y\rAx x.\x1b', ':unmap Q\r', ':map Q x\r:unmap Q\rQ', ':nnoremap dd x\rdd', ':vnoremap s d\rvls', ':ab\r', ':nmap Q x\r:nmap Q\r', ':map <C-n> 2x\r\x0e', ':let mapleader=","\r', ':nnoremap <Space> x\r ', ':noremap j k\rGj'),
  // :s and :g
  ...on('f', ':s/a/X/\r', ':s/a/X/g\r', ':%s/a/X/g\r', ':%s/a\\|e/X/g\r', ':%s/\\(\\w\\+\\) \\(\\w\\+\\)/\\2 \\1/\r', ':%s/\\s\\+/_/g\r', ':%s/$/;/\r', ':%s/^/# /\r', ':%s/a/&&/\r', ':s/a/\\r/\r', ':s/ /\\r/g\r', ':%s/\\n//\r', ':s/A/x/i\r', ':s/A/x/\r', ':%s/a//n\r', ':%s/a//gn\r', ':%s/a/b/gc\rynya', ':%s/a/b/gc\r', ':%s/a/b/c\ryq', ':%s/a/b/gc\rl', ':%s/a/b/gc\rq', ':%s/zzz/b/c\r', ':s/a/b\r', ':s,a,b,\r', ':s/x\\/y/z/\r', ':s/a/b/|s/e/f/\r', ':s/al\\zsp/X/\r', ':s/al\\zeph/X/\r', ':s/a/b/3\r', ':s/a/b/x\r', ':s\r', ':s/a/b/\rj:s\r', ':s/a/b/\rj&', ':s/a/b/g\rj&&', ':s/a/b/\rg&', ':s/a/b/\r:%&&\r', ':&\r', ':s/a/~/\r', ':g/a/s//X/g\r', ':g/key/t0\r', ':g/foo/-1d\r', ':g!/a/d\r', ':g/nope/d\r', ':g/a/p\r', ':g/a\r', ':v/./d\r', ':g/^$/d\r', ':g/a/j\r', ':g/a/>\r', ':g/a/norm Ax\r', ':d|d\r', ':1d|$d\r', ':3d x\r"xp', ':y x\r"xp', ':2pu x\r', ':2ma x\r', ':2,3m0\r', ':m+1\r', ':m-2\r', ':5t.\r', ':t\r', ':m\r', ':j!\r', ':2,4j!\r', ':u\r', 'x:u\r', ':red\r', ':noh\r', ':foo\r', ':d 99\r', ':3;+1d\r', ':1,2\r'),
  // Options
  ...on('f', ':set list\r', ':set nolist\r', ':set ts=4\r', ':set ts=4 list\r', ':set ts=0\r', ':set ts\r', ':set ts?\r', ':set nu?\r', ':set ic?\r', ':set nope\r', ':set nu ic hls\r', ':set hlsearch\r', ':set nowrap\r', ':set ff=dos\r:w\r', ':set ff?\r', ':set ts=x\r', ':set nu=3\r', ':set sw=0\r>>', ':set is\r', ':syntax on\r', ':set nu|set list\r'),
  ...on('wide', '', ':set nowrap\r', ':set nowrap\r100l', ':set nowrap\r100lj', ':set nowrap\r$', '$', 'j', 'jj', '2j$', '100l', 'gj', ':set nu\r', ':set list\r', 'x', 'G', 'A end\x1b', '0i\r\x1b', ':set nowrap\r2j40l', 'Jx', '50l\x16jd'),
  ...on('dos', '', 'x:w\r', 'Ahi\x1b:w\r', ':set ff=unix\r:w\r', 'yyp:w\r'),
  ...on('bare', '', ':w\r', 'x:w\r', 'Gdd:w\r'),
  // Files
  ...on('f g', '', ':n\r', ':n\r:prev\r', ':n\r:n\r', ':prev\r', 'x:n\r', 'x:n!\r', 'x:wn\r', ':q\r', ':q\r:q\r', ':n\r:q\r', ':args\r', ':ls\r', ':n\r:ls\r', ':n\r:e #\r', ':n\r\x1e', ':bn\r', ':b2\r', ':b g\r', ':b9\r', ':last\r', ':rew\r', ':wq\r', ':x\r', ':qa\r', '5j:n\r:prev\r'),
  ...on('f', ':e g\r:e #\r', ':e g\r:e f\r', '5j:e g\r:e #\r', ':e #\r', ':b1\r', ':ls\r', ':e g\r:ls\r', ':f\r', ':f h\r', ':f h\r:w\r', ':sav h\r', ':up\r', 'x:up\r', ':r g\r', ':$r g\r', ':w %.bak\r', ':r dir\r', ':wq! g\r', ':2,3w! h\r', ':w>>g\r', 'igarbage\x1b:e!\r', ':q|q\r', ':echo "hi"\r', ':his\r', ':set nu\r:his\r'),
  ['vim +4 f', 'x'], ['vim +/foo f', 'x'], ['vim -c "set nu" -c 4 f', ''], ['vim -c "%s/a/b/g" -c wq f'], ['vim nowhere/x', 'ix\x1b:w\r'], ['vim +norm\\ Ax f', ''], ['vim', 'ihi\x1b:w\r'], ['vim', 'ihi\x1b:w h\r'], ['vim', 'ihi\x1b:q\r'], ['vim new', 'ihi\x1b:x\r'],
  // Hangul
  ...on('f', '5jw', '5jwx', '5jwxp', '5jwcw이름\x1b', '5jf글', '5jwr가', '5jwylp', '5jwvld', '5jw~', 'A 한국어\x1b', 'i가나다\x7f\x1b', 'R가\x1b', '5jwi\x17\x1b', '/한\rx', ':%s/한/대/\r', ':s/a/가/g\r', '5jw\x16kd', '5jwk', '5jwea!\x1b', '5jwgUiw', '5jwD'),
  // Other sizes
  ['vim long', { columns: 40, rows: 10 }, '9G'], ['vim long', '50G', { columns: 40, rows: 10 }], ['vim wide', { columns: 40, rows: 10 }], ['vim f', 'ihello', { columns: 40, rows: 12 }, ' world\x1b'], ['vim long', { columns: 40, rows: 10 }, '\x04\x04', { columns: 80, rows: 24 }], ['vim f', ':s/a', { columns: 40, rows: 10 }, '/b/\r'], ['vim wide', { columns: 40, rows: 10 }, 'G'], ['vim f', 'ggVG', { columns: 30, rows: 10 }],
];

/** Rows that are not yet as vim has them: what waits a second, what is behind a command's output, the place after a resize. */
// prettier-ignore
export const KNOWN_DIFFERENCES: readonly Row[] = [
  // Vim sleeps after a message, and was recorded meanwhile.
  ['vim f', 'vjp'],
  // Ex mode is refused by name.
  ['vim f', ':map Q x\r:unmap Q\rQ'],
  // Where a larger window begins after scrolling.
  ['vim long', { columns: 40, rows: 10 }, '\x04\x04', { columns: 80, rows: 24 }],
];
