/** dig's command line: servers, names, types and +options, each lookup with those that stand after its name. */
import { TYPES } from '../../dns-message.ts';
import { reverseNameOf } from './ask.ts';

/** +options that are switched. */
export type Switch =
  | 'additional'
  | 'answer'
  | 'authority'
  | 'class'
  | 'cmd'
  | 'comments'
  | 'identify'
  | 'question'
  | 'recurse'
  | 'search'
  | 'short'
  | 'stats'
  | 'ttlid';

export interface Lookup {
  name: string | undefined;
  type: string | undefined;
  readonly on: Set<Switch>;
  tries: number;
  timeoutSeconds: number;
  ndots: number | undefined;
}

export interface DigArguments {
  readonly server: string | undefined;
  readonly port: number;
  readonly lookups: readonly Lookup[];
  /** Lines on stderr before anything is asked. */
  readonly warnings: readonly string[];
}

/** Why dig ends without asking. */
export interface Refusal {
  readonly text: string;
  readonly status: number;
}

const USAGE = `Usage:  dig [@global-server] [domain] [q-type] [q-class] {q-opt}
            {global-d-opt} host [@local-server] {local-d-opt}
            [ host [@local-server] {local-d-opt} [...]]

Use "dig -h" (or "dig -h | more") for complete list of options
`;
const SECTIONS: readonly Switch[] = ['question', 'answer', 'authority', 'additional', 'comments', 'stats'];
const SHOWN: readonly Switch[] = [...SECTIONS, 'cmd', 'class', 'ttlid', 'recurse'];
/** Names of switches as they are typed; the first that begins like the typed one is meant. */
const SWITCHES: readonly (readonly [string, Switch])[] = [
  ['additional', 'additional'],
  ['answer', 'answer'],
  ['authority', 'authority'],
  ['class', 'class'],
  ['cl', 'class'],
  ['cmd', 'cmd'],
  ['comments', 'comments'],
  ['identify', 'identify'],
  ['question', 'question'],
  ['rdflag', 'recurse'],
  ['recurse', 'recurse'],
  ['search', 'search'],
  ['defname', 'search'],
  ['short', 'short'],
  ['stats', 'stats'],
  ['ttlid', 'ttlid'],
];
/** What is never sent here, so that switching it off changes nothing. */
const NEVER_SENT = [
  'edns',
  'cookie',
  'dnssec',
  'adflag',
  'cdflag',
  'tcp',
  'vc',
  'multiline',
  'trace',
  'nsid',
  'crypto',
  'idnout',
  'idnin',
];
const ABSENT =
  `${NEVER_SENT.join(' ')} aaflag aaonly badcookie besteffort bufsize do domain ednsflags ednsneg ednsopt expire fail header-only http https ignore keepalive keepopen mapped nssearch onesoa opcode padding qid qr rrcomments showsearch split subnet svcparamkeycompat tls ttlunits unexpected unknownformat yaml zflag`.split(
    ' ',
  );
const invalid = (option: string): Refusal => ({ text: `Invalid option: ${option}\n${USAGE}`, status: 1 });
const absent = (option: string): Refusal => ({ text: `drydock: 'dig ${option}' is not simulated\n`, status: 1 });

const fresh = (from?: Lookup): Lookup =>
  from === undefined
    ? { name: undefined, type: undefined, on: new Set(SHOWN), tries: 3, timeoutSeconds: 5, ndots: undefined }
    : { ...from, name: undefined, type: undefined, on: new Set(from.on) };

class Reader {
  server: string | undefined;
  port = 53;
  readonly warnings: string[] = [];
  readonly #standard = fresh();
  readonly lookups: Lookup[] = [];
  /** The first lookup's type may stand before its name. */
  #early: string | undefined;

  /** Where options and types go: the last name's lookup, or what all begin with. */
  get #current(): Lookup {
    return this.lookups.at(-1) ?? this.#standard;
  }

  name(name: string): void {
    this.lookups.push({ ...fresh(this.#standard), name, type: this.lookups.length === 0 ? this.#early : undefined });
  }
  type(type: string): void {
    const known = this.lookups.at(-1)?.type ?? this.#early;
    if (known !== undefined) this.warnings.push(';; Warning, extra type option');
    const last = this.lookups.at(-1);
    if (last === undefined) this.#early = type;
    else last.type = type;
  }
  /** The lookups; the root's servers where no name was given. */
  finish(): readonly Lookup[] {
    return this.lookups.length > 0 ? this.lookups : [{ ...this.#standard, name: '.', type: this.#early ?? 'NS' }];
  }

  plus(option: string): Refusal | undefined {
    const [word = '', value] = option.slice(1).split('=');
    const number = Number(value);
    const lookup = this.#current;
    switch (word) {
      case 'time':
      case 'timeout':
      case 'tries':
      case 'retry':
      case 'ndots': {
        if (value === undefined || !/^\d+$/.test(value)) {
          const what = word === 'time' ? 'timeout' : word;
          return {
            text: `invalid ${what} '${value ?? ''}': not a valid number\ndig: Couldn't parse ${what}\n`,
            status: 1,
          };
        }
        if (word === 'tries') lookup.tries = number;
        else if (word === 'retry') lookup.tries = number + 1;
        else if (word === 'ndots') lookup.ndots = number;
        else lookup.timeoutSeconds = Math.max(1, number);
        return undefined;
      }
      case 'all':
      case 'noall':
        for (const each of [...SECTIONS, 'cmd'] as const) set(lookup.on, each, word === 'all');
        return undefined;
      default:
        return this.#switch(lookup, option, word);
    }
  }

  #switch(lookup: Lookup, option: string, word: string): Refusal | undefined {
    const off = word.startsWith('no') && word !== 'nocookie' ? word.slice(2) : undefined;
    const bare = word.replace(/^no/, '');
    const meant = SWITCHES.find(([name]) => bare !== '' && name.startsWith(bare))?.[1];
    if (meant !== undefined) {
      set(lookup.on, meant, off === undefined);
      if (meant === 'short' && off === undefined)
        for (const each of [...SECTIONS, 'cmd'] as const) set(lookup.on, each, each === 'answer');
      return undefined;
    }
    if (word.startsWith('no') && NEVER_SENT.includes(bare)) return undefined;
    return ABSENT.includes(bare) ? absent(option) : invalid(option);
  }
}

const set = (on: Set<Switch>, each: Switch, wanted: boolean): void => {
  if (wanted) on.add(each);
  else on.delete(each);
};

/** Options with a value, which may be attached. */
const VALUED = 'tpqxcbfky';

export function readDigArguments(args: readonly string[]): DigArguments | Refusal {
  const reader = new Reader();
  for (let i = 0; i < args.length; i += 1) {
    const arg = args[i] ?? '';
    const letter = arg.charAt(1);
    if (arg.startsWith('@')) reader.server = arg.slice(1);
    else if (arg.startsWith('+')) {
      const refusal = reader.plus(arg);
      if (refusal !== undefined) return refusal;
    } else if (arg.startsWith('-') && VALUED.includes(letter) && letter !== '') {
      if (arg.length === 2) i += 1;
      const refusal = valued(reader, letter, arg.length > 2 ? arg.slice(2) : args[i]);
      if (refusal !== undefined) return refusal;
    } else if (arg === '-4' || arg === '-u' || arg === '-r' || arg === '-i') continue;
    else if (arg === '-6') return absent(arg);
    else if (arg.startsWith('-')) return invalid(arg);
    else if (arg.toUpperCase() in TYPES) reader.type(arg.toUpperCase());
    else if (/^in$/i.test(arg)) continue;
    else reader.name(arg);
  }
  return { server: reader.server, port: reader.port, lookups: reader.finish(), warnings: reader.warnings };
}

function valued(reader: Reader, letter: string, value: string | undefined): Refusal | undefined {
  if (value === undefined) return invalid(`-${letter}`);
  switch (letter) {
    case 't':
      if (value.toUpperCase() in TYPES) reader.type(value.toUpperCase());
      else reader.warnings.push(`;; Warning, ignoring invalid type ${value}`);
      return undefined;
    case 'q':
      reader.name(value);
      return undefined;
    case 'x':
      reader.name(reverseNameOf(value));
      reader.type('PTR');
      return undefined;
    case 'p':
      if (!/^\d+$/.test(value))
        return {
          text: `invalid port number '${value}': not a valid number\ndig: Couldn't parse port number\n`,
          status: 1,
        };
      reader.port = Number(value);
      return undefined;
    case 'c':
      return /^in$/i.test(value) ? undefined : absent(`-c ${value}`);
    default:
      return absent(`-${letter}`);
  }
}
