/** docker context: the one that is always there. Leaves out: contexts of one's own. */
import { sha256 } from '@noble/hashes/sha2.js';
import { encodeUtf8 } from '../../../protocol/bytes.ts';
import { hex } from '../../coreutils/digests/digests.ts';
import { each, type Context, type Verb } from './context.ts';
import { Fatal } from './fatal.ts';
import { printRows } from './listing.ts';
import { printObjects } from './objects.ts';

const DEFAULT = 'default';

const endpointOf = ({ process }: Context): string => process.env['DOCKER_HOST'] ?? 'unix:///var/run/docker.sock';

/** Others would be kept below the digest of their name. */
const missing = ({ process }: Context, name: string): Fatal =>
  new Fatal(
    `context "${name}": context not found: open ${process.env['HOME'] ?? ''}/.docker/contexts/meta/${hex(sha256(encodeUtf8(name)))}/meta.json: no such file or directory`,
  );

const LISTING = {
  type: '*formatter.clientContextContext',
  headers: {
    Name: 'NAME',
    Description: 'DESCRIPTION',
    DockerEndpoint: 'DOCKER ENDPOINT',
    Error: 'ERROR',
    Current: 'CURRENT',
  },
  columns: ['Name', 'Description', 'DockerEndpoint', 'Error'],
};

async function list(context: Context): Promise<number> {
  const { flags, io, process } = context;
  const format = flags.string('format');
  const isTable = format === '' || format === 'table';
  if (flags.bool('quiet')) io.line(DEFAULT);
  else
    printRows(context, format, LISTING, [
      {
        Name: isTable ? `${DEFAULT} *` : DEFAULT,
        Description: 'Current DOCKER_HOST based configuration',
        DockerEndpoint: endpointOf(context),
        Error: '',
        Current: true,
      },
    ]);
  await io.flush();
  if (process.env['DOCKER_HOST'] !== undefined)
    await io.raw(
      'Warning: DOCKER_HOST environment variable overrides the active context. To use a context, either set the global --context flag, or unset DOCKER_HOST environment variable.\n',
    );
  return 0;
}

async function inspect(context: Context): Promise<number> {
  const names = context.flags.args.length === 0 ? [DEFAULT] : context.flags.args;
  const absent = names.find((name) => name !== DEFAULT);
  const found = names
    .filter((name) => name === DEFAULT)
    .map(() => ({
      Name: DEFAULT,
      Metadata: {},
      Endpoints: { docker: { Host: endpointOf(context), SkipTLSVerify: false } },
      TLSMaterial: {},
      Storage: { MetadataPath: '<IN MEMORY>', TLSPath: '<IN MEMORY>' },
    }));
  printObjects(context, context.flags.string('format'), found, true);
  await context.io.flush();
  if (absent !== undefined) throw missing(context, absent);
  return 0;
}

async function use(context: Context): Promise<number> {
  const [name = ''] = context.flags.args;
  if (name !== DEFAULT) throw missing(context, name);
  context.io.line(name);
  await context.io.flush();
  await context.io.raw(`Current context is now "${name}"\n`);
  return 0;
}

export const contextVerbs: Readonly<Record<string, Verb>> = {
  'context inspect': {
    use: '[OPTIONS] [CONTEXT] [CONTEXT...]',
    short: 'Display detailed information on one or more contexts',
    args: [0, Infinity],
    flags: ['format'],
    run: inspect,
  },
  'context ls': { use: '[OPTIONS]', short: 'List contexts', args: [0, 0], flags: ['format', 'quiet'], run: list },
  'context rm': {
    use: 'CONTEXT [CONTEXT...]',
    short: 'Remove one or more contexts',
    args: [1, Infinity],
    flags: [],
    run: (context) =>
      each(context, (name) =>
        Promise.reject(
          new Fatal(name === DEFAULT ? `context "${name}" cannot be removed` : `context "${name}" does not exist`),
        ),
      ),
  },
  'context show': {
    use: '',
    short: 'Print the name of the current context',
    args: [0, 0],
    flags: [],
    run: ({ io }) => {
      io.line(DEFAULT);
      return Promise.resolve(0);
    },
  },
  'context use': { use: 'CONTEXT', short: 'Set the current docker context', args: [1, 1], flags: [], run: use },
};
