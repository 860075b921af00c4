/** `[user@]host:path` and `scp://[user@]host[:port]/path`; what has a slash before its first colon is a local path. */
export interface RemotePath {
  /** With the user, as ssh takes it. */
  readonly destination: string;
  readonly port?: string;
  readonly path: string;
}

export function parseRemotePath(text: string): RemotePath | undefined {
  const uri = /^scp:\/\/((?:[^@/]+@)?[^:/]+)(?::(\d+))?(?:\/(.*))?$/.exec(text);
  if (uri !== null) {
    const [, destination = '', port, path = ''] = uri;
    return { destination, path, ...(port === undefined ? {} : { port }) };
  }
  const match = /^((?:[^@/:]+@)?(?:\[[^\]]+\]|[^/:@[\]]+)):(.*)$/s.exec(text);
  return match === null
    ? undefined
    : { destination: (match[1] ?? '').replace(/\[([^\]]+)\]/, '$1'), path: match[2] ?? '' };
}
