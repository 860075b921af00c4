/** rpm's options: letters mean other things in a query than elsewhere. */
export type RpmMode = 'query' | 'verify' | 'install' | 'upgrade' | 'freshen' | 'reinstall' | 'erase' | 'import';

export interface RpmOptions {
  readonly mode: RpmMode | undefined;
  readonly operands: readonly string[];
  readonly has: (option: string) => boolean;
  readonly value: (option: string) => string | undefined;
  /** An option that rpm has and this model does not. */
  readonly absent?: string;
}

const MODES: Readonly<Record<string, RpmMode>> = {
  query: 'query',
  verify: 'verify',
  install: 'install',
  upgrade: 'upgrade',
  freshen: 'freshen',
  reinstall: 'reinstall',
  erase: 'erase',
  import: 'import',
  q: 'query',
  V: 'verify',
  U: 'upgrade',
  F: 'freshen',
  e: 'erase',
};
/** Long names of letters. */
const LETTERS: Readonly<Record<string, string>> = {
  all: 'a',
  file: 'f',
  package: 'p',
  info: 'i',
  list: 'l',
  configfiles: 'c',
  requires: 'R',
  verbose: 'v',
  hash: 'h',
  qf: 'queryformat',
};
/** Signatures matter to packages on the disk, whose unknown keys are warned of; --nosignature leaves that out. */
const KNOWN = new Set([
  ...'a f p i l c R v h'.split(' '),
  ...'provides whatprovides whatrequires last recommends'.split(' '),
  ...'test nodeps force replacepkgs oldpackage quiet version help nosignature'.split(' '),
]);
const VALUES = new Set(['queryformat', 'eval']);
/** Real ones that are refused by name. */
const ABSENT =
  /^(docfiles|conflicts|obsoletes|suggests|scripts|triggers|triggerscripts|filetriggers|nodigest|noscripts|replacefiles|root|dbpath|define|undefine|changelog|changes|checksig|addsign|resign|rebuilddb|initdb|showrc|querytags|filesbypkg|dump|state|fileclass|filecaps|relocate|prefix|justdb|excludedocs|noorder|percent|setperms|setugids|restore|group|whatrecommends|whatsuggests|whatobsoletes|whatconflicts|enhances|supplements|xml|dupes|allfiles|allmatches|licensefiles|pipe|target|macros|load|specfile|nofiledigest|nofiles|noscript|notriggers|ignorearch|ignoreos|ignoresize|badreloc|usage|nomanifest|path|pkgid|hdrid|delsign|hash)$/;

export function parseRpmOptions(args: readonly string[]): RpmOptions | { readonly problem: string } {
  const given = new Map<string, string>();
  const operands: string[] = [];
  const modes: RpmMode[] = [];
  let absent: string | undefined;
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at] ?? '';
    if (!arg.startsWith('-') || arg === '-') {
      operands.push(arg);
      continue;
    }
    if (arg.startsWith('--')) {
      const [typed = '', value] = arg.slice(2).split(/=(.*)/s);
      const name = LETTERS[typed] ?? typed;
      const mode = MODES[name.length > 1 ? name : ''];
      if (mode !== undefined) modes.push(mode);
      else if (VALUES.has(name)) {
        at += value === undefined ? 1 : 0;
        given.set(name, value ?? args[at] ?? '');
      } else if (KNOWN.has(name)) given.set(name, '');
      else if (ABSENT.test(typed)) absent ??= arg;
      else return { problem: `${arg}: unknown option` };
      continue;
    }
    for (const letter of arg.slice(1)) {
      const mode = MODES[letter];
      if (mode !== undefined) modes.push(mode);
      else if (letter === 'E') {
        at += 1;
        given.set('eval', args[at] ?? '');
      } else if (KNOWN.has(letter)) given.set(letter, '');
      else if ('LADgsKrWd'.includes(letter)) absent ??= `-${letter}`;
      else if (letter === '?') given.set('help', '');
      else return { problem: `${arg}: unknown option` };
    }
  }
  // -i is a query's information, and by itself the mode.
  const mode = modes.includes('query') ? 'query' : (modes[0] ?? (given.has('i') ? 'install' : undefined));
  const others = modes.filter((each) => each !== mode);
  if (others.length > 0) return { problem: 'only one major mode may be specified' };
  return {
    mode,
    operands,
    has: (option) => given.has(option),
    value: (option) => given.get(option),
    ...(absent === undefined ? {} : { absent }),
  };
}
