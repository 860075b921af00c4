import { parseOptions, type Options } from '../../coreutils/command.ts';

const LONG: Readonly<Record<string, string>> = {
  yes: 'y',
  'assume-yes': 'y',
  'assume-no': 'assume-no',
  quiet: 'q',
  simulate: 's',
  'just-print': 's',
  'dry-run': 's',
  'no-act': 's',
  recon: 's',
  'download-only': 'd',
  purge: 'purge',
  'auto-remove': 'auto-remove',
  autoremove: 'auto-remove',
  'no-install-recommends': 'nir',
  'install-recommends': 'ir',
  'no-install-suggests': 'nis',
  'allow-change-held-packages': 'held',
  'allow-unauthenticated': 'unauth',
  'allow-downgrades': 'downgrades',
  'allow-releaseinfo-change': 'ric',
  'fix-broken': 'f',
  'fix-missing': 'm',
  'no-upgrade': 'no-upgrade',
  'only-upgrade': 'only-upgrade',
  reinstall: 'reinstall',
  'ignore-missing': 'm',
  'show-progress': 'progress',
  'show-upgraded': 'u',
  'verbose-versions': 'V',
  'with-new-pkgs': 'wnp',
  option: 'o',
  'config-file': 'c',
  'target-release': 't',
  'default-release': 't',
  installed: 'installed',
  upgradable: 'upgradable',
  'all-versions': 'a',
  'names-only': 'n',
  full: 'full',
  version: 'v',
  help: 'h',
  'force-yes': 'y',
};

/** Options of apt's tools, or apt's complaint. */
export function parseAptOptions(args: readonly string[]): Options | { readonly problem: string } {
  // `-q=2` is a value of its own kind; `-yq` are two options.
  const plain = args.flatMap((arg) =>
    /^-q=\d$/.test(arg) ? Array.from({ length: Number(arg.slice(3)) }, () => '-q') : [arg],
  );
  const options = parseOptions(plain, { name: 'apt', short: 'yqsdfmuVhvano:c:t:', long: LONG });
  if (!('problem' in options)) return options;
  const long = /'--([^']*)'/.exec(options.problem)?.[1];
  const short = /-- '(.)'/.exec(options.problem)?.[1] ?? '';
  return {
    problem:
      long === undefined
        ? `Command line option '${short}' [from -${short}] is not understood in combination with the other options.`
        : `Command line option --${long} is not understood in combination with the other options`,
  };
}

/** How often -q was given. */
export const quietness = (options: Options): number => options.values('q').length;
