/** How nginx answers one request: server, location, then `return`, `try_files` or a file. */
import { percentDecoded } from '../../../../../formats/percent.ts';
import { failed } from '../../../../../protocol/errno.ts';
import type { ReactiveContext } from '../../../kernel/reactive/reactive.ts';
import { filePath, type Answer, type Asked, type Handling } from './handling.ts';
import { errorPage, textAnswer } from './pages.ts';
import { chooseLocation, chooseServer, type Location, type ServerBlock, type Site } from './site.ts';
import { staticFile } from './static-files.ts';
import { expand } from './variables.ts';

const MAX_REDIRECTS = 10;

export function answer(context: ReactiveContext, site: Site, asked: Asked): Answer {
  const server = chooseServer(site, asked.port, asked.request.headers['host'] ?? '');
  const [rawPath = '/', query = ''] = asked.request.target.split('?', 2);
  const path = normalise(rawPath);
  const whole: Handling = {
    context,
    site,
    asked,
    server,
    rules: server?.rules ?? {},
    location: undefined,
    path: path ?? rawPath,
    query,
    depth: 0,
  };
  if (server === undefined) return errorPage(whole, 404);
  if (path === undefined) return errorPage(whole, 400);
  const given = server.rules.return === undefined ? serve(whole, server) : returned(whole);
  const location = chooseLocation(server, path);
  const log = location?.rules.accessLog ?? server.rules.accessLog;
  return { ...given, ...(log === undefined ? {} : { accessLog: log }) };
}

function normalise(raw: string): string | undefined {
  const text = percentDecoded(raw);
  if (text === undefined) return undefined;
  const parts: string[] = [];
  for (const part of text.split('/')) {
    if (part === '..') {
      if (parts.length === 0) return undefined;
      parts.pop();
    } else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}${text.endsWith('/') && parts.length > 0 ? '/' : ''}`;
}

/** The server's answer for a path: once for the request, again for each internal redirect. */
function serve(before: Handling, server: ServerBlock): Answer {
  const { asked, path, depth } = before;
  const location = chooseLocation(server, path);
  const handling: Handling = { ...before, server, location, rules: location?.rules ?? server.rules };
  const { rules } = handling;
  if (rules.deny === true) return errorPage(handling, 403, 'access forbidden by rule');
  if (rules.return !== undefined) return returned(handling);
  if (rules.stubStatus === true) return textAnswer(handling, 200, 'text/plain', STUB_STATUS);
  if (rules.proxyPass !== undefined)
    return errorPage(handling, 502, `drydock: 'proxy_pass ${rules.proxyPass}' is not simulated`);
  const { method } = asked.request;
  if (method !== 'GET' && method !== 'HEAD') return errorPage(handling, 405);
  if (rules.tryFiles !== undefined) {
    const target = tryFiles(handling);
    if (target.startsWith('=')) return errorPage(handling, Number(target.slice(1)));
    if (target !== path && depth < MAX_REDIRECTS)
      return serve(
        { ...handling, path: target, depth: depth + 1 },
        { ...server, locations: server.locations.map(withoutTry) },
      );
  }
  const file = staticFile(handling);
  return 'redirect' in file ? serve({ ...handling, path: file.redirect, depth: depth + 1 }, server) : file;
}

const STUB_STATUS =
  'Active connections: 1 \nserver accepts handled requests\n 1 1 1 \nReading: 0 Writing: 1 Waiting: 0 \n';

const withoutTry = (location: Location): Location => {
  const { tryFiles: _, ...rules } = location.rules;
  return { ...location, rules };
};

function tryFiles({ context, rules, location, path }: Handling): string {
  const candidates = rules.tryFiles ?? [];
  for (const candidate of candidates.slice(0, -1)) {
    const expanded = candidate.replaceAll('$uri', path);
    const stat = context.stat(filePath(rules, location, expanded));
    if (!failed(stat) && (stat.type === 'directory') === expanded.endsWith('/')) return expanded;
  }
  return (candidates.at(-1) ?? '=404').replaceAll('$uri', path).replace(/\?.*$/, '');
}

function returned(handling: Handling): Answer {
  const { asked, rules, path, query } = handling;
  const { status = 404, text } = rules.return ?? {};
  const value = text === undefined ? undefined : expand(handling, text, query === '' ? path : `${path}?${query}`);
  if (status >= 301 && status <= 308 && value !== undefined) {
    const host = asked.request.headers['host'] ?? 'localhost';
    return errorPage(handling, status, undefined, {
      location: value.startsWith('/') ? `http://${host}${value}` : value,
    });
  }
  if (value !== undefined) return textAnswer(handling, status, rules.defaultType ?? 'text/plain', value);
  return status >= 300 ? errorPage(handling, status) : textAnswer(handling, status, 'text/plain', '');
}
