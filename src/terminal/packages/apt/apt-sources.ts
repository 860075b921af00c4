/** Where apt gets packages from: sources.list(5), in lines and in stanzas, and who has to have signed them. */
import { failed } from '../../../protocol/errno.ts';
import { decodeBase64, decodeUtf8 } from '../../../protocol/bytes.ts';
import type { Process } from '../../../protocol/program.ts';
import { fileText } from '../../io.ts';
import { parseStanzas } from '../dpkg/deb-control.ts';

export interface Source {
  /** Ends in a slash. */
  readonly uri: string;
  /** `noble-updates`; ends in a slash where the directory itself is the archive. */
  readonly suite: string;
  readonly components: readonly string[];
  /** Key rings; the trusted ones where there are none. */
  readonly signedBy: readonly string[];
  readonly trusted: boolean;
}

export interface Sources {
  readonly sources: readonly Source[];
  /** What is wrong with the files, as apt words it. */
  readonly problems: readonly string[];
}

const DIRECTORY = '/etc/apt/sources.list.d';

/** Every source that is configured. */
export function readSources(process: Process): Sources {
  const sources: Source[] = [];
  const problems: string[] = [];
  const entries = process.readdir(DIRECTORY);
  const names = failed(entries) ? [] : entries.map(({ name }) => name).toSorted();
  const paths = ['/etc/apt/sources.list', ...names.map((name) => `${DIRECTORY}/${name}`)];
  for (const path of paths) {
    const text = fileText(process, path);
    if (text === undefined) continue;
    if (path.endsWith('.sources')) sources.push(...stanzaSources(text));
    else if (path.endsWith('.list')) {
      for (const [at, line] of text.split('\n').entries()) {
        const source = lineSource(line);
        if (source === 'malformed') problems.push(`Malformed entry ${String(at + 1)} in list file ${path} (Component)`);
        else if (source !== undefined) sources.push(source);
      }
    }
  }
  return { sources, problems };
}

/** `deb [signed-by=/k] https://host/path suite component…` */
function lineSource(text: string): Source | 'malformed' | undefined {
  const line = text.replace(/#.*$/, '').trim();
  if (line === '' || line.startsWith('deb-src ')) return undefined;
  const match = /^deb\s+(?:\[([^\]]*)\]\s+)?(\S+)\s+(\S+)\s*(.*)$/.exec(line);
  if (match === null) return 'malformed';
  const [, options = '', uri = '', suite = '', components = ''] = match;
  const option = (name: string): string | undefined => new RegExp(`(?:^|\\s)${name}=(\\S+)`).exec(options)?.[1];
  const words = components.split(/\s+/).filter((each) => each !== '');
  if (words.length === 0 && !suite.endsWith('/')) return 'malformed';
  return {
    uri: withSlash(uri),
    suite,
    components: words,
    signedBy: (option('signed-by') ?? '').split(',').filter((each) => each !== ''),
    trusted: option('trusted') === 'yes',
  };
}

function stanzaSources(text: string): readonly Source[] {
  return parseStanzas(text).flatMap((fields) => {
    const words = (name: string): readonly string[] => (fields[name] ?? '').split(/\s+/).filter((each) => each !== '');
    if (!words('Types').includes('deb') || fields['Enabled'] === 'no') return [];
    return words('URIs').flatMap((uri) =>
      words('Suites').map((suite) => ({
        uri: withSlash(uri),
        suite,
        components: words('Components'),
        signedBy: words('Signed-By'),
        trusted: fields['Trusted'] === 'yes',
      })),
    );
  });
}

const withSlash = (uri: string): string => (uri.endsWith('/') ? uri : `${uri}/`);

/** URL of InRelease. */
export const releaseUrl = ({ uri, suite }: Source): string =>
  isFlat(suite) ? `${uri}${suite === '/' ? '' : suite}InRelease` : `${uri}dists/${suite}/InRelease`;

/** URLs of the indexes with the components that they are of. */
export const indexUrls = ({
  uri,
  suite,
  components,
}: Source): readonly (readonly [component: string, url: string])[] =>
  isFlat(suite)
    ? [['', `${uri}${suite === '/' ? '' : suite}Packages`]]
    : components.map((component) => [component, `${uri}dists/${suite}/${component}/binary-amd64/Packages`]);

export const isFlat = (suite: string): boolean => suite.endsWith('/');

/** The file below /var/lib/apt/lists that keeps a URL's content. */
export const listPath = (url: string): string =>
  `/var/lib/apt/lists/${url
    .replace(/^[a-z]+:\/\//, '')
    .replace(/_/g, '%5f')
    .replace(/\//g, '_')}`;

/** `http://archive.ubuntu.com/ubuntu noble`, as apt names a source in its messages. */
export const sourceName = ({ uri, suite }: Source): string =>
  isFlat(suite) ? `${uri.replace(/\/$/, '')} ${suite === '/' ? '' : suite}` : `${uri.replace(/\/$/, '')} ${suite}`;

/** Whether one of a source's key rings has the key. */
export function hasKey(process: Process, { signedBy }: Source, key: string): boolean {
  const entries = process.readdir('/etc/apt/trusted.gpg.d');
  const rings =
    signedBy.length > 0
      ? signedBy
      : [
          '/etc/apt/trusted.gpg',
          ...(failed(entries) ? [] : entries.map(({ name }) => `/etc/apt/trusted.gpg.d/${name}`)),
        ];
  return rings.some((path) => keysIn(fileText(process, path) ?? '').includes(key));
}

/** Numbers of the keys in a ring, armoured or not. */
export function keysIn(text: string): readonly string[] {
  const armoured = /-----BEGIN PGP PUBLIC KEY BLOCK-----\s+([A-Za-z0-9+/=\s]+?)-----END/g;
  const blocks = [...text.matchAll(armoured)].map((match) => {
    const bytes = decodeBase64((match[1] ?? '').replace(/\s/g, ''));
    return bytes === undefined ? '' : decodeUtf8(bytes);
  });
  return [text, ...blocks].flatMap((each) =>
    [...each.matchAll(/^key ([0-9A-F]{16})$/gm)].map((match) => match[1] ?? ''),
  );
}
