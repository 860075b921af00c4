/** The head of an answer as curl shows it. */
import { reasonPhrase } from '../../../formats/http-status.ts';
import type { ResponseHead } from '../../../protocol/http.ts';

/** The status line and the headers; as they came where the server wrote text. */
export const headLines = ({ lines, status, headers }: ResponseHead): readonly string[] =>
  lines ?? [
    `HTTP/1.1 ${String(status)} ${reasonPhrase(status)}`,
    ...Object.entries(headers).map(([name, text]) => `${headerName(name)}: ${text}`),
  ];

/** The head as text, with the empty line that ends it. */
export const headText = (head: ResponseHead): string => [...headLines(head), '', ''].join('\r\n');

/** `content-type` as servers usually spell it. */
const headerName = (name: string): string =>
  name === 'etag'
    ? 'ETag'
    : name === 'www-authenticate'
      ? 'WWW-Authenticate'
      : name.replace(/(^|-)([a-z])/g, (_, dash: string, letter: string) => dash + letter.toUpperCase());

/** Every value of a header, in the order they came. */
export const headerValues = (head: ResponseHead, name: string): readonly string[] =>
  headLines(head)
    .slice(1)
    .filter((line) => line.toLowerCase().startsWith(`${name}:`))
    .map((line) => line.slice(name.length + 1).trim());

export const isHttp10 = (head: ResponseHead): boolean => (headLines(head)[0] ?? '').startsWith('HTTP/1.0');

/** Whether the connection can carry another request. */
export const staysOpen = (head: ResponseHead): boolean =>
  !isHttp10(head) && head.headers['connection']?.toLowerCase() !== 'close' && hasEnd(head);

/** Whether the body's end is told otherwise than by the connection's. */
export const hasEnd = ({ status, headers, lines }: ResponseHead): boolean =>
  lines === undefined ||
  headers['content-length'] !== undefined ||
  headers['transfer-encoding'] !== undefined ||
  status === 204 ||
  status === 304 ||
  status < 200;
