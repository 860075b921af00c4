/** multipart/form-data of -F and --form-string (RFC 7578, in curl's spelling). */
import { concatBytes, encodeUtf8 } from '../../../protocol/bytes.ts';
import { failed, type SysFailure } from '../../../protocol/errno.ts';
import type { Process } from '../../../protocol/program.ts';
import { baseName, readOperand } from '../../io.ts';
import type { Settings } from './settings.ts';

export interface FormBody {
  readonly bytes: Uint8Array;
  readonly contentType: string;
}

export const hasForm = (settings: Settings): boolean => settings.has('form') || settings.has('form-string');

/** The body of all parts; the failure of a file that cannot be read. */
export async function formBody(process: Process, settings: Settings): Promise<FormBody | SysFailure> {
  const boundary = `${'-'.repeat(24)}${boundaryLetters(process)}`;
  const pieces: Uint8Array[] = [];
  for (const [name, value] of settings.order) {
    if (name !== 'form' && name !== 'form-string') continue;
    const part = await partOf(process, value, name === 'form-string');
    if (failed(part)) return part;
    const { disposition, type, content } = part;
    const typeLine = type === undefined ? '' : `Content-Type: ${type}\r\n`;
    pieces.push(
      encodeUtf8(`--${boundary}\r\nContent-Disposition: form-data; ${disposition}\r\n${typeLine}\r\n`),
      content,
      encodeUtf8('\r\n'),
    );
  }
  pieces.push(encodeUtf8(`--${boundary}--\r\n`));
  return { bytes: concatBytes(pieces), contentType: `multipart/form-data; boundary=${boundary}` };
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const boundaryLetters = (process: Process): string =>
  [...process.random(22)].map((byte) => LETTERS.charAt(byte % LETTERS.length)).join('');

interface Part {
  readonly disposition: string;
  readonly type: string | undefined;
  readonly content: Uint8Array;
}

/** `name=text`, `name=@file` or `name=<file`, with `;type=` and `;filename=` behind. */
async function partOf(process: Process, value: string, literal: boolean): Promise<Part | SysFailure> {
  const at = value.indexOf('=');
  const name = `name="${quoted(value.slice(0, at))}"`;
  const text = value.slice(at + 1);
  if (literal) return { disposition: name, type: undefined, content: encodeUtf8(text) };
  const [first = '', ...attributes] = splitAttributes(text);
  const attribute = (key: string): string | undefined =>
    attributes.find((each) => each.startsWith(`${key}=`))?.slice(key.length + 1);
  const type = attribute('type');
  if (!/^[@<]/.test(first)) return { disposition: name, type, content: encodeUtf8(first) };
  const path = unquoted(first.slice(1));
  const content = await readOperand(process, path);
  if (failed(content)) return content;
  if (first.startsWith('<')) return { disposition: name, type, content };
  const fileName = quoted(unquoted(attribute('filename') ?? baseName(path)));
  return { disposition: `${name}; filename="${fileName}"`, type: type ?? typeByName(path), content };
}

/** Parts at semicolons that begin an attribute. */
const splitAttributes = (text: string): readonly string[] => text.split(/;\s*(?=(?:type|filename|encoder|headers)=)/);
const unquoted = (text: string): string => (/^".*"$/.test(text) ? text.slice(1, -1) : text);
const quoted = (text: string): string => text.replace(/"/g, '%22').replace(/\r/g, '%0D').replace(/\n/g, '%0A');

const TYPES: Readonly<Record<string, string>> = {
  gif: 'image/gif',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  png: 'image/png',
  svg: 'image/svg+xml',
  txt: 'text/plain',
  htm: 'text/html',
  html: 'text/html',
  pdf: 'application/pdf',
  xml: 'application/xml',
};
const typeByName = (path: string): string =>
  TYPES[/\.([^./]+)$/.exec(path)?.[1]?.toLowerCase() ?? ''] ?? 'application/octet-stream';
