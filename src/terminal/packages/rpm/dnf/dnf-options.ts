/** dnf's options: they stand before and after the command. */
export interface DnfOptions {
  readonly words: readonly string[];
  readonly has: (option: string) => boolean;
  readonly values: (option: string) => readonly string[];
}

const SHORT: Readonly<Record<string, string>> = {
  y: 'assumeyes',
  q: 'quiet',
  C: 'cacheonly',
  b: 'best',
  h: 'help',
};
/** --best is what dnf.conf has, and what this model always does: a package comes in its newest version or not at all. */
const FLAGS = new Set(
  'assumeyes assumeno quiet cacheonly best help version refresh nogpgcheck installed available all enabled disabled updates upgrades noautoremove'.split(
    ' ',
  ),
);
const VALUES = new Set(['enablerepo', 'disablerepo', 'repo', 'repoid']);
/** Real ones that are refused by name. */
const ABSENT =
  /^(installroot|advisory|bugfix|security|enhancement|newpackage|cve|cves|bz|bzs|sec-severity|debuglevel|errorlevel|verbose|config|comment|destdir|downloaddir|disableplugin|enableplugin|noplugins|forcearch|randomwait|rpmverbosity|noroot|debugsolver|obsoletes|disableexcludes|disableexcludepkgs|repofrompath|setopt|releasever|exclude|excludepkgs|skip-broken|nobest|allowerasing|color|downloadonly|showduplicates|extras|nodocs|transient)$/;

export function parseDnfOptions(
  args: readonly string[],
): DnfOptions | { readonly problem: string } | { readonly absent: string } {
  const given = new Map<string, string[]>();
  const words: string[] = [];
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at] ?? '';
    if (!arg.startsWith('-') || arg === '-') {
      words.push(arg);
      continue;
    }
    if (!arg.startsWith('--')) {
      for (const letter of arg.slice(1)) {
        const name = SHORT[letter];
        if ('vdecRx46'.includes(letter)) return { absent: `-${letter}` };
        if (name === undefined) return { problem: `unrecognized arguments: ${arg}` };
        given.set(name, [...(given.get(name) ?? []), '']);
      }
      continue;
    }
    const [name = '', value] = arg.slice(2).split(/=(.*)/s);
    if (ABSENT.test(name)) return { absent: `--${name}` };
    if (VALUES.has(name)) {
      at += value === undefined ? 1 : 0;
      given.set(name, [...(given.get(name) ?? []), value ?? args[at] ?? '']);
    } else if (FLAGS.has(name)) given.set(name, ['']);
    else return { problem: `unrecognized arguments: ${arg}` };
  }
  return { words, has: (option) => given.has(option), values: (option) => given.get(option) ?? [] };
}
