/** Which columns ps shows and by what it sorts (procps 4.0 ps/sortformat.c). */
import { AIX_LETTERS, MACROS, PS_COLUMNS, SHORT_SORTS, type Column } from './ps-columns.ts';
import type { Deferred, PsOptions } from './ps-options.ts';

export interface SortKey {
  readonly column: Column;
  readonly descending: boolean;
}
export interface PsFormat {
  readonly columns: readonly Column[];
  readonly sort: readonly SortKey[];
  /** $PS_FORMAT was no format: why not. */
  readonly warning?: string;
}

/** What the options, or $PS_FORMAT, ask for; a text says what is wrong with it. */
export function formatOf(options: PsOptions, pidWidth: number, environment: string | undefined): PsFormat | string {
  const deferred = readDeferred(options, pidWidth);
  if (typeof deferred === 'string') return deferred;
  const { sort } = deferred;
  const { formats, modifiers } = options;
  // The combination of thread options that needs columns for both.
  const mustUse = bothThreadStyles(options);
  if (deferred.columns.length === 0 && formats.size === 0 && modifiers.size === 0 && (environment ?? '') !== '') {
    if (mustUse) return 'tell <procps@freelists.org> what you want (-L/-T, -m/m/H, and $PS_FORMAT)';
    const columns = formatList(environment ?? '', pidWidth);
    if (typeof columns !== 'string') return { columns, sort };
    const standard = standardColumns(options, pidWidth);
    return typeof standard === 'string' ? standard : { columns: standard, sort, warning: columns };
  }
  if (deferred.columns.length > 0) {
    if (formats.size > 0) return 'conflicting format options';
    if (modifiers.size > 0) return 'can not use output modifiers with user-defined output';
    if (mustUse) return '-L/-T with H/m/-m and -o/-O/o/O is nonsense';
    return { columns: deferred.columns, sort };
  }
  const columns = standardColumns(options, pidWidth);
  return typeof columns === 'string' ? columns : { columns, sort };
}

const bothThreadStyles = ({ threads }: PsOptions): boolean =>
  (threads.has('UT') || threads.has('UL')) && (threads.has('Bm') || threads.has('Um') || threads.has('BH'));

/** A column, or those of a macro; undefined where there is none of the name. */
function specifier(name: string, pidWidth: number, title?: string): readonly Column[] | undefined {
  const column = PS_COLUMNS.get(name);
  if (column === undefined) return MACROS[name]?.split(',').flatMap((each) => specifier(each, pidWidth, title) ?? []);
  const width = column.isPid ? Math.max(pidWidth, column.title.length) : column.width;
  return [{ ...column, title: title ?? column.title, width: Math.max(width, title?.length ?? 0) }];
}
const known = (names: string, pidWidth: number): readonly Column[] =>
  names.split(' ').flatMap((name) => specifier(name, pidWidth) ?? []);

function readDeferred(
  options: PsOptions,
  pidWidth: number,
): { readonly columns: readonly Column[]; readonly sort: readonly SortKey[] } | string {
  const columns: Column[] = [];
  const sort: SortKey[] = [];
  const hasLongSort = options.deferred.some(({ from }) => from === '--sort');
  let parsedFormat = false;
  let parsedSort = false;
  const take = (found: readonly Column[] | string): string | undefined => {
    if (typeof found === 'string') return found;
    columns.push(...found);
    parsedFormat = true;
    return undefined;
  };
  const readOne = ({ from, text }: Deferred): string | undefined => {
    if (from === '--sort') {
      if (parsedSort) return 'multiple sort options';
      parsedSort = true;
      const keys = longSort(text);
      if (typeof keys === 'string') return keys;
      sort.push(...keys);
      return undefined;
    }
    if (from !== 'O' && from !== '-O') return take(formatList(text, pidWidth));
    if (from === '-O') {
      if (parsedFormat) return 'option -O can not follow other format options';
      return take(wrapped(formatList(text, pidWidth), 'END_SYS5', pidWidth));
    }
    const mistake = hasLongSort || parsedSort ? 'multiple sort options' : shortSortMistake(text, options);
    if (mistake === undefined) {
      parsedSort = true;
      sort.push(...shortSort(text));
      return undefined;
    }
    if (parsedFormat) return 'option O is neither first format nor sort order';
    return take(wrapped(formatList(text, pidWidth), 'END_BSD', pidWidth)) === undefined ? undefined : mistake;
  };
  for (const deferred of options.deferred) {
    const complaint = readOne(deferred);
    if (complaint !== undefined) return complaint;
  }
  return { columns, sort };
}

/** -O puts its columns between the number and the rest. */
function wrapped(found: readonly Column[] | string, rest: string, pidWidth: number): readonly Column[] | string {
  if (typeof found === 'string') return found;
  return [...known('pid', pidWidth), ...found, ...(specifier(rest, pidWidth) ?? [])];
}

/** `pid,user:20,comm=WHAT`: the last title goes on to the end. */
function formatList(text: string, pidWidth: number): readonly Column[] | string {
  const complaint = plainFormatList(text, pidWidth);
  if (typeof complaint !== 'string') return complaint;
  const isAix = text.includes('%') && text !== '%cpu' && !/^%cpu[ ,]/.test(text) && !text.startsWith('%m');
  return isAix ? aixFormat(text, pidWidth) : complaint;
}

function plainFormatList(text: string, pidWidth: number): readonly Column[] | string {
  const parts = text.split(/[ ,\t\n]/);
  // One separator at the end is let pass.
  if (parts.length > 1 && parts.at(-1) === '') parts.pop();
  if (parts.includes('')) return 'improper format list';
  const columns: Column[] = [];
  let at = 0;
  for (const [index, part] of parts.entries()) {
    const isLast = index === parts.length - 1;
    const equals = part.indexOf('=');
    const [name = '', width] = (equals < 0 ? part : part.slice(0, equals)).split(/:(.*)/s);
    if (width !== undefined && !/^[1-9]\d*$/.test(width)) return 'column widths must be unsigned decimal numbers';
    const title = equals < 0 ? undefined : isLast ? text.slice(at + equals + 1) : part.slice(equals + 1);
    const found = specifier(name, pidWidth, title);
    if (found === undefined) return `unknown user-defined format specifier "${name}"`;
    if (width !== undefined && found.length > 1) return 'can not set width for a macro (multi-column) format specifier';
    columns.push(...(width === undefined ? found : found.map((column) => ({ ...column, width: Number(width) }))));
    at += part.length + 1;
  }
  return columns;
}

const filler = (text: string): Column => ({
  name: '',
  title: text,
  width: text.length,
  side: 'text',
  rows: 'both',
  isPid: false,
  value: undefined,
  key: '',
});

/** `%p  %c`: letters after percent signs, blanks as they are. */
function aixFormat(text: string, pidWidth: number): readonly Column[] | string {
  if (!/^(?:%.| )*%?$/s.test(text)) return 'improper AIX field descriptor';
  if (/%(?:$| |%)/.test(text)) return 'missing AIX field descriptor';
  const columns: Column[] = [];
  for (const [, letter, between] of text.matchAll(/%(.)|([^%]+)/gs)) {
    if (between !== undefined) {
      columns.push(filler(between));
      continue;
    }
    const found = AIX_LETTERS[letter ?? ''];
    if (found === undefined) return 'unknown AIX field descriptor';
    columns.push(...(specifier(found[0], pidWidth, found[1]) ?? []));
  }
  // A filler without width ends it, before which the last column is padded.
  return [...columns, filler('')];
}

function longSort(text: string): readonly SortKey[] | string {
  const words = text.split(/[ ,\t\n]/);
  if (words.length > 1 && words.at(-1) === '') words.pop();
  if (words.includes('')) return 'improper sort list';
  const keys: SortKey[] = [];
  for (const word of words) {
    const column = PS_COLUMNS.get(word.replace(/^[-+]/, ''));
    if (column === undefined) return 'unknown sort specifier';
    keys.push({ column, descending: word.startsWith('-') });
  }
  return keys;
}

function shortSortMistake(text: string, { forest }: PsOptions): string | undefined {
  if (!/^[CGJKMNPRSTUcfgjkmnoprstuvy+-]*$/.test(text) || /[-+](?:$|[-+])/.test(text)) return 'bad sorting code';
  const letters = text.replace(/[-+]/g, '');
  if (letters.includes('P') && forest !== 'none') return 'PPID sort and forest output conflict';
  return new Set(letters).size === letters.length ? undefined : 'bad sorting code';
}

function shortSort(text: string): readonly SortKey[] {
  return [...text.matchAll(/([-+]?)([^-+])/g)].flatMap(([, sign, letter]) => {
    const column = PS_COLUMNS.get(SHORT_SORTS[letter ?? ''] ?? '');
    return column === undefined ? [] : [{ column, descending: sign === '-' }];
  });
}

const NAMED_FORMATS: Readonly<Record<string, string>> = {
  Bj: 'OL_j',
  Bl: 'OL_l',
  Bs: 'OL_s',
  Bu: 'OL_u',
  Bv: 'OL_v',
  LX: 'OL_X',
  Lm: 'OL_m',
  Fc: 'FLASK_context',
};

function standardColumns(options: PsOptions, pidWidth: number): readonly Column[] | string {
  const formats = [...options.formats];
  if (formats.every((each) => each === 'Uf' || each === 'Ul')) return sysvColumns(options, pidWidth);
  if (formats.length > 1) return 'conflicting format options';
  return withModifiers([...(specifier(NAMED_FORMATS[formats[0] ?? ''] ?? '', pidWidth) ?? [])], options, pidWidth);
}

function sysvColumns(
  { formats, modifiers, threads, prefersBsd }: PsOptions,
  pidWidth: number,
): readonly Column[] | string {
  const [full, long] = [formats.has('Uf'), formats.has('Ul')];
  const short = modifiers.has('y');
  if (short && !long) return 'modifier -y without format -l makes no sense';
  const commands = prefersBsd
    ? [...(long ? [] : ['stat']), 'bsdtime', full || long ? 'cmd' : 'args']
    : ['time', full ? 'cmd' : 'ucmd'];
  const when = (condition: boolean, ...names: readonly string[]): readonly string[] => (condition ? names : []);
  const names = [
    ...when(modifiers.has('M'), 'label'),
    ...when(long, ...when(!short, 'f'), 's'),
    ...(full ? ['uid_hack'] : when(long, 'uid')),
    'pid',
    ...when(threads.has('UT'), 'spid'),
    ...when(full || long, 'ppid'),
    ...when(modifiers.has('j'), 'pgid', 'sid'),
    ...when(threads.has('UL'), 'lwp'),
    ...when(modifiers.has('P'), 'psr'),
    ...when((full || long) && !modifiers.has('c'), 'c'),
    ...when(threads.has('UL') && full, 'nlwp'),
    ...(modifiers.has('c') ? ['class', 'pri'] : when(long, 'opri', 'ni')),
    ...when(long, short ? 'rss' : 'addr_1'),
    ...when(modifiers.has('F') || long, 'sz'),
    ...when(long, 'wchan'),
    ...when(modifiers.has('F') && !(long && short), 'rss'),
    ...when(modifiers.has('F') && !modifiers.has('P'), 'psr'),
    ...when(full, 'stime'),
    'tname',
    ...commands,
  ];
  return known(names.join(' '), pidWidth);
}

/** What -j -y -c -T -L -M do to a format of BSD's. */
function withModifiers(
  columns: Column[],
  { modifiers, threads }: PsOptions,
  pidWidth: number,
): readonly Column[] | string {
  const after = (name: string, ...titles: readonly string[]): boolean => {
    const place = titles.map((title) => columns.findIndex((column) => column.title === title)).find((at) => at >= 0);
    if (place === undefined) return false;
    columns.splice(place + 1, 0, ...known(name, pidWidth));
    return true;
  };
  const remove = (title: string): void => {
    const place = columns.findIndex((column) => column.title === title);
    if (place >= 0) columns.splice(place, 1);
  };
  if (modifiers.has('j')) {
    after('pgid', 'PPID', 'PID');
    after('sid', 'PGID');
  }
  if (modifiers.has('y')) {
    remove('F');
    if (after('rss', 'ADDR')) remove('ADDR');
  }
  if (modifiers.has('c')) {
    for (const title of ['%CPU', 'CPU', 'CP', 'C', 'NI']) remove(title);
    if (!after('class', 'PRI')) return 'internal error: no PRI for -c option';
    remove('PRI');
    after('pri', 'CLS');
  }
  if (threads.has('UT')) after('spid', 'PID');
  if (threads.has('UL')) {
    after('lwp', 'SID', 'SESS', 'PGID', 'PGRP', 'PPID', 'PID');
    after('nlwp', '%CPU');
  }
  if (modifiers.has('M')) columns.unshift(...known('label', pidWidth));
  return columns;
}
