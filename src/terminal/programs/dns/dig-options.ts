/** dig's +options: their names, the shortest form that is taken, and what they change of a lookup. */

/** +options that are switched. */
export type Switch =
  | 'additional'
  | 'adflag'
  | 'answer'
  | 'authority'
  | 'class'
  | 'cmd'
  | 'comments'
  | 'cookie'
  | 'dnssec'
  | 'edns'
  | 'identify'
  | 'multiline'
  | 'qr'
  | 'question'
  | 'recurse'
  | 'search'
  | 'short'
  | 'stats'
  | 'tcp'
  | 'trace'
  | 'ttlid'
  | 'ttlunits';

export interface Lookup {
  name: string;
  type: string;
  /** As they were given, in the order in which they are asked. */
  servers: readonly string[];
  readonly on: Set<Switch>;
  /** Whether +tcp or +notcp was said, so that the type decides no more. */
  isTransportSaid: boolean;
  tries: number;
  timeoutSeconds: number;
  ndots: number | undefined;
  domain: string | undefined;
  udpSize: number;
  /** What +cookie= gives; one of chance otherwise. */
  cookie: Uint8Array | undefined;
}

/** Why dig ends without asking. */
export interface Refusal {
  readonly stdout?: string;
  readonly stderr: string;
  readonly status: number;
}

export const USAGE = `Usage:  dig [@global-server] [domain] [q-type] [q-class] {q-opt}
            {global-d-opt} host [@local-server] {local-d-opt}
            [ host [@local-server] {local-d-opt} [...]]

Use "dig -h" (or "dig -h | more") for complete list of options
`;
export const invalid = (option: string): Refusal => ({ stderr: `Invalid option: ${option}\n${USAGE}`, status: 1 });
export const absent = (option: string): Refusal => ({
  stderr: `drydock: 'dig ${option}' is not simulated\n`,
  status: 1,
});

export const SECTIONS: readonly Switch[] = ['question', 'answer', 'authority', 'additional', 'comments', 'stats'];
export const AT_FIRST: readonly Switch[] = [
  ...SECTIONS,
  'adflag',
  'class',
  'cmd',
  'cookie',
  'edns',
  'recurse',
  'ttlid',
];

/** `name:shortest`, and the switch where it has another name. */
const SWITCHES = table(
  `additional:3 adflag:2 answer:2 authority:2 class:2 cmd:2 comments:3 cookie:3 defname:2=search dnssec:2 edns:2
  identify:3 multiline:2 qr:2 question:2 rdflag:2=recurse recurse:3 search:2 short:2 stats:2 tcp:3 trace:3 ttlid:4 ttlunits:4
  vc:2=tcp`,
);
const VALUED = table('bufsize:2 domain:3 ndots:2 retry:3 time:2 timeout:2 tries:3');
/** Those that are off at first, and whose being switched off therefore changes nothing. */
const ABSENT = table(
  `aaflag:3 aaonly:3 badcookie:2 besteffort:2 cdflag:2 coflag:3 dns64prefix:4 ednsflags:5 ednsopt:5 expire:4 header-only:2
  https:2 http-plain:5 keepalive:5 keepopen:5 mapped:2 nsid:3 nssearch:3 onesoa:2 opcode:2 padding:1 proxy:2 qid:2 raflag:2
  rrcomments:2 showbadcookie:5 showsearch:5 subnet:2 tcflag:3 tls:2 unexpected:3 unknownformat:3 yaml:1 zflag:1`,
);
/** Of what is not there: DNSSEC's records, truncated and failed answers of one server among several, names that are not ASCII. */
const WITHOUT_OBJECT = table(
  'crypto:2 ednsnegotiation:5 expandaaaa:5 fail:1 idnin:4 idnout:4 ignore:2 split:2 svcparamkeycompat:2',
);

interface Entry {
  readonly name: string;
  readonly shortest: number;
  readonly meant: string;
}

function table(text: string): readonly Entry[] {
  return text
    .trim()
    .split(/\s+/)
    .map((each) => {
      const [, name = '', shortest = '', meant = name] = /^([^:]+):(\d)(?:=(\w+))?$/.exec(each) ?? [];
      return { name, shortest: Number(shortest), meant };
    });
}

const find = (entries: readonly Entry[], word: string): Entry | undefined =>
  entries.find(({ name }) => name === word) ??
  entries.find(({ name, shortest }) => word.length >= shortest && name.startsWith(word));

/** Takes an option of a lookup. */
export function takeOption(lookup: Lookup, option: string): Refusal | undefined {
  const [word = '', ...rest] = option.slice(1).toLowerCase().split('=');
  const value = option.includes('=') ? option.slice(option.indexOf('=') + 1) : undefined;
  if (rest.length > 0 && value === undefined) return invalid(option);
  if (word === 'do') return switched(lookup, 'dnssec', true, value, option);
  if (word === 'all' || word === 'noall') {
    for (const each of [...SECTIONS, 'cmd'] as const) set(lookup.on, each, word === 'all');
    return undefined;
  }
  const valued = find(VALUED, word);
  if (valued !== undefined) return takeValue(lookup, valued.name, value, option);
  const off = word.startsWith('no') && word.length > 2;
  const bare = off ? word.slice(2) : word;
  const known = find(SWITCHES, bare);
  if (known !== undefined) return switched(lookup, known.meant as Switch, !off, value, option);
  if (find(WITHOUT_OBJECT, bare) !== undefined) return undefined;
  const missing = find(ABSENT, bare);
  if (missing !== undefined) return off ? undefined : absent(option);
  return invalid(option);
}

function switched(
  lookup: Lookup,
  which: Switch,
  on: boolean,
  value: string | undefined,
  option: string,
): Refusal | undefined {
  if (which === 'edns' && on && value !== undefined && value !== '0') return absent(option);
  if (which === 'cookie' && on && value !== undefined) {
    if (!/^([0-9a-f]{2})*$/i.test(value)) return { stderr: 'dig: isc_hex_decodestring: bad hex encoding\n', status: 1 };
    lookup.cookie = Uint8Array.from(value.match(/../g) ?? [], (byte) => parseInt(byte, 16));
  }
  set(lookup.on, which, on);
  if (which === 'tcp') lookup.isTransportSaid = true;
  if (which === 'short' && on)
    for (const each of [...SECTIONS, 'cmd'] as const) set(lookup.on, each, each === 'answer');
  if ((which === 'dnssec' || which === 'cookie') && on) lookup.on.add('edns');
  return undefined;
}

/** What dig calls a value that it cannot read. */
const CALLED: Readonly<Record<string, string>> = { time: 'timeout', timeout: 'timeout', bufsize: 'buffer size' };

function takeValue(lookup: Lookup, name: string, value: string | undefined, option: string): Refusal | undefined {
  if (name === 'bufsize' && value === undefined) {
    lookup.udpSize = 1232;
    return undefined;
  }
  if (value === undefined) return invalid(option);
  if (name === 'domain') {
    lookup.domain = value;
    lookup.on.add('search');
    return undefined;
  }
  const what = CALLED[name] ?? name;
  if (!/^\d+$/.test(value))
    return {
      stdout: `invalid ${what} '${value}': not a valid number\n`,
      stderr: `dig: Couldn't parse ${what}\n`,
      status: 10,
    };
  const number = Number(value);
  if (name === 'tries') lookup.tries = Math.max(1, number);
  else if (name === 'retry') lookup.tries = number + 1;
  else if (name === 'ndots') lookup.ndots = number;
  else if (name === 'bufsize') lookup.udpSize = Math.min(number, 0xffff);
  else lookup.timeoutSeconds = Math.max(1, number);
  return undefined;
}

const set = (on: Set<Switch>, each: Switch, wanted: boolean): void => {
  if (wanted) on.add(each);
  else on.delete(each);
};
