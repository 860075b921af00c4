/** Files below `root`: conditional requests, index files, listings. */
import { failed, type ErrnoName } from '../../../../../protocol/errno.ts';
import type { FileStat } from '../../../../../protocol/program.ts';
import { httpDate } from '../http-dates.ts';
import { filePath, nameOf, type Answer, type Handling } from './handling.ts';
import { addedHeaders, errorPage, firstHeaders, textAnswer } from './pages.ts';
import { chooseLocation } from './site.ts';

/** Another location answers, for another path. */
export interface InternalRedirect {
  readonly redirect: string;
}

const MAX_REDIRECTS = 10;

export function staticFile(handling: Handling): Answer | InternalRedirect {
  const { context, asked, rules, location, path, query } = handling;
  const full = filePath(rules, location, path);
  if (path.endsWith('/')) return index(handling, full);
  const stat = context.stat(full);
  if (failed(stat)) return notThere(handling, full, stat.errno);
  if (stat.type === 'directory') {
    const host = asked.request.headers['host'] ?? 'localhost';
    return errorPage(handling, 301, undefined, {
      location: `http://${host}${path}/${query === '' ? '' : `?${query}`}`,
    });
  }
  return content(handling, full, stat);
}

function index(handling: Handling, full: string): Answer | InternalRedirect {
  const { context, server, rules, location, path, depth } = handling;
  const names = rules.index ?? ['index.html'];
  for (const name of names) {
    const stat = context.stat(`${full}${name}`);
    if (failed(stat) || stat.type !== 'file') continue;
    // An index file is an internal redirect: another location may answer it.
    const elsewhere = server !== undefined && chooseLocation(server, `${path}${name}`) !== location;
    return elsewhere && depth < MAX_REDIRECTS
      ? { redirect: `${path}${name}` }
      : content(handling, `${full}${name}`, stat);
  }
  const directory = context.stat(full);
  if (failed(directory)) return notThere(handling, `${full}${names[0] ?? ''}`, directory.errno);
  if (rules.autoindex === true) return listing(handling, full);
  return errorPage(handling, 403, `directory index of "${full}" is forbidden`);
}

function notThere(handling: Handling, full: string, errno: ErrnoName): Answer {
  if (errno === 'EACCES') return errorPage(handling, 403, `open() "${full}" failed (13: Permission denied)`);
  return errorPage(handling, 404, `open() "${full}" failed (2: No such file or directory)`);
}

function content(handling: Handling, full: string, stat: FileStat): Answer {
  const { context, site, asked, server, rules } = handling;
  const seconds = Math.floor(stat.modifiedMs / 1000);
  const etag = `"${seconds.toString(16)}-${stat.size.toString(16)}"`;
  const lastModified = httpDate(stat.modifiedMs);
  const { headers } = asked.request;
  const unchanged =
    headers['if-none-match'] === etag ||
    (headers['if-none-match'] === undefined && headers['if-modified-since'] === lastModified);
  if (unchanged) {
    return {
      status: 304,
      headers: { ...firstHeaders(handling), 'last-modified': lastModified, connection: 'keep-alive', etag },
      body: NOTHING,
      serverName: nameOf(server),
    };
  }
  const bytes = context.readFile(full);
  if (failed(bytes)) return notThere(handling, full, bytes.errno);
  const extension = /\.([A-Za-z0-9]+)$/.exec(full)?.[1]?.toLowerCase() ?? '';
  return {
    status: 200,
    headers: {
      ...firstHeaders(handling),
      'content-type': site.types[extension] ?? rules.defaultType ?? 'text/plain',
      'content-length': String(bytes.length),
      'last-modified': lastModified,
      connection: 'keep-alive',
      etag,
      'accept-ranges': 'bytes',
      ...addedHeaders(handling),
    },
    body: bytes,
    serverName: nameOf(server),
  };
}

const NOTHING = new Uint8Array(0);

function listing(handling: Handling, full: string): Answer {
  const { context, path } = handling;
  const entries = context.readdir(full);
  const names = failed(entries)
    ? []
    : entries.map(({ name, type }) => (type === 'directory' ? `${name}/` : name)).sort();
  const lines = names.map((name) => `<a href="${name}">${name}</a>\r\n`).join('');
  return textAnswer(
    handling,
    200,
    'text/html',
    `<html>\r\n<head><title>Index of ${path}</title></head>\r\n<body>\r\n<h1>Index of ${path}</h1><hr><pre><a href="../">../</a>\r\n${lines}</pre><hr></body>\r\n</html>\r\n`,
  );
}
