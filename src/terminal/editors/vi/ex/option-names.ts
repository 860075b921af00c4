/** vim's options: those that are modelled, those that change colours or nothing that is seen here, and the rest. */
import type { ViOptions } from '../state/options.ts';

type NamesOf<Kind> = { [Name in keyof ViOptions]: ViOptions[Name] extends Kind ? Name : never }[keyof ViOptions];
export type SwitchName = NamesOf<boolean>;
export type WidthName = NamesOf<number>;

const SWITCHES: readonly (readonly [name: SwitchName, short: string])[] = [
  ['autoindent', 'ai'],
  ['expandtab', 'et'],
  ['hidden', 'hid'],
  ['ignorecase', 'ic'],
  ['list', ''],
  ['modifiable', 'ma'],
  ['number', 'nu'],
  ['paste', ''],
  ['relativenumber', 'rnu'],
  ['ruler', 'ru'],
  ['shiftround', 'sr'],
  ['showcmd', 'sc'],
  ['showmode', 'smd'],
  ['smartcase', 'scs'],
  ['smartindent', 'si'],
  ['wrap', ''],
  ['wrapscan', 'ws'],
];
const WIDTHS: readonly (readonly [name: WidthName, short: string])[] = [
  ['laststatus', 'ls'],
  ['numberwidth', 'nuw'],
  ['scrolloff', 'so'],
  ['shiftwidth', 'sw'],
  ['sidescroll', 'ss'],
  ['softtabstop', 'sts'],
  ['tabstop', 'ts'],
  ['textwidth', 'tw'],
];

/** Name, short name and default of options whose value is kept as text; most change nothing that is seen here. */
const QUIET: readonly (readonly [name: string, short: string, value: boolean | string])[] = [
  ['autoread', 'ar', false],
  ['background', 'bg', 'light'],
  ['backspace', 'bs', 'indent,eol,start'],
  ['belloff', 'bo', ''],
  ['clipboard', 'cb', ''],
  ['colorcolumn', 'cc', ''],
  ['cursorcolumn', 'cuc', false],
  ['cursorline', 'cul', false],
  ['encoding', 'enc', 'utf-8'],
  ['errorbells', 'eb', false],
  ['fileencoding', 'fenc', 'utf-8'],
  ['fileencodings', 'fencs', 'ucs-bom,utf-8,default,latin1'],
  ['fileformats', 'ffs', 'unix,dos'],
  ['filetype', 'ft', ''],
  ['foldenable', 'fen', true],
  ['history', 'hi', '200'],
  ['hlsearch', 'hls', false],
  ['incsearch', 'is', true],
  ['lazyredraw', 'lz', false],
  ['modeline', 'ml', false],
  ['mouse', '', 'a'],
  ['pastetoggle', 'pt', ''],
  ['showmatch', 'sm', false],
  ['signcolumn', 'scl', 'auto'],
  ['spell', '', false],
  ['spelllang', 'spl', 'en'],
  ['splitbelow', 'sb', false],
  ['splitright', 'spr', false],
  ['swapfile', 'swf', true],
  ['synmaxcol', 'smc', '3000'],
  ['syntax', 'syn', ''],
  ['termencoding', 'tenc', ''],
  ['termguicolors', 'tgc', false],
  ['timeoutlen', 'tm', '1000'],
  ['title', '', false],
  ['ttimeout', '', true],
  ['ttimeoutlen', 'ttm', '100'],
  ['ttyfast', 'tf', true],
  ['undolevels', 'ul', '1000'],
  ['updatetime', 'ut', '4000'],
  ['visualbell', 'vb', false],
  ['whichwrap', 'ww', 'b,s'],
  ['wildmode', 'wim', 'full'],
];

/** Options that are left out: nothing but the default can be set. */
const ABSENT: readonly (readonly [name: string, short: string, value: boolean | string])[] = [
  ['autochdir', 'acd', false],
  ['autowrite', 'aw', false],
  ['autowriteall', 'awa', false],
  ['backup', 'bk', false],
  ['binary', 'bin', false],
  ['breakindent', 'bri', false],
  ['cindent', 'cin', false],
  ['cmdheight', 'ch', '1'],
  ['compatible', 'cp', false],
  ['complete', 'cpt', '.,w,b,u,t,i'],
  ['completeopt', 'cot', 'menu,preview'],
  ['confirm', 'cf', false],
  ['cpoptions', 'cpo', 'aABceFs'],
  ['diff', '', false],
  ['display', 'dy', 'truncate'],
  ['endofline', 'eol', true],
  ['equalprg', 'ep', ''],
  ['exrc', 'ex', false],
  ['fillchars', 'fcs', 'vert:|,fold:-,eob:~,lastline:@'],
  ['fixendofline', 'fixeol', true],
  ['foldcolumn', 'fdc', '0'],
  ['foldlevel', 'fdl', '0'],
  ['foldmethod', 'fdm', 'manual'],
  ['formatoptions', 'fo', 'tcq'],
  ['gdefault', 'gd', false],
  ['insertmode', 'im', false],
  ['iskeyword', 'isk', '@,48-57,_,192-255'],
  ['joinspaces', 'js', false],
  ['keywordprg', 'kp', 'man'],
  ['linebreak', 'lbr', false],
  ['magic', '', true],
  ['matchpairs', 'mps', '(:),{:},[:]'],
  ['more', '', true],
  ['nrformats', 'nf', 'bin,hex'],
  ['report', '', '2'],
  ['scroll', 'scr', '11'],
  ['shell', 'sh', '/bin/sh'],
  ['shortmess', 'shm', 'filnxtToOS'],
  ['showbreak', 'sbr', ''],
  ['showtabline', 'stal', '1'],
  ['sidescrolloff', 'siso', '0'],
  ['smarttab', 'sta', false],
  ['startofline', 'sol', true],
  ['statusline', 'stl', ''],
  ['tags', 'tag', './tags,tags'],
  ['tildeop', 'top', false],
  ['undodir', 'udir', '.'],
  ['undofile', 'udf', false],
  ['viminfo', 'vi', "'100,<50,s10,h"],
  ['virtualedit', 've', ''],
  ['wildmenu', 'wmnu', true],
  ['wrapmargin', 'wm', '0'],
  ['writebackup', 'wb', true],
];

const byName = <Name extends string>(rows: readonly (readonly [Name, string])[]): ReadonlyMap<string, Name> =>
  new Map(rows.flatMap(([name, short]) => [name, short].map((each) => [each, name] as const)));
export const SWITCH_NAMES = byName(SWITCHES);
export const WIDTH_NAMES = byName(WIDTHS);

export interface PlainOption {
  readonly name: string;
  readonly value: boolean | string;
  readonly kept: boolean;
}
const plain = (rows: typeof QUIET, kept: boolean): readonly (readonly [string, PlainOption])[] =>
  rows.flatMap(([name, short, value]) => [name, short].map((each) => [each, { name, value, kept }] as const));
export const PLAIN_OPTIONS: ReadonlyMap<string, PlainOption> = new Map([
  ...plain(ABSENT, false),
  ...plain(QUIET, true),
]);
