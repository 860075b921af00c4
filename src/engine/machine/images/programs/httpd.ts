/**
 * Apache httpd in the foreground.
 * Models: Listen, ServerRoot's DocumentRoot and DirectoryIndex, files with their types, logs, TERM and WINCH.
 * Leaves out: modules, virtual hosts, .htaccess.
 */
import { percentDecoded } from '../../../../formats/percent.ts';
import { decodeUtf8, encodeUtf8 } from '../../../../protocol/bytes.ts';
import { failed } from '../../../../protocol/errno.ts';
import { civilFromUnix } from '../../../sim/clock.ts';
import type { ReactiveContext, ReactiveProgram, ReactiveResponse } from '../../kernel/reactive/reactive.ts';
import { httpDate, logDate } from './http-dates.ts';

/** ListenBacklog's default (DEFAULT_LISTENBACKLOG). */
const BACKLOG = 511;

const CONF = '/usr/local/apache2/conf/httpd.conf';
const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html',
  htm: 'text/html',
  css: 'text/css',
  js: 'text/javascript',
  json: 'application/json',
  txt: 'text/plain',
  png: 'image/png',
  jpg: 'image/jpeg',
  svg: 'image/svg+xml',
};

export const httpd: ReactiveProgram = {
  name: 'httpd',
  memoryBytes: 6 * 1024 * 1024,
  start(context) {
    const bytes = context.readFile(CONF);
    if (failed(bytes)) {
      context.print(`httpd: Could not open configuration file ${CONF}: No such file or directory\n`, 2);
      context.exit(1);
      return;
    }
    const text = decodeUtf8(bytes);
    const setting = (name: string): string | undefined =>
      new RegExp(`^\\s*${name}\\s+"?([^"\\n]+)"?`, 'm').exec(text)?.[1]?.trim();
    const port = Number(/(\d+)$/.exec(setting('Listen') ?? '80')?.[1] ?? '80');
    if (setting('ServerName') === undefined) {
      const warning =
        "AH00558: httpd: Could not reliably determine the server's fully qualified domain name, using 127.0.0.1. Set the 'ServerName' directive globally to suppress this message\n";
      context.print(warning + warning, 2);
    }
    const listening = context.listen(port, BACKLOG);
    if (failed(listening)) {
      context.print(
        `(98)Address already in use: AH00072: make_sock: could not bind to address 0.0.0.0:${String(port)}\nno listening sockets available, shutting down\nAH00015: Unable to open logs\n`,
        2,
      );
      context.exit(1);
      return;
    }
    context.state = {
      root: setting('DocumentRoot') ?? '/usr/local/apache2/htdocs',
      index: setting('DirectoryIndex') ?? 'index.html',
    };
    context.catchSignals(['SIGTERM', 'SIGINT', 'SIGWINCH', 'SIGHUP', 'SIGUSR1']);
    const { pid } = context;
    const stamp = errorTime(context);
    const id = `[pid ${String(pid)}:tid ${String(pid)}]`;
    context.print(
      `${stamp} [mpm_event:notice] ${id} AH00489: Apache/${version(context)} (Unix) configured -- resuming normal operations\n${stamp} [core:notice] ${id} AH00094: Command line: 'httpd -D FOREGROUND'\n`,
      2,
    );
    for (let i = 0; i < 3; i += 1) context.forkWorker('httpd', ['httpd', '-DFOREGROUND']);
  },
  onRequest(context, request, connection) {
    const response = serve(
      context,
      request.method,
      request.target.split('?', 1)[0] ?? '/',
      request.headers['host'] ?? 'localhost',
    );
    const sent = response.headers['content-length'] ?? '0';
    context.print(
      `${connection.peer.ip} - - [${logDate(Math.floor(context.time().realtimeUs / 1000))}] "${request.method} ${request.target} HTTP/1.1" ${String(response.status)} ${request.method === 'HEAD' || sent === '0' ? '-' : sent}\n`,
    );
    context.cpu(80);
    return response;
  },
  onSignal(context, signal) {
    if (signal === 'SIGHUP' || signal === 'SIGUSR1') return;
    const graceful = signal === 'SIGWINCH';
    const id = `[pid ${String(context.pid)}:tid ${String(context.pid)}]`;
    context.print(
      `${errorTime(context)} [mpm_event:notice] ${id} ${graceful ? 'AH00492: caught SIGWINCH, shutting down gracefully' : 'AH00491: caught SIGTERM, shutting down'}\n`,
      2,
    );
    context.exit(0);
  },
};

const version = (context: ReactiveContext): string => context.env['HTTPD_VERSION'] ?? '2.4.65';

/** `[Mon Mar 02 00:00:00.000000 2026]`. */
function errorTime(context: ReactiveContext): string {
  const { realtimeUs } = context.time();
  const { year, hour, minute, second } = civilFromUnix(Math.floor(realtimeUs / 1_000_000));
  const [weekday = '', day = '', month = ''] = httpDate(Math.floor(realtimeUs / 1000))
    .replace(',', '')
    .split(' ');
  const two = (value: number): string => String(value).padStart(2, '0');
  return `[${weekday} ${month} ${day} ${two(hour)}:${two(minute)}:${two(second)}.${String(realtimeUs % 1_000_000).padStart(6, '0')} ${String(year)}]`;
}

function serve(context: ReactiveContext, method: string, path: string, host: string): ReactiveResponse {
  const { root, index } = context.state;
  const named = percentDecoded(path);
  if (named === undefined || path.includes('/..'))
    return page(
      context,
      400,
      'Bad Request',
      'Your browser sent a request that this server could not understand.<br />',
    );
  let full = `${String(root)}${named}`;
  let stat = context.stat(full);
  if (!failed(stat) && stat.type === 'directory') {
    if (!path.endsWith('/'))
      return page(
        context,
        301,
        'Moved Permanently',
        `The document has moved <a href="http://${host}${path}/">here</a>.`,
        { location: `http://${host}${path}/` },
      );
    full = `${full}${String(index)}`;
    stat = context.stat(full);
    if (failed(stat)) {
      const entries = context.readdir(full.slice(0, -String(index).length));
      const items = failed(entries)
        ? []
        : entries.map(({ name, type }) => (type === 'directory' ? `${name}/` : name)).sort();
      return body(
        context,
        200,
        'text/html;charset=ISO-8859-1',
        `<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 3.2 Final//EN">\n<html>\n <head>\n  <title>Index of ${path}</title>\n </head>\n <body>\n<h1>Index of ${path}</h1>\n<ul>${items.map((name) => `<li><a href="${name}"> ${name}</a></li>\n`).join('')}</ul>\n</body></html>\n`,
      );
    }
  }
  if (failed(stat)) {
    return stat.errno === 'EACCES'
      ? page(context, 403, 'Forbidden', "You don't have permission to access this resource.")
      : page(context, 404, 'Not Found', 'The requested URL was not found on this server.');
  }
  if (!['GET', 'HEAD', 'POST', 'OPTIONS'].includes(method))
    return page(context, 405, 'Method Not Allowed', `The requested method ${method} is not allowed for this URL.`, {
      allow: 'GET,POST,OPTIONS,HEAD,TRACE',
    });
  const bytes = context.readFile(full);
  if (failed(bytes)) return page(context, 403, 'Forbidden', "You don't have permission to access this resource.");
  const extension = /\.([A-Za-z0-9]+)$/.exec(full)?.[1]?.toLowerCase() ?? '';
  const type = TYPES[extension];
  return {
    status: 200,
    headers: {
      date: now(context),
      server: `Apache/${version(context)} (Unix)`,
      'last-modified': httpDate(stat.modifiedMs),
      etag: `"${stat.size.toString(16)}-${(stat.modifiedMs * 1000).toString(16)}"`,
      'accept-ranges': 'bytes',
      'content-length': String(bytes.length),
      ...(type === undefined ? {} : { 'content-type': type }),
    },
    ...(method === 'HEAD' ? {} : { body: { bytes } }),
    delayUs: 200,
  };
}

const now = (context: ReactiveContext): string => httpDate(Math.floor(context.time().realtimeUs / 1000));

function body(
  context: ReactiveContext,
  status: number,
  type: string,
  text: string,
  headers: Readonly<Record<string, string>> = {},
): ReactiveResponse {
  const bytes = encodeUtf8(text);
  return {
    status,
    headers: {
      date: now(context),
      server: `Apache/${version(context)} (Unix)`,
      ...headers,
      'content-length': String(bytes.length),
      'content-type': type,
    },
    body: { bytes },
    delayUs: 200,
  };
}

const page = (
  context: ReactiveContext,
  status: number,
  title: string,
  text: string,
  headers: Readonly<Record<string, string>> = {},
): ReactiveResponse =>
  body(
    context,
    status,
    'text/html; charset=iso-8859-1',
    `<!DOCTYPE HTML PUBLIC "-//IETF//DTD HTML 2.0//EN">\n<html><head>\n<title>${String(status)} ${title}</title>\n</head><body>\n<h1>${title}</h1>\n<p>${text}</p>\n</body></html>\n`,
    headers,
  );
