/** Keys and values from --from-literal, --from-file and --from-env-file, for ConfigMaps and Secrets. */
import { failed } from '../../../../../protocol/errno.ts';
import { encodeUtf8 } from '../../../../../protocol/bytes.ts';
import { bytesToText } from '../../../../text.ts';
import type { Context } from '../../context.ts';
import { fatal } from '../../fatal.ts';

/** Reads every source in the order that kubectl does; a key that comes twice ends the command. */
export function readSources(context: Context, kind: 'configmap' | 'secret'): Map<string, Uint8Array> {
  const { flags } = context;
  const data = new Map<string, Uint8Array>();
  const add = (key: string, bytes: Uint8Array): void => {
    if (!/^[-._a-zA-Z0-9]+$/.test(key)) {
      fatal(
        `${JSON.stringify(key)} is not a valid key name for a ${kind === 'configmap' ? 'ConfigMap' : 'Secret'}: a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')`,
      );
    }
    if (data.has(key))
      fatal(
        `cannot add key ${JSON.stringify(key)}, another key by that name already exists in Data for ${kind === 'configmap' ? 'ConfigMap' : 'Secret'} ${JSON.stringify(context.flags.args[0] ?? '')}`,
      );
    data.set(key, bytes);
  };
  const hasEnv = flags.list('from-env-file').length > 0;
  if (hasEnv && (flags.list('from-file').length > 0 || flags.list('from-literal').length > 0)) {
    fatal('from-env-file cannot be combined with from-file or from-literal');
  }
  for (const source of flags.list('from-file')) addFile(context, source, add);
  for (const literal of flags.list('from-literal')) {
    const at = literal.indexOf('=');
    if (at <= 0) fatal(`invalid literal source ${literal}, expected key=value`);
    add(literal.slice(0, at), encodeUtf8(unquote(literal.slice(at + 1))));
  }
  for (const path of flags.list('from-env-file')) addEnvFile(context, path, add);
  return data;
}

/** Quotes around a literal's value are taken off. */
function unquote(text: string): string {
  return text.length >= 2 && /^(["']).*\1$/s.test(text) ? text.slice(1, -1) : text;
}

function addFile(context: Context, source: string, add: (key: string, bytes: Uint8Array) => void): void {
  const parts = source.split('=');
  if (parts.length > 2) fatal("key names or file paths cannot contain '='");
  const path = parts.at(-1) ?? '';
  if (source.startsWith('=')) fatal(`key name for file path ${path} missing`);
  if (source.endsWith('=')) fatal(`file path for key name ${parts[0] ?? ''} missing`);
  const stat = context.process.stat(path);
  if (failed(stat)) fatal(`error reading ${path}: no such file or directory`);
  if (stat.type !== 'directory') {
    add(parts.length === 2 ? (parts[0] ?? '') : (path.split('/').at(-1) ?? path), readBytes(context, path));
    return;
  }
  if (parts.length === 2) fatal('cannot give a key name for a directory path');
  const entries = context.process.readdir(path);
  if (failed(entries)) fatal(`error listing files in ${path}: open ${path}: permission denied`);
  for (const { name } of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const file = `${path.replace(/\/$/, '')}/${name}`;
    const inner = context.process.stat(file);
    if (!failed(inner) && inner.type === 'file') add(name, readBytes(context, file));
  }
}

function readBytes(context: Context, path: string): Uint8Array {
  const bytes = context.process.readFile(path);
  return failed(bytes) ? fatal(`open ${path}: permission denied`) : bytes;
}

function addEnvFile(context: Context, path: string, add: (key: string, bytes: Uint8Array) => void): void {
  const stat = context.process.stat(path);
  if (failed(stat)) fatal(`error reading ${path}: no such file or directory`);
  if (stat.type === 'directory') fatal('env config file cannot be a directory');
  for (const [index, raw] of bytesToText(readBytes(context, path)).split('\n').entries()) {
    const line = raw.replace(/^[ \t\r]+/, '').replace(/\r$/, '');
    if (line === '' || line.startsWith('#')) continue;
    const at = line.indexOf('=');
    const key = at < 0 ? line : line.slice(0, at);
    if (!/^[-._a-zA-Z][-._a-zA-Z0-9]*$/.test(key)) {
      fatal(
        `env file ${path} line ${String(index + 1)}: ${JSON.stringify(key)} is not a valid key name: a valid environment variable name must consist of alphabetic characters, digits, '_', '-', or '.', and must not start with a digit (e.g. 'my.env-name',  or 'MY_ENV.NAME',  or 'MyEnvName1', regex used for validation is '[-._a-zA-Z][-._a-zA-Z0-9]*')`,
      );
    }
    const value = at < 0 ? (context.process.env[key] ?? '') : line.slice(at + 1);
    add(key, encodeUtf8(value));
  }
}
