/** Answers that nginx makes itself: texts of `return`, and error pages. */
import { encodeUtf8 } from '../../../../../protocol/bytes.ts';
import { failed } from '../../../../../protocol/errno.ts';
import type { ReactiveContext } from '../../../kernel/reactive/reactive.ts';
import { httpDate } from '../http-dates.ts';
import { filePath, nameOf, type Answer, type Handling } from './handling.ts';
import { chooseLocation } from './site.ts';
import { expand } from './variables.ts';

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

/** Headers that every answer begins with. */
export const firstHeaders = ({ context, asked }: Handling): { readonly server: string; readonly date: string } => ({
  server: `nginx/${asked.version}`,
  date: now(context),
});

const now = (context: ReactiveContext): string => httpDate(Math.floor(context.time().realtimeUs / 1000));

/** What `add_header` adds. */
export const addedHeaders = (handling: Handling): Readonly<Record<string, string>> =>
  Object.fromEntries((handling.rules.addHeaders ?? []).map(([name, value]) => [name, expand(handling, value)]));

export function textAnswer(handling: Handling, status: number, type: string, text: string): Answer {
  const body = encodeUtf8(text);
  return {
    status,
    headers: {
      ...firstHeaders(handling),
      'content-type': type,
      'content-length': String(body.length),
      connection: 'keep-alive',
      ...addedHeaders(handling),
    },
    body,
    serverName: nameOf(handling.server),
  };
}

/** The page of `error_page`, else nginx's own; `error` is for the error log. */
export function errorPage(
  handling: Handling,
  status: number,
  error?: string,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  const { site, server } = handling;
  const body = customPage(handling, status) ?? ownPage(handling, status);
  return {
    status,
    headers: {
      ...firstHeaders(handling),
      'content-type': site.types['html'] ?? 'text/html',
      'content-length': String(body.length),
      connection: 'keep-alive',
      ...headers,
    },
    body,
    ...(error === undefined ? {} : { error }),
    serverName: nameOf(server),
  };
}

function customPage({ context, server, rules }: Handling, status: number): Uint8Array | undefined {
  const page = rules.errorPages?.[String(status)];
  if (page === undefined || server === undefined) return undefined;
  const location = chooseLocation(server, page);
  const bytes = context.readFile(filePath(location?.rules ?? rules, location, page));
  return failed(bytes) ? undefined : bytes;
}

function ownPage({ asked }: Handling, status: number): Uint8Array {
  const reason = `${String(status)}${(REASONS[status] ?? '') === '' ? '' : ` ${REASONS[status] ?? ''}`}`;
  return encodeUtf8(
    `<html>\r\n<head><title>${reason}</title></head>\r\n<body>\r\n<center><h1>${reason}</h1></center>\r\n<hr><center>nginx/${asked.version}</center>\r\n</body>\r\n</html>\r\n`,
  );
}
