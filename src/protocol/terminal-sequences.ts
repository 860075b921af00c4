/** Control sequences of Drydock's own between a program and the page's terminal. */

/** An operating-system command that asks whoever shows the terminal to open a file of a host in an editor. */
export const OPEN_FILE = 7770;

/** What `code` prints: host and absolute path, escaped so that no name can end the sequence. */
export const openFileSequence = (host: string, path: string): string =>
  `\x1b]${String(OPEN_FILE)};${encodeURIComponent(host)};${encodeURIComponent(path)}\x07`;

/** Reads the sequence's own text; undefined where it is none of ours. */
export function parseOpenFile(data: string): { readonly host: string; readonly path: string } | undefined {
  const [host, path] = data.split(';').map(decoded);
  return host === undefined || path === undefined || !path.startsWith('/') ? undefined : { host, path };
}

function decoded(part: string): string | undefined {
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
}
