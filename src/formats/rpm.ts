/**
 * RPM packages: the lead's magic number, the header and the files.
 * Models: the tags that queries ask for; the database of installed packages with one header a line.
 * Leaves out: the binary layout (a header is a line of JSON here), compression, scriptlets, triggers, real signatures.
 */
import { concatBytes, decodeUtf8, encodeUtf8 } from '../protocol/bytes.ts';
import { readTar, writeTar, type TarEntry } from './tar.ts';

export interface RpmFile {
  readonly path: string;
  readonly type: 'file' | 'directory' | 'symlink';
  /** Permission bits. */
  readonly mode: number;
  readonly sizeBytes: number;
  /** Sum of a file's contents; empty for what has none. */
  readonly digest: string;
  /** Of a symbolic link. */
  readonly target?: string;
  readonly config?: boolean;
}

export interface RpmHeader {
  readonly name: string;
  readonly epoch?: number;
  readonly version: string;
  readonly release: string;
  readonly arch: string;
  readonly summary: string;
  readonly license: string;
  readonly sourceRpm: string;
  /** Of the package, and of its unpacked files. */
  readonly sizeBytes: number;
  readonly installedBytes: number;
  readonly requires: readonly string[];
  /** Packages that come along where nobody says otherwise. */
  readonly recommends: readonly string[];
  /** Capabilities beside its own name, as `name = version`. */
  readonly provides?: readonly string[];
  readonly files: readonly RpmFile[];
  /** Number of the key that signed it: eight hexadecimal digits. */
  readonly key: string;
}

/** What the database knows of a package beside its header. */
export interface InstalledRpm extends RpmHeader {
  /** Unix time, s. */
  readonly installTime: number;
  /** Repository that it came from; `System` where nobody knows. */
  readonly fromRepo: string;
  /** It was asked for, and did not come because another one needs it. */
  readonly user: boolean;
}

/** `name-version-release.arch` */
export const nevra = ({ name, version, release, arch }: RpmHeader): string => `${name}-${version}-${release}.${arch}`;
/** `2:8.2.2637-20.el9_1` */
export const evr = ({ epoch, version, release }: Pick<RpmHeader, 'epoch' | 'version' | 'release'>): string =>
  `${epoch === undefined ? '' : `${String(epoch)}:`}${version}-${release}`;

const MAGIC = [0xed, 0xab, 0xee, 0xdb, 3, 0, 10];

/** The bytes of a .rpm. */
export const writeRpm = (header: RpmHeader, data: readonly TarEntry[]): Uint8Array =>
  concatBytes([Uint8Array.from(MAGIC), encodeUtf8(`${JSON.stringify(header)}\n`), writeTar(data)]);

/** What a .rpm holds; undefined where the bytes are none. */
export function readRpm(
  bytes: Uint8Array,
): { readonly header: RpmHeader; readonly data: readonly TarEntry[] } | undefined {
  if (MAGIC.some((byte, at) => bytes[at] !== byte)) return undefined;
  const end = bytes.indexOf(10, MAGIC.length);
  const header = parse(decodeUtf8(bytes.subarray(MAGIC.length, end)));
  const data = readTar(bytes.subarray(end + 1));
  return header === undefined || data === undefined ? undefined : { header, data };
}

/** Only headers that `headersText` wrote are read. */
function parse(line: string): InstalledRpm | undefined {
  try {
    return JSON.parse(line) as InstalledRpm;
  } catch {
    return undefined;
  }
}

/** Headers, one a line, below a comment; a database's have the members of `InstalledRpm`. */
export const headersText = (headers: readonly RpmHeader[]): string =>
  `# Headers of packages, one a line: the form is the simulation's own, the real file is a database.\n${headers.map((each) => `${JSON.stringify(each)}\n`).join('')}`;

/** The headers of a text. */
export const parseHeaders = (text: string): readonly InstalledRpm[] =>
  text.split('\n').flatMap((line) => {
    const header = line.startsWith('{') ? parse(line) : undefined;
    return header === undefined ? [] : [header];
  });

/** Which of two versions or releases is later (rpmvercmp): below zero where `a` is the earlier one. */
export function compareRpmVersions(a: string, b: string): number {
  const parts = (text: string): readonly string[] => text.match(/\d+|[a-zA-Z]+|~|\^/g) ?? [];
  const [left, right] = [parts(a), parts(b)];
  for (let at = 0; at < Math.max(left.length, right.length); at += 1) {
    const [one, two] = [left[at], right[at]];
    if (one === two) continue;
    if (one === '~') return -1;
    if (two === '~') return 1;
    if (one === undefined) return -1;
    if (two === undefined) return 1;
    if (one === '^') return -1;
    if (two === '^') return 1;
    const [oneIs, twoIs] = [/^\d/.test(one), /^\d/.test(two)];
    if (oneIs !== twoIs) return oneIs ? 1 : -1;
    if (oneIs && Number(one) !== Number(two)) return Number(one) - Number(two);
    if (!oneIs) return one < two ? -1 : 1;
  }
  return 0;
}

/** The same of whole packages. */
export const compareEvr = (
  a: Pick<RpmHeader, 'epoch' | 'version' | 'release'>,
  b: Pick<RpmHeader, 'epoch' | 'version' | 'release'>,
): number =>
  (a.epoch ?? 0) - (b.epoch ?? 0) ||
  compareRpmVersions(a.version, b.version) ||
  compareRpmVersions(a.release, b.release);
