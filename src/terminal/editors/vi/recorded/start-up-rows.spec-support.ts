import type { Row } from '../../../testing/recorded-screens.spec-support.ts';

const on = (file: string, ...keys: readonly string[]): readonly Row[] => keys.map((each) => [`vim ${file}`, each]);

// prettier-ignore
export const START_UP_ROWS: readonly Row[] = [
  // Swap files and what a second vim says, start-up files
  ...on('f', ':recover\r', ':source nope\r'),
  ...on('-u NONE f', 'j'),
  ['vim f', '', ':!ls -A\r'], ['vim f', ':q\r', 'ls -A\r'], ['vim f', '\x1a', 'vim f\r'], ['vim f', '\x1a', 'vim f\r', 'o'], ['vim f', '\x1a', 'vim f\r', 'e'],
  ['vim f', '\x1a', 'vim f\r', 'x'], ['vim new', '', ':!ls -A\r'], ['vim f', ':e g\r', ':!ls -A\r'], ['vim f', ':set noswf\r', ':!ls -A\r'],
  ['vim -n f', '', ':!ls -A\r'], ['view f', '', ':!ls -A\r'], ['vim -R f', '\x1a', 'vim f\r'], ['vim f', '\x1a', 'view f\r'], ['touch .f.swp; vim f'],
  ['touch .f.swp; vim f', 'd', ':!ls -A\r'], ['touch .f.swp; vim f', 'q', 'ls -A\r'], ['touch .f.swp; vim f', 'e', ':!ls -A\r'], ['vim -r f'],
  ['vim f', '\x1a', 'kill -9 %1\r', 'vim f\r'], ['cd dir; vim ../f', '', ':!ls -A ..\r'], ['vim f', '\x1a', 'vim f\r', 'd'], ["echo 'set nu' > .vimrc; HOME=$PWD vim f"],
  ["echo 'set nu ts=2 sw=2 et' > .vimrc; HOME=$PWD vim f", 'j>>', ':set ts?\r'], ["echo 'set nope' > .vimrc; HOME=$PWD vim f"],
  ["printf 'set nope\\nset nu\\n' > .vimrc; HOME=$PWD vim f", '\r'], ["printf '\" c\\nset nu\\nsyntax on\\nset hlsearch\\nmap Q :q<CR>\\n' > .vimrc; HOME=$PWD vim f"],
  ["echo 'set so=2' > .vimrc; HOME=$PWD vim long", '21j', 'jj'], ["echo 'set ts=4' > .vimrc; HOME=$PWD vim long", '30j', ':set so?\r'],
  ["echo 'set nu' > rc; vim -u rc f"], ["echo 'set nu' > rc; vim -u NONE f"], ["EXINIT='set nu' vim f"], ['echo foo > .vimrc; HOME=$PWD vim f'],
  ["printf 'map <F2> :w<CR>\\nnnoremap ; :\\n' > .vimrc; HOME=$PWD vim f", ';set nu\r'], ['vim --clean f'], ["printf 'set nu\\n' > x.vim; vim f", ':source x.vim\r'],
  ["printf 'set nu\\n' > x.vim; vim -S x.vim f"], ["mkdir .vim; echo 'set nu' > .vim/vimrc; HOME=$PWD vim f"],
  ["echo 'set nocompatible' > .vimrc; HOME=$PWD vim f", 'Q'], ["echo 'set paste' > .vimrc; HOME=$PWD vim f", 'i'],
  ["echo 'autocmd FileType yaml setlocal ts=2 sts=2 sw=2 expandtab' > .vimrc; HOME=$PWD vim f"], ["printf 'if 1\\nset nu\\nendif\\n' > .vimrc; HOME=$PWD vim f"],
  // Types of files and the indentation of YAML
  ...on('x.yaml', 'iapiVersion: v1\rkind: Pod\rmetadata:\rname: x\rlabels:\rapp: y\x1b', 'ispec:\rcontainers:\r- name: a\rimage: b\rports:\r- containerPort: 80\x1b',
    'i\tx\x1b', ':set et?\r', ':set sw?\r', ':set sts?\r', ':set ai?\r', ':set ft?\r', 'ia:\x1bob: 1\x1boc: 2\x1b', 'ia: |\rx\ry\x1b', 'i- a\r- b\x1b', 'ia:\r\r\x1b',
    'ia:\r\x1b', 'ia:\r  - b: 1\rc: 2\rd:\re: 3\x1b', 'i# c\rx\x1b', 'ia:\rb: 1\rc: 2\x1b', 'ia:\rb: 1\r\x04c: 2\x1b', ':set paste\ria:\r  b:\r  c: 1\x1b',
    'ia:\r- b\r- c:\rd: 1\x1b', 'imetadata:\rname: a\rspec:\rx: 1\x1b', 'ia:\rb:\rc: 1\x1bjjjod: 1\x1b', 'ia: "x"\rb: {\rc: 1\x1b', ':set noet sw=4\ria:\rb: 1\x1b'),
  ...on('x.sh', 'iif true; then\recho hi\rfi\x1b', ':set ft? sw? et? ai?\r'),
  ...on('x.py', 'idef f():\rreturn 1\rx\x1b', ':set et?\r'),
  ...on('x.json', 'i{\r"a": 1,\r"b": {\r\x1b', ':set et?\r'),
  ...on('x.c', 'iint main() {\rx;\r}\x1b'),
  ...on('Dockerfile', 'iFROM x\rRUN a \\\rb\x1b'),
  ...on('Makefile', 'iall:\recho\x1b'),
  ...on('x.yml', ':set sw?\r'),
  ...on('x.md', 'i- a\rb\x1b'),
  ...on('x.conf', 'ia {\rb\x1b'),
  ...on('x.service', 'i[Unit]\rA=b\x1b'),
  ['vim x.yaml', 'ia:\x1b>>', ':set ts? \r'], ["printf 'a:\\n  b:\\n    c: 1\\nd: 2\\n' > x.yaml; vim x.yaml", 'jjox: 1\x1b'],
  ["printf 'a:\\n  b:\\n    c: 1\\nd: 2\\n' > x.yaml; vim x.yaml", 'gg=G'], ["echo 'set nu' > .vimrc; HOME=$PWD vim x.yaml", ':set sw?\r'],
  ["echo 'syntax on' > .vimrc; HOME=$PWD vim x.yaml", ':set sw?\r'], ["echo 'set ts=2 sw=2 et' > .vimrc; HOME=$PWD vim x.yaml", 'ia:\rb: 1\x1b'],
  ["echo 'set ts=2 sw=2 et ai' > .vimrc; HOME=$PWD vim x.yaml", 'ia:\r\tb: 1\rc: 1\x1b'],
];

/** Rows that are not as vim has them: recovering, other languages, numbers without a start-up file of its own. */
// prettier-ignore
export const KNOWN_DIFFERENCES: readonly Row[] = [
  // Recovering is refused by name.
  ['vim f', ':recover\r'],
  ['vim -r f'],
  // Without vim's defaults it is compatible with vi: words, ruler, width of numbers.
  ['vim -u NONE f', 'j'],
  ["echo 'set nu' > rc; vim -u rc f"],
  ["echo 'set nu' > rc; vim -u NONE f"],
  // Only the message at the bottom.
  ["printf 'set nu\\n' > x.vim; vim -S x.vim f"],
  // Ex mode is refused by name.
  ["echo 'set nocompatible' > .vimrc; HOME=$PWD vim f", 'Q'],
  // No indentation by the language but YAML's.
  ['vim x.sh', 'iif true; then\recho hi\rfi\x1b'],
  ['vim x.py', 'idef f():\rreturn 1\rx\x1b'],
  ['vim x.json', 'i{\r"a": 1,\r"b": {\r\x1b'],
  ['vim x.c', 'iint main() {\rx;\r}\x1b'],
  ['vim Makefile', 'iall:\recho\x1b'],
  // Escape is still shown as typed where vim was recorded.
  ["echo 'set ts=2 sw=2 et' > .vimrc; HOME=$PWD vim x.yaml", 'ia:\rb: 1\x1b'],
  ["echo 'set ts=2 sw=2 et ai' > .vimrc; HOME=$PWD vim x.yaml", 'ia:\r\tb: 1\rc: 1\x1b'],
];
