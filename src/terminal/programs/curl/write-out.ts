/** curl --write-out: `%{name}`, `%header{name}`, `%output{file}` and the escapes it knows (src/tool_writeout.c). */

/** What a transfer tells of itself by name. */
export type WriteOutValues = Readonly<Record<string, string>>;

/** Names that curl has and this one has not. */
const NOT_SIMULATED = ['certs', 'json', 'speed_upload', 'time_appconnect', 'time_namelookup', 'time_redirect'];

/** The first name in a format that curl fills in and this one cannot. */
export const unfilled = (format: string): string | undefined =>
  [...format.matchAll(/%\{([\w.]+)\}/g)].map(([, name = '']) => name).find((name) => NOT_SIMULATED.includes(name));

/** Text for one of the places that it can go to. */
export interface WriteOutPiece {
  readonly to: 'stdout' | 'stderr' | { readonly file: string; readonly append: boolean };
  readonly text: string;
}

export interface WriteOutSource {
  readonly values: WriteOutValues;
  /** A header of the last answer; empty where it has none. */
  readonly header: (name: string) => string;
  readonly hasFailed: boolean;
}

/** The format with its names filled in, and those that curl does not know. */
export function fillIn(
  format: string,
  { values, header, hasFailed }: WriteOutSource,
): { readonly pieces: readonly WriteOutPiece[]; readonly unknown: readonly string[] } {
  const pieces: WriteOutPiece[] = [];
  const unknown: string[] = [];
  let to: WriteOutPiece['to'] = 'stdout';
  const put = (text: string): void => void pieces.push({ to, text });
  const token = /%%|%\{([^}]*)\}|%header\{([^}]*)\}|%output\{(>>)?([^}]*)\}|\\([\s\S])|[\s\S]/g;
  for (const [whole, name, headerName, append, file, escape] of format.matchAll(token)) {
    if (headerName !== undefined) put(header(headerName));
    else if (file !== undefined) to = { file, append: append !== undefined };
    else if (escape !== undefined) put(ESCAPES[escape] ?? whole);
    else if (name === 'stdout' || name === 'stderr') to = name;
    else if (name === 'onerror') {
      if (!hasFailed) break;
    } else if (name === undefined) put(whole === '%%' ? '%' : whole);
    else if (values[name] === undefined) unknown.push(name);
    else put(values[name]);
  }
  return { pieces, unknown };
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };
