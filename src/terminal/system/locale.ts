/**
 * locale (glibc 2.39): what the environment chooses, over the locales that Ubuntu has without locale-gen: C, C.utf8, POSIX.
 * Leaves out: what the tables of LC_CTYPE, LC_COLLATE, names, addresses and telephones have, the list of charmaps (-m).
 */
import { failed } from '../../protocol/errno.ts';
import { command, type Invocation } from '../coreutils/command.ts';
import { charsetOf, isUtf8, localeName } from '../locale-name.ts';
import { notSimulated } from './plain-program.ts';

const CATEGORIES = (
  'LC_CTYPE LC_NUMERIC LC_TIME LC_COLLATE LC_MONETARY LC_MESSAGES LC_PAPER LC_NAME LC_ADDRESS LC_TELEPHONE ' +
  'LC_MEASUREMENT LC_IDENTIFICATION'
).split(' ');

type Value = string | number | readonly string[];

const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const MONTHS = 'January February March April May June July August September October November December'.split(' ');
const short = (names: readonly string[]): readonly string[] => names.map((name) => name.slice(0, 3));
const BLANK_ERA = {
  era: undefined,
  era_year: '',
  era_d_fmt: '',
  alt_digits: undefined,
  era_d_t_fmt: '',
  era_t_fmt: '',
};

/** Of the C locale, in the order of glibc's categories.def; `codeset` is the charmap, undefined a list without members. */
const KEYWORDS: Readonly<Record<string, Readonly<Record<string, Value | undefined>>>> = {
  LC_NUMERIC: {
    decimal_point: '.',
    thousands_sep: '',
    grouping: -1,
    'numeric-decimal-point-wc': 46,
    'numeric-thousands-sep-wc': 0,
    'numeric-codeset': 'codeset',
  },
  LC_TIME: {
    abday: short(DAYS),
    day: DAYS,
    abmon: short(MONTHS),
    mon: MONTHS,
    am_pm: ['AM', 'PM'],
    d_t_fmt: '%a %b %e %H:%M:%S %Y',
    d_fmt: '%m/%d/%y',
    t_fmt: '%H:%M:%S',
    t_fmt_ampm: '%I:%M:%S %p',
    ...BLANK_ERA,
    'time-era-num-entries': 0,
    'time-era-entries': 'S',
    'week-ndays': 7,
    'week-1stday': 19971130,
    'week-1stweek': 4,
    first_weekday: 1,
    first_workday: 2,
    cal_direction: 1,
    timezone: '',
    date_fmt: '%a %b %e %H:%M:%S %Z %Y',
    'time-codeset': 'codeset',
    alt_mon: MONTHS,
    ab_alt_mon: short(MONTHS),
  },
  LC_MESSAGES: { yesexpr: '^[yY]', noexpr: '^[nN]', yesstr: '', nostr: '', 'messages-codeset': 'codeset' },
  LC_PAPER: { height: 297, width: 210, 'paper-codeset': 'codeset' },
  LC_MEASUREMENT: { measurement: 1, 'measurement-codeset': 'codeset' },
};

export const locale = command(
  {
    name: 'locale',
    short: 'acmkv',
    long: { 'all-locales': 'a', 'category-name': 'c', charmaps: 'm', 'keyword-name': 'k', verbose: 'v' },
    absent: [...'mv'],
    helpOption: '-h',
    usageStatus: 64,
    hint: "Try `locale --help' or `locale --usage' for more information.",
    usage: '[OPTION...] NAME',
  },
  async (call) => {
    const { io, options, operands, process } = call;
    if (!['LC_CTYPE', 'LC_MESSAGES'].every((category) => charsetOf(chosen(process.env, category)) !== undefined))
      for (const category of ['LC_CTYPE', 'LC_MESSAGES', 'LC_ALL'])
        await io.warn(`Cannot set ${category} to default locale: No such file or directory`);
    if (options.has('a')) {
      // Others than Debian's have further ones.
      if (!failed(process.stat('/etc/redhat-release'))) return await notSimulated(io, 'locale -a');
      io.out('C\nC.utf8\nPOSIX\n');
      return await io.end(0);
    }
    if (operands.length === 0) return await showEnvironment(call);
    for (const name of operands) {
      const shown = await showName(call, name);
      if (shown !== 0) return shown;
    }
    return await io.end(0);
  },
);

type Environment = Readonly<Record<string, string>>;

const set = (env: Environment, name: string): string | undefined => env[name] || undefined;

/** The name of a category's locale (setlocale(3)). */
const chosen = (env: Environment, category: string): string => localeName(env, category, 'POSIX');

/** Quotes stand around what other variables imply. */
async function showEnvironment({ io, process: { env } }: Invocation): Promise<number> {
  io.line(`LANG=${env['LANG'] ?? ''}`);
  io.line(`LANGUAGE=${env['LANGUAGE'] ?? ''}`);
  const all = set(env, 'LC_ALL');
  for (const category of CATEGORIES) {
    const own = all === undefined ? set(env, category) : undefined;
    io.line(`${category}=${own ?? `"${chosen(env, category)}"`}`);
  }
  io.line(`LC_ALL=${all ?? ''}`);
  return await io.end(0);
}

async function showName(call: Invocation, name: string): Promise<number> {
  const { io, options } = call;
  const codeset = charmap(call);
  const show = (keyword: string, value: Value | undefined): void => {
    io.line(`${options.has('k') ? `${keyword}=` : ''}${valueText(value, codeset, options.has('k'))}`);
  };
  const heading = (category: string): void => {
    if (options.has('c')) io.line(category);
  };
  if (name === 'charmap') {
    heading('LC_CTYPE');
    show(name, 'codeset');
    return 0;
  }
  const whole = KEYWORDS[name];
  if (whole !== undefined) {
    heading(name);
    for (const [keyword, value] of Object.entries(whole)) show(keyword, value);
    return 0;
  }
  if (CATEGORIES.includes(name)) return await notSimulated(io, `locale ${name}`);
  const found = Object.entries(KEYWORDS).find(([, keywords]) => Object.hasOwn(keywords, name));
  if (found !== undefined) {
    heading(found[0]);
    show(name, found[1][name]);
    return 0;
  }
  if (OTHERS.has(name)) return await notSimulated(io, `locale ${name}`);
  await io.warn(`unknown name "${name}"`);
  return 1;
}

/** Keywords of the tables that are left out. */
const OTHERS: ReadonlySet<string> = new Set(
  `int_curr_symbol currency_symbol mon_decimal_point mon_thousands_sep mon_grouping positive_sign negative_sign
  int_frac_digits frac_digits p_cs_precedes p_sep_by_space n_cs_precedes n_sep_by_space p_sign_posn n_sign_posn crncystr
  name_fmt name_gen name_mr name_mrs name_miss name_ms postal_fmt country_name country_post country_ab2 country_ab3
  country_car country_num country_isbn lang_name lang_ab lang_term lang_lib tel_int_fmt tel_dom_fmt int_select int_prefix
  title source address contact email tel fax language territory audience application abbreviation revision date category
  ctype-class-names ctype-map-names ctype-width ctype-mb-cur-max collate-nrules`.split(/\s+/),
);

/** A locale that is not there leaves the program in that of C. */
function charmap({ process }: Invocation): string {
  return isUtf8(process) ? 'UTF-8' : 'ANSI_X3.4-1968';
}

function valueText(value: Value | undefined, codeset: string, named: boolean): string {
  if (value === undefined) return '';
  if (typeof value === 'number') return String(value);
  const text = value === 'codeset' ? codeset : typeof value === 'string' ? value : value.join(';');
  return named ? `"${text}"` : text;
}
