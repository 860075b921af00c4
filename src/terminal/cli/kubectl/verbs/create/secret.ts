import { encodeBase64, encodeUtf8 } from '../../../../../protocol/bytes.ts';
import { failed } from '../../../../../protocol/errno.ts';
import { stringifyJson } from '../../../../../formats/json.ts';
import { bytesToText } from '../../../../text.ts';
import type { Context } from '../../context.ts';
import { createGenerated, GENERATOR_FLAGS, nameArgument } from '../../create-object.ts';
import { fatal } from '../../fatal.ts';
import type { Verb } from '../../verb.ts';
import { readSources } from './data-sources.ts';

function secret(context: Context, name: string, type: string, data: Record<string, string>): Promise<number> {
  return createGenerated(
    context,
    {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name },
      ...(type === '' ? {} : { type }),
      ...(Object.keys(data).length === 0 ? {} : { data }),
    },
    { what: 'secret' },
  );
}

const generic: Verb = {
  path: 'create secret generic',
  short: 'Create a secret from a local file, directory, or literal value',
  flags: [...GENERATOR_FLAGS, 'from-file', 'from-literal', 'from-env-file', 'type'],
  run: (context) => {
    const name = nameArgument(context);
    const data = Object.fromEntries(
      [...readSources(context, 'secret')].map(([key, bytes]) => [key, encodeBase64(bytes)]),
    );
    return secret(context, name, context.flags.string('type'), data);
  },
};

const registry: Verb = {
  path: 'create secret docker-registry',
  short: 'Create a secret for use with a Docker registry',
  flags: [...GENERATOR_FLAGS, 'docker-server', 'docker-username', 'docker-password', 'docker-email', 'from-file'],
  run: (context) => {
    const { flags } = context;
    const name = nameArgument(context);
    const username = flags.string('docker-username');
    const password = flags.string('docker-password');
    const email = flags.string('docker-email');
    if (flags.list('from-file').length > 0) {
      const data = Object.fromEntries(
        [...readSources(context, 'secret')].map(([, bytes]) => ['.dockerconfigjson', encodeBase64(bytes)]),
      );
      return secret(context, name, 'kubernetes.io/dockerconfigjson', data);
    }
    if (username === '')
      fatal(
        'either --from-file or the combination of --docker-username, --docker-password and --docker-server is required',
      );
    const server = flags.string('docker-server') === '' ? 'https://index.docker.io/v1/' : flags.string('docker-server');
    const entry = {
      username,
      password,
      ...(email === '' ? {} : { email }),
      auth: encodeBase64(encodeUtf8(`${username}:${password}`)),
    };
    const config = stringifyJson({ auths: { [server]: entry } }, { sortKeys: false });
    return secret(context, name, 'kubernetes.io/dockerconfigjson', {
      '.dockerconfigjson': encodeBase64(encodeUtf8(config)),
    });
  },
};

const tls: Verb = {
  path: 'create secret tls',
  short: 'Create a TLS secret',
  flags: [...GENERATOR_FLAGS, 'cert', 'key'],
  run: (context) => {
    const { flags } = context;
    const name = nameArgument(context);
    if (flags.string('key') === '' || flags.string('cert') === '') fatal('key and cert must be specified');
    const read = (path: string): Uint8Array => {
      const bytes = context.process.readFile(path);
      return failed(bytes) ? fatal(`Cannot read file ${path}, open ${path}: no such file or directory`) : bytes;
    };
    const cert = read(flags.string('cert'));
    const key = read(flags.string('key'));
    if (!bytesToText(cert).includes('-----BEGIN CERTIFICATE-----'))
      fatal('tls: failed to find any PEM data in certificate input');
    if (!/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(bytesToText(key)))
      fatal('tls: failed to find any PEM data in key input');
    return secret(context, name, 'kubernetes.io/tls', { 'tls.crt': encodeBase64(cert), 'tls.key': encodeBase64(key) });
  },
};

export const SECRETS: readonly Verb[] = [generic, registry, tls];
