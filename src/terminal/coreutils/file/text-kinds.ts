/** Texts that are told by what they begin with, or by their form. */
import { bytesToText } from '../../text.ts';
import { encodingOf } from './encoding.ts';
import type { Kind } from './kind.ts';

/** What a text is besides text: its name before and behind the encoding's. */
interface Form {
  readonly before?: string;
  readonly behind?: string;
  /** Says all without the encoding. */
  readonly alone?: string;
  readonly mime: string;
}

const plain = (before: string, mime = 'text/plain'): Form => ({ before: `${before}, `, mime });

/** First lines, in the order in which they count. */
const BEGINNINGS: readonly (readonly [RegExp, Form])[] = [
  [/^<\?xml version="1.0"/, plain('XML 1.0 document', 'text/xml')],
  [/^\s*(<!doctype html|<html)/i, plain('HTML document', 'text/html')],
  [/^(?:[^\n]*\n){0,3}--- [^\n]*\n\+\+\+ [^\n]*\n@@ /, plain('unified diff output', 'text/x-diff')],
  [/^-----BEGIN CERTIFICATE-----/, { alone: 'PEM certificate', mime: 'text/plain' }],
  [/^-----BEGIN CERTIFICATE REQUEST-----/, { alone: 'PEM certificate request', mime: 'text/plain' }],
  [/^-----BEGIN RSA PRIVATE KEY-----/, { alone: 'PEM RSA private key', mime: 'text/plain' }],
  [/^-----BEGIN EC PRIVATE KEY-----/, { alone: 'PEM EC private key', mime: 'text/plain' }],
  [/^-----BEGIN OPENSSH PRIVATE KEY-----/, { alone: 'OpenSSH private key', mime: 'text/plain' }],
  [/^ssh-rsa /, { alone: 'OpenSSH RSA public key', mime: 'text/plain' }],
  [/^ssh-ed25519 /, { alone: 'OpenSSH ED25519 public key', mime: 'text/plain' }],
  [/^#[ \t]*include[ \t]*[<"]|\n#[ \t]*include[ \t]*[<"]/, plain('C source', 'text/x-c')],
];

const SHELL = 'text/x-shellscript';
/** Interpreters by how a script calls them. */
const INTERPRETERS: readonly (readonly [RegExp, Form])[] = [
  [/^(\/usr)?\/bin\/sh\b/, { before: 'POSIX shell script, ', behind: ' executable', mime: SHELL }],
  [
    /^((\/usr)?(\/local)?\/bin\/bash|\/usr\/bin\/env bash)\b/,
    { before: 'Bourne-Again shell script, ', behind: ' executable', mime: SHELL },
  ],
  [/^(\/usr)?\/bin\/zsh\b/, { before: "Paul Falstad's zsh script, ", behind: ' executable', mime: SHELL }],
  [/^(\/usr)?\/bin\/ash\b/, { before: "Neil Brown's ash script, ", behind: ' executable', mime: SHELL }],
  [
    /^(\/usr)?(\/local)?\/bin\/(env )?python/,
    { before: 'Python script, ', behind: ' executable', mime: 'text/x-script.python' },
  ],
  [/^(\/usr)?\/bin\/(env )?perl/, { alone: 'Perl script text executable', mime: 'text/x-perl' }],
  [/^\/usr\/bin\/env node\b/, { before: 'Node.js script executable, ', mime: 'application/javascript' }],
  [/^(\/usr)?\/bin\/awk\b/, { before: 'awk script, ', behind: ' executable', mime: 'text/x-awk' }],
  [/^(\/usr)?(\/local)?\/bin\/(env )?ruby/, { before: 'Ruby script, ', behind: ' executable', mime: 'text/x-ruby' }],
];

/** Text, or data where it is none. */
export function textKind(bytes: Uint8Array): Kind {
  const encoding = encodingOf(bytes);
  if (encoding === undefined) return { text: 'data', mime: 'application/octet-stream', charset: 'binary' };
  const { charset } = encoding;
  const text = bytesToText(bytes);
  const json = jsonKind(text);
  if (json !== undefined) return { ...json, charset };
  const form = formOf(text);
  if (form.alone !== undefined) return { text: form.alone, mime: form.mime, charset };
  const { before = '', behind = '', mime } = form;
  return { text: `${before}${encoding.name} text${behind}${encoding.remarks}`, mime, charset };
}

function formOf(text: string): Form {
  const [, called] = /^#!\s*([^\n]*?)\s*(?:\n|$)/.exec(text) ?? [];
  if (called !== undefined && called !== '') {
    const known = INTERPRETERS.find(([pattern]) => pattern.test(called))?.[1];
    const name = called.replace(/^\/usr\/bin\/env /, '');
    return known ?? { before: `a ${name} script, `, behind: ' executable', mime: 'text/plain' };
  }
  const found = BEGINNINGS.find(([pattern]) => pattern.test(text))?.[1];
  if (found !== undefined) return found;
  return isCsv(text) ? { alone: 'CSV text', mime: 'text/csv' } : { mime: 'text/plain' };
}

/** An object or a list, or one on every line. */
function jsonKind(text: string): Omit<Kind, 'charset'> | undefined {
  const parses = (part: string): boolean => {
    if (!/^\s*[[{]/.test(part)) return false;
    try {
      JSON.parse(part);
      return true;
    } catch {
      return false;
    }
  };
  if (parses(text)) return { text: 'JSON text data', mime: 'application/json' };
  const lines = text.split('\n').filter((line) => line !== '');
  return lines.length > 1 && lines.every(parses)
    ? { text: 'New Line Delimited JSON text data', mime: 'application/x-ndjson' }
    : undefined;
}

const CSV_LINES = 10;
const LEAST_CSV_LINES = 3;

/** As many commas on each of the first lines. */
function isCsv(text: string): boolean {
  const lines = text.split('\n').slice(0, -1).slice(0, CSV_LINES);
  const commas = lines.map((line) => line.replace(/"[^"]*"/g, '').split(',').length - 1);
  return lines.length >= LEAST_CSV_LINES && (commas[0] ?? 0) > 0 && commas.every((count) => count === commas[0]);
}
