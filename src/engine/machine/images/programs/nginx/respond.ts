/** How nginx answers one request from its files. */
import { encodeUtf8 } from '../../../../../protocol/bytes.ts';
import { failed } from '../../../../../protocol/errno.ts';
import type { HttpRequest } from '../../../../../protocol/http.ts';
import type { FileStat } from '../../../../../protocol/program.ts';
import { civilFromUnix } from '../../../../sim/clock.ts';
import type { ReactiveContext } from '../../../kernel/reactive.ts';
import { chooseLocation, chooseServer, type Location, type Rules, type ServerBlock, type Site } from './site.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  /** A line for the error log, without its prefix. */
  readonly error?: string;
  readonly accessLog?: string | false;
  readonly serverName: string;
}

export interface Asked {
  readonly request: HttpRequest;
  readonly port: number;
  readonly remote: string;
  readonly version: string;
}

const REASONS: Readonly<Record<number, string>> = {
  301: 'Moved Permanently',
  302: 'Found',
  303: 'See Other',
  307: 'Temporary Redirect',
  308: 'Permanent Redirect',
  400: 'Bad Request',
  401: 'Authorization Required',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Not Allowed',
  408: 'Request Time-out',
  413: 'Request Entity Too Large',
  418: '',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  501: 'Not Implemented',
  502: 'Bad Gateway',
  503: 'Service Temporarily Unavailable',
  504: 'Gateway Time-out',
};
const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const two = (value: number): string => String(value).padStart(2, '0');

/** `Mon, 02 Mar 2026 00:00:00 GMT`. */
export function httpDate(unixMs: number): string {
  const { weekday, day, month, year, hour, minute, second } = civilFromUnix(Math.floor(unixMs / 1000));
  return `${DAYS[weekday] ?? ''}, ${two(day)} ${MONTHS[month - 1] ?? ''} ${String(year)} ${two(hour)}:${two(minute)}:${two(second)} GMT`;
}
/** `02/Mar/2026:00:00:00 +0000`. */
export function logDate(unixMs: number): string {
  const { day, month, year, hour, minute, second } = civilFromUnix(Math.floor(unixMs / 1000));
  return `${two(day)}/${MONTHS[month - 1] ?? ''}/${String(year)}:${two(hour)}:${two(minute)}:${two(second)} +0000`;
}

export function answer(context: ReactiveContext, site: Site, asked: Asked): Answer {
  const server = chooseServer(site, asked.port, asked.request.headers['host'] ?? '');
  if (server === undefined) return errorPage(context, site, asked, undefined, {}, 404);
  const [rawPath = '/', query = ''] = asked.request.target.split('?', 2);
  const path = normalise(rawPath);
  if (path === undefined) return errorPage(context, site, asked, server, server.rules, 400);
  const given =
    server.rules.return === undefined
      ? serve(context, site, asked, server, path, query, 0)
      : returned(context, site, asked, server, server.rules, path, query);
  const location = chooseLocation(server, path);
  const log = location?.rules.accessLog ?? server.rules.accessLog;
  return { ...given, ...(log === undefined ? {} : { accessLog: log }) };
}

function normalise(raw: string): string | undefined {
  let text: string;
  try {
    text = decodeURIComponent(raw);
  } catch {
    return undefined;
  }
  const parts: string[] = [];
  for (const part of text.split('/')) {
    if (part === '..') {
      if (parts.length === 0) return undefined;
      parts.pop();
    } else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}${text.endsWith('/') && parts.length > 0 ? '/' : ''}`;
}

function serve(
  context: ReactiveContext,
  site: Site,
  asked: Asked,
  server: ServerBlock,
  path: string,
  query: string,
  depth: number,
): Answer {
  const location = chooseLocation(server, path);
  const rules = location?.rules ?? server.rules;
  if (rules.deny === true) return errorPage(context, site, asked, server, rules, 403, 'access forbidden by rule');
  if (rules.return !== undefined) return returned(context, site, asked, server, rules, path, query);
  if (rules.stubStatus === true)
    return plain(
      asked,
      server,
      rules,
      200,
      'text/plain',
      'Active connections: 1 \nserver accepts handled requests\n 1 1 1 \nReading: 0 Writing: 1 Waiting: 0 \n',
      context,
    );
  if (rules.proxyPass !== undefined)
    return errorPage(
      context,
      site,
      asked,
      server,
      rules,
      502,
      `drydock: 'proxy_pass ${rules.proxyPass}' is not simulated`,
    );
  const { method } = asked.request;
  if (method !== 'GET' && method !== 'HEAD')
    return errorPage(
      context,
      site,
      asked,
      server,
      rules,
      method === 'POST' || method === 'PUT' || method === 'DELETE' || method === 'PATCH' || method === 'OPTIONS'
        ? 405
        : 405,
    );
  if (rules.tryFiles !== undefined) {
    const target = tryFiles(context, rules, location, path);
    if (target.startsWith('=')) return errorPage(context, site, asked, server, rules, Number(target.slice(1)));
    if (target !== path && depth < 10)
      return serve(
        context,
        site,
        asked,
        { ...server, locations: server.locations.map(withoutTry) },
        target,
        query,
        depth + 1,
      );
  }
  return staticFile(context, site, asked, server, rules, location, path, query, depth);
}

const withoutTry = (location: Location): Location => {
  const { tryFiles: _, ...rules } = location.rules;
  return { ...location, rules };
};

function tryFiles(context: ReactiveContext, rules: Rules, location: Location | undefined, path: string): string {
  const candidates = rules.tryFiles ?? [];
  for (const candidate of candidates.slice(0, -1)) {
    const expanded = candidate.replaceAll('$uri', path);
    const stat = context.stat(filePath(rules, location, expanded));
    if (!failed(stat) && (stat.type === 'directory') === expanded.endsWith('/')) return expanded;
  }
  return (candidates.at(-1) ?? '=404').replaceAll('$uri', path).replace(/\?.*$/, '');
}

function filePath(rules: Rules, location: Location | undefined, path: string): string {
  if (rules.alias !== undefined && location !== undefined)
    return `${rules.alias}${path.slice(location.pattern.length)}`;
  return `${rules.root ?? '/etc/nginx/html'}${path}`;
}

function staticFile(
  context: ReactiveContext,
  site: Site,
  asked: Asked,
  server: ServerBlock,
  rules: Rules,
  location: Location | undefined,
  path: string,
  query: string,
  depth: number,
): Answer {
  const full = filePath(rules, location, path);
  if (path.endsWith('/')) {
    for (const name of rules.index ?? ['index.html']) {
      const stat = context.stat(`${full}${name}`);
      // An index file is an internal redirect: another location may answer it.
      if (!failed(stat) && stat.type === 'file')
        return depth < 10 && chooseLocation(server, `${path}${name}`) !== location
          ? serve(context, site, asked, server, `${path}${name}`, query, depth + 1)
          : content(context, site, asked, server, rules, `${full}${name}`, stat);
    }
    const directory = context.stat(full);
    if (failed(directory))
      return notThere(
        context,
        site,
        asked,
        server,
        rules,
        `${full}${(rules.index ?? ['index.html'])[0] ?? ''}`,
        directory.errno,
      );
    if (rules.autoindex === true) return listing(context, asked, server, rules, full, path);
    return errorPage(context, site, asked, server, rules, 403, `directory index of "${full}" is forbidden`);
  }
  const stat = context.stat(full);
  if (failed(stat)) return notThere(context, site, asked, server, rules, full, stat.errno);
  if (stat.type === 'directory') {
    const host = asked.request.headers['host'] ?? 'localhost';
    return errorPage(context, site, asked, server, rules, 301, undefined, {
      location: `http://${host}${path}/${query === '' ? '' : `?${query}`}`,
    });
  }
  return content(context, site, asked, server, rules, full, stat);
}

function notThere(
  context: ReactiveContext,
  site: Site,
  asked: Asked,
  server: ServerBlock,
  rules: Rules,
  full: string,
  errno: string,
): Answer {
  if (errno === 'EACCES')
    return errorPage(context, site, asked, server, rules, 403, `open() "${full}" failed (13: Permission denied)`);
  return errorPage(context, site, asked, server, rules, 404, `open() "${full}" failed (2: No such file or directory)`);
}

function content(
  context: ReactiveContext,
  site: Site,
  asked: Asked,
  server: ServerBlock,
  rules: Rules,
  full: string,
  stat: FileStat,
): Answer {
  const seconds = Math.floor(stat.modifiedMs / 1000);
  const etag = `"${seconds.toString(16)}-${stat.size.toString(16)}"`;
  const lastModified = httpDate(stat.modifiedMs);
  const { headers } = asked.request;
  const base = { server: `nginx/${asked.version}`, date: now(context) };
  if (
    headers['if-none-match'] === etag ||
    (headers['if-none-match'] === undefined && headers['if-modified-since'] === lastModified)
  ) {
    return {
      status: 304,
      headers: { ...base, 'last-modified': lastModified, connection: 'keep-alive', etag },
      body: NOTHING,
      serverName: nameOf(server),
    };
  }
  const bytes = context.readFile(full);
  if (failed(bytes)) return notThere(context, site, asked, server, rules, full, bytes.errno);
  const extension = /\.([A-Za-z0-9]+)$/.exec(full)?.[1]?.toLowerCase() ?? '';
  return {
    status: 200,
    headers: {
      ...base,
      'content-type': site.types[extension] ?? rules.defaultType ?? 'text/plain',
      'content-length': String(bytes.length),
      'last-modified': lastModified,
      connection: 'keep-alive',
      etag,
      'accept-ranges': 'bytes',
      ...Object.fromEntries(
        (rules.addHeaders ?? []).map(([name, value]) => [name, expand(value, context, asked, server, '')]),
      ),
    },
    body: bytes,
    serverName: nameOf(server),
  };
}

function listing(
  context: ReactiveContext,
  asked: Asked,
  server: ServerBlock,
  rules: Rules,
  full: string,
  path: string,
): Answer {
  const entries = context.readdir(full);
  const names = failed(entries)
    ? []
    : entries.map(({ name, type }) => (type === 'directory' ? `${name}/` : name)).sort();
  const lines = names.map((name) => `<a href="${name}">${name}</a>\r\n`).join('');
  return plain(
    asked,
    server,
    rules,
    200,
    'text/html',
    `<html>\r\n<head><title>Index of ${path}</title></head>\r\n<body>\r\n<h1>Index of ${path}</h1><hr><pre><a href="../">../</a>\r\n${lines}</pre><hr></body>\r\n</html>\r\n`,
    context,
  );
}

function returned(
  context: ReactiveContext,
  site: Site,
  asked: Asked,
  server: ServerBlock,
  rules: Rules,
  path: string,
  query: string,
): Answer {
  const { status = 404, text } = rules.return ?? {};
  const value =
    text === undefined ? undefined : expand(text, context, asked, server, query === '' ? path : `${path}?${query}`);
  if (status >= 301 && status <= 308 && value !== undefined) {
    const host = asked.request.headers['host'] ?? 'localhost';
    return errorPage(context, site, asked, server, rules, status, undefined, {
      location: value.startsWith('/') ? `http://${host}${value}` : value,
    });
  }
  if (value === undefined)
    return status >= 300
      ? errorPage(context, site, asked, server, rules, status)
      : plain(asked, server, rules, status, 'text/plain', '', context);
  return plain(asked, server, rules, status, rules.defaultType ?? 'text/plain', value, context);
}

function plain(
  asked: Asked,
  server: ServerBlock,
  rules: Rules,
  status: number,
  type: string,
  text: string,
  context: ReactiveContext,
): Answer {
  const body = encodeUtf8(text);
  const extra = Object.fromEntries(
    (rules.addHeaders ?? []).map(([name, value]) => [name, expand(value, context, asked, server, '')]),
  );
  return {
    status,
    headers: {
      server: `nginx/${asked.version}`,
      date: now(context),
      'content-type': type,
      'content-length': String(body.length),
      connection: 'keep-alive',
      ...extra,
    },
    body,
    serverName: nameOf(server),
  };
}

function errorPage(
  context: ReactiveContext,
  site: Site,
  asked: Asked,
  server: ServerBlock | undefined,
  rules: Rules,
  status: number,
  error?: string,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  const page = rules.errorPages?.[String(status)];
  const custom =
    page === undefined || server === undefined
      ? undefined
      : context.readFile(filePath(chooseLocation(server, page)?.rules ?? rules, chooseLocation(server, page), page));
  const reason = `${String(status)}${(REASONS[status] ?? '') === '' ? '' : ` ${REASONS[status] ?? ''}`}`;
  const body =
    custom !== undefined && !failed(custom)
      ? custom
      : encodeUtf8(
          `<html>\r\n<head><title>${reason}</title></head>\r\n<body>\r\n<center><h1>${reason}</h1></center>\r\n<hr><center>nginx/${asked.version}</center>\r\n</body>\r\n</html>\r\n`,
        );
  return {
    status,
    headers: {
      server: `nginx/${asked.version}`,
      date: now(context),
      'content-type': site.types['html'] ?? 'text/html',
      'content-length': String(body.length),
      connection: 'keep-alive',
      ...headers,
    },
    body,
    ...(error === undefined ? {} : { error }),
    serverName: server === undefined ? '' : nameOf(server),
  };
}

const nameOf = (server: ServerBlock): string => server.names[0] ?? '';
const now = (context: ReactiveContext): string => httpDate(Math.floor(context.time().realtimeUs / 1000));
const NOTHING = new Uint8Array(0);

function expand(text: string, context: ReactiveContext, asked: Asked, server: ServerBlock, requestUri: string): string {
  const { request } = asked;
  const [path = '', query = ''] = (requestUri === '' ? request.target : requestUri).split('?', 2);
  const host = request.headers['host'] ?? '';
  const values: Readonly<Record<string, string>> = {
    hostname: context.hostname,
    host: host.replace(/:\d+$/, ''),
    http_host: host,
    request_uri: request.target,
    uri: path,
    document_uri: path,
    args: query,
    query_string: query,
    remote_addr: asked.remote,
    scheme: 'http',
    request_method: request.method,
    server_port: String(asked.port),
    server_name: nameOf(server),
    server_protocol: 'HTTP/1.1',
    nginx_version: asked.version,
    time_local: logDate(Math.floor(context.time().realtimeUs / 1000)),
    is_args: query === '' ? '' : '?',
  };
  return text.replace(/\$\{?([a-z_0-9]+)\}?/g, (whole, name: string) => {
    if (name.startsWith('http_') && name !== 'http_host')
      return request.headers[name.slice(5).replaceAll('_', '-')] ?? '';
    if (name.startsWith('arg_')) return new RegExp(`(?:^|&)${name.slice(4)}=([^&]*)`).exec(query)?.[1] ?? '';
    return values[name] ?? whole;
  });
}
