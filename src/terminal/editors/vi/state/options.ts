/** What `:set` has changed. */
export interface ViOptions {
  readonly autoindent: boolean;
  readonly expandtab: boolean;
  readonly hidden: boolean;
  readonly ignorecase: boolean;
  readonly laststatus: number;
  readonly list: boolean;
  readonly listchars: string;
  readonly modifiable: boolean;
  readonly number: boolean;
  readonly numberwidth: number;
  readonly paste: boolean;
  readonly relativenumber: boolean;
  readonly ruler: boolean;
  readonly scrolloff: number;
  readonly shiftround: boolean;
  readonly shiftwidth: number;
  readonly showcmd: boolean;
  readonly showmode: boolean;
  readonly sidescroll: number;
  readonly smartcase: boolean;
  readonly smartindent: boolean;
  readonly softtabstop: number;
  readonly tabstop: number;
  readonly textwidth: number;
  readonly wrap: boolean;
  readonly wrapscan: boolean;
  /** Those that change nothing but what `:set NAME?` says. */
  readonly others: Readonly<Record<string, boolean | string>>;
}

/** As vim's defaults.vim and Debian's start-up file leave them. */
export const DEFAULT_OPTIONS: ViOptions = {
  autoindent: false,
  expandtab: false,
  hidden: false,
  ignorecase: false,
  laststatus: 1,
  list: false,
  listchars: 'eol:$',
  modifiable: true,
  number: false,
  numberwidth: 4,
  paste: false,
  relativenumber: false,
  ruler: true,
  scrolloff: 5,
  shiftround: false,
  shiftwidth: 8,
  showcmd: true,
  showmode: true,
  sidescroll: 0,
  smartcase: false,
  smartindent: false,
  softtabstop: 0,
  tabstop: 8,
  textwidth: 0,
  wrap: true,
  wrapscan: true,
  others: {},
};
