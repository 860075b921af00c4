/** kubectl config: reading and changing kubeconfig files. */
import { failed } from '../../../../protocol/errno.ts';
import { encodeUtf8 } from '../../../../protocol/bytes.ts';
import type { JsonObject, JsonValue } from '../../../../protocol/plain.ts';
import { formatTable } from '../../../../formats/table.ts';
import { stringifyYaml } from '../../../../formats/yaml.ts';
import type { Context } from '../context.ts';
import { fatal } from '../fatal.ts';
import { textAt, withField } from '../fields.ts';
import { configPaths, readConfigFile, type KubeConfig, type NamedEntry } from '../kubeconfig.ts';
import { objectPrinter } from '../print.ts';
import { PRINT_FLAGS, type Verb } from '../verb.ts';

function asObject(config: KubeConfig): JsonObject {
  const list = (entries: readonly NamedEntry[], member: string): JsonValue =>
    entries.length === 0 ? null : entries.map(({ name, body }) => ({ [member]: body, name }));
  return {
    apiVersion: 'v1',
    clusters: list(config.clusters, 'cluster'),
    contexts: list(config.contexts, 'context'),
    'current-context': config.currentContext,
    kind: 'Config',
    preferences: config.preferences,
    users: list(config.users, 'user'),
  };
}

/** The file that changes go to, with what it holds. */
function editable(context: Context): { readonly path: string; readonly config: KubeConfig } {
  const paths = configPaths(context.process, context.flags);
  const path = paths.find((item) => !failed(context.process.stat(item))) ?? paths[0] ?? '';
  const config = readConfigFile(context.process, path) ?? {
    clusters: [],
    contexts: [],
    users: [],
    currentContext: '',
    preferences: {},
  };
  return { path, config };
}

function save(context: Context, path: string, config: KubeConfig): void {
  const directory = path.slice(0, path.lastIndexOf('/'));
  if (directory !== '' && failed(context.process.stat(directory))) context.process.mkdir(directory, 0o755);
  const written = context.process.writeFile(path, encodeUtf8(stringifyYaml(asObject(config))), { mode: 0o600 });
  if (failed(written)) fatal(`open ${path}: permission denied`);
}

function put(entries: readonly NamedEntry[], name: string, body: JsonObject): NamedEntry[] {
  const known = entries.some((entry) => entry.name === name);
  const next = known
    ? entries.map((entry) => (entry.name === name ? { name, body } : entry))
    : [...entries, { name, body }];
  return next.toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

const view: Verb = {
  path: 'config view',
  short: 'Display merged kubeconfig settings or a specified kubeconfig file',
  flags: [...PRINT_FLAGS, 'flatten', 'merge', 'minify', 'raw'],
  run: (context) => {
    const { flags } = context;
    let { config } = context;
    if (flags.args.length > 0) context.usage(`unexpected arguments: [${flags.args.join(' ')}]`);
    if (flags.bool('minify')) config = minified(context, config);
    const shown = asObject(flags.bool('raw') ? config : redacted(config));
    const printer = objectPrinter(context);
    context.io.out(printer === undefined ? stringifyYaml(shown) : printer(shown));
    return Promise.resolve(0);
  },
};

function minified(context: Context, config: KubeConfig): KubeConfig {
  const name = context.flags.string('context') === '' ? config.currentContext : context.flags.string('context');
  const entry = config.contexts.find((item) => item.name === name);
  if (name === '') fatal('current-context must exist in order to minify');
  if (entry === undefined) return fatal(`cannot locate context ${name}`);
  return {
    ...config,
    contexts: [entry],
    clusters: config.clusters.filter((item) => item.name === textAt(entry.body, 'cluster')),
    users: config.users.filter((item) => item.name === textAt(entry.body, 'user')),
    currentContext: name,
  };
}

const OMITTED = 'DATA+OMITTED';
const HIDDEN: Readonly<Record<string, string>> = {
  'certificate-authority-data': OMITTED,
  'client-certificate-data': OMITTED,
  'client-key-data': OMITTED,
  token: 'REDACTED',
  password: 'REDACTED',
};

function redacted(config: KubeConfig): KubeConfig {
  const hide = (entries: readonly NamedEntry[]): NamedEntry[] =>
    entries.map(({ name, body }) => ({
      name,
      body: Object.fromEntries(Object.entries(body).map(([key, value]) => [key, HIDDEN[key] ?? value])),
    }));
  return { ...config, clusters: hide(config.clusters), users: hide(config.users) };
}

const getContexts: Verb = {
  path: 'config get-contexts',
  short: 'Describe one or many contexts',
  flags: ['no-headers', 'output'],
  run: async (context) => {
    const { flags, config } = context;
    const entries = config.contexts.toSorted((a, b) => (a.name < b.name ? -1 : 1));
    const output = flags.string('output');
    if (output !== '' && output !== 'name')
      fatal(`--output ${output} is not available in kubectl config get-contexts; resetting to default output format`);
    const wanted = flags.args.length === 0 ? entries : entries.filter(({ name }) => flags.args.includes(name));
    if (output === 'name') for (const { name } of wanted) context.line(name);
    else {
      const rows = wanted.map(({ name, body }) => [
        name === config.currentContext ? '*' : '',
        name,
        textAt(body, 'cluster'),
        textAt(body, 'user'),
        textAt(body, 'namespace'),
      ]);
      const header = ['CURRENT', 'NAME', 'CLUSTER', 'AUTHINFO', 'NAMESPACE'];
      context.io.out(formatTable(flags.bool('no-headers') ? rows : [header, ...rows]));
    }
    const missing = flags.args.filter((arg) => !entries.some(({ name }) => name === arg));
    if (missing.length > 0) {
      await context.io.flush();
      fatal(missing.map((name) => `context ${name} not found`).join('\n'));
    }
    return 0;
  },
};

function names(path: string, short: string, pick: (config: KubeConfig) => readonly NamedEntry[]): Verb {
  return {
    path,
    short,
    flags: [],
    run: (context) => {
      context.line('NAME');
      for (const { name } of pick(context.config)) context.line(name);
      return Promise.resolve(0);
    },
  };
}

const currentContext: Verb = {
  path: 'config current-context',
  short: 'Display the current-context',
  flags: [],
  run: (context) => {
    if (context.config.currentContext === '') fatal('current-context is not set');
    context.line(context.config.currentContext);
    return Promise.resolve(0);
  },
};

const useContext: Verb = {
  path: 'config use-context',
  short: 'Set the current-context in a kubeconfig file',
  aliases: ['use'],
  flags: [],
  run: (context) => {
    const [name] = context.flags.args;
    if (name === undefined || context.flags.args.length !== 1)
      return context.usage('Unexpected args: [' + context.flags.args.join(' ') + ']');
    if (!context.config.contexts.some((entry) => entry.name === name))
      fatal(`no context exists with the name: ${JSON.stringify(name)}`);
    const { path, config } = editable(context);
    save(context, path, { ...config, currentContext: name });
    context.line(`Switched to context ${JSON.stringify(name)}.`);
    return Promise.resolve(0);
  },
};

const setContext: Verb = {
  path: 'config set-context',
  short: 'Set a context entry in kubeconfig',
  flags: ['current', 'cluster', 'user', 'namespace'],
  run: (context) => {
    const { flags } = context;
    const { path, config } = editable(context);
    const [given] = flags.args;
    if (given === undefined && !flags.bool('current')) context.usage('Unexpected args: []');
    const name = flags.bool('current') ? config.currentContext : (given ?? '');
    if (name === '') fatal('no current context is set');
    const old = config.contexts.find((entry) => entry.name === name);
    const body = { ...old?.body };
    for (const flag of ['cluster', 'user', 'namespace'] as const)
      if (flags.changed(flag)) body[flag] = flags.string(flag);
    save(context, path, { ...config, contexts: put(config.contexts, name, body) });
    context.line(`Context ${JSON.stringify(name)} ${old === undefined ? 'created' : 'modified'}.`);
    return Promise.resolve(0);
  },
};

const setCluster: Verb = {
  path: 'config set-cluster',
  short: 'Set a cluster entry in kubeconfig',
  flags: ['server', 'certificate-authority', 'embed-certs', 'insecure-skip-tls-verify', 'tls-server-name'],
  run: (context) => {
    const { flags } = context;
    const [name] = flags.args;
    if (name === undefined) return context.usage('Unexpected args: []');
    const { path, config } = editable(context);
    const body = { ...config.clusters.find((entry) => entry.name === name)?.body };
    for (const flag of ['server', 'certificate-authority', 'tls-server-name'] as const)
      if (flags.changed(flag)) body[flag] = flags.string(flag);
    if (flags.changed('insecure-skip-tls-verify'))
      body['insecure-skip-tls-verify'] = flags.bool('insecure-skip-tls-verify');
    save(context, path, { ...config, clusters: put(config.clusters, name, body) });
    context.line(`Cluster ${JSON.stringify(name)} set.`);
    return Promise.resolve(0);
  },
};

const setCredentials: Verb = {
  path: 'config set-credentials',
  short: 'Set a user entry in kubeconfig',
  flags: ['token', 'username', 'password', 'client-certificate', 'client-key', 'embed-certs'],
  run: (context) => {
    const { flags } = context;
    const [name] = flags.args;
    if (name === undefined) return context.usage('Unexpected args: []');
    const { path, config } = editable(context);
    const body = { ...config.users.find((entry) => entry.name === name)?.body };
    if (flags.changed('token') && (flags.changed('username') || flags.changed('password')))
      fatal('you cannot specify more than one authentication method at the same time: --token, --username/--password');
    for (const flag of ['token', 'username', 'password', 'client-certificate', 'client-key'] as const)
      if (flags.changed(flag)) body[flag] = flags.string(flag);
    save(context, path, { ...config, users: put(config.users, name, body) });
    context.line(`User ${JSON.stringify(name)} set.`);
    return Promise.resolve(0);
  },
};

function remover(path: string, word: string, member: 'contexts' | 'clusters' | 'users'): Verb {
  return {
    path,
    short: `Delete the specified ${word} from the kubeconfig`,
    flags: [],
    run: async (context) => {
      const [name] = context.flags.args;
      if (name === undefined) return context.usage(`you must specify a ${word}`);
      const file = editable(context);
      if (!file.config[member].some((entry) => entry.name === name))
        fatal(`cannot delete ${word} ${name}, not in ${file.path}`);
      if (member === 'contexts' && file.config.currentContext === name)
        await context.error(
          'warning: this removed your active context, use "kubectl config use-context" to select a different one',
        );
      save(context, file.path, {
        ...file.config,
        [member]: file.config[member].filter((entry) => entry.name !== name),
      });
      context.line(`deleted ${word} ${name} from ${file.path}`);
      return 0;
    },
  };
}

const rename: Verb = {
  path: 'config rename-context',
  short: 'Rename a context from the kubeconfig file',
  flags: [],
  run: (context) => {
    const [from, to] = context.flags.args;
    if (from === undefined || to === undefined)
      return context.usage('Unexpected args: [' + context.flags.args.join(' ') + ']');
    const { path, config } = editable(context);
    const entry = config.contexts.find((item) => item.name === from);
    if (entry === undefined) return fatal(`cannot rename the context ${JSON.stringify(from)}, it's not in ${path}`);
    if (config.contexts.some((item) => item.name === to))
      fatal(
        `cannot rename the context ${JSON.stringify(from)}, the context ${JSON.stringify(to)} already exists in ${path}`,
      );
    const contexts = put(
      config.contexts.filter((item) => item.name !== from),
      to,
      entry.body,
    );
    save(context, path, {
      ...config,
      contexts,
      currentContext: config.currentContext === from ? to : config.currentContext,
    });
    context.line(`Context ${JSON.stringify(from)} renamed to ${JSON.stringify(to)}.`);
    return Promise.resolve(0);
  },
};

/** `clusters.NAME.server` and the like, set or taken away. */
function property(context: Context, value: string | undefined): void {
  const [name] = context.flags.args;
  if (name === undefined) return context.usage('Unexpected args: []');
  const { path, config } = editable(context);
  const [head = '', entryName, ...rest] = name.split('.');
  if (head === 'current-context') save(context, path, { ...config, currentContext: value ?? '' });
  else if (head === 'clusters' || head === 'contexts' || head === 'users') {
    if (entryName === undefined)
      return fatal(
        `unable to parse ${name}: only one of the current-context, clusters, contexts and users can be changed`,
      );
    const old = config[head].find((entry) => entry.name === entryName);
    if (rest.length === 0) {
      if (value !== undefined) fatal(`unable to parse ${name} after [] at api.Config`);
      save(context, path, { ...config, [head]: config[head].filter((entry) => entry.name !== entryName) });
    } else {
      const typed = value === 'true' || value === 'false' ? value === 'true' : value;
      save(context, path, { ...config, [head]: put(config[head], entryName, withField(old?.body ?? {}, rest, typed)) });
    }
  } else fatal(`unable to parse ${name} after [] at api.Config`);
}

const setProperty: Verb = {
  path: 'config set',
  short: 'Set an individual value in a kubeconfig file',
  flags: [],
  run: (context) => {
    const [name, value] = context.flags.args;
    if (value === undefined) context.usage(`Unexpected args: [${context.flags.args.join(' ')}]`);
    property(context, value);
    context.line(`Property ${JSON.stringify(name)} set.`);
    return Promise.resolve(0);
  },
};

const unset: Verb = {
  path: 'config unset',
  short: 'Unset an individual value in a kubeconfig file',
  flags: [],
  run: (context) => {
    property(context, undefined);
    context.line(`Property ${JSON.stringify(context.flags.args[0])} unset.`);
    return Promise.resolve(0);
  },
};

export const CONFIGS: readonly Verb[] = [
  view,
  getContexts,
  currentContext,
  useContext,
  setContext,
  setCluster,
  setCredentials,
  rename,
  setProperty,
  unset,
  names('config get-clusters', 'Display clusters defined in the kubeconfig', (config) => config.clusters),
  names('config get-users', 'Display users defined in the kubeconfig', (config) => config.users),
  remover('config delete-context', 'context', 'contexts'),
  remover('config delete-cluster', 'cluster', 'clusters'),
  remover('config delete-user', 'user', 'users'),
];
