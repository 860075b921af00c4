/** kubectl version, cluster-info, api-resources and api-versions. */
import type { JsonObject } from '../../../../protocol/plain.ts';
import { stringifyJson } from '../../../../formats/json.ts';
import { formatTable } from '../../../../formats/table.ts';
import { stringifyYaml } from '../../../../formats/yaml.ts';
import type { Context } from '../context.ts';
import { groupVersion, resourceName, type ResourceType } from '../discovery.ts';
import { Fatal, fatal } from '../fatal.ts';
import { nameOf, namespaceOf, objectsAt, textAt } from '../fields.ts';
import { refuse } from '../server-error.ts';
import type { Verb } from '../verb.ts';
import { CLIENT_VERSION, KUSTOMIZE_VERSION } from '../version.ts';

export const version: Verb = {
  path: 'version',
  short: 'Print the client and server version information',
  flags: ['client', 'output'],
  run: async (context) => {
    const { flags } = context;
    if (flags.args.length > 0) fatal(`extra arguments: [${flags.args.join(' ')}]`);
    const output = flags.string('output');
    if (output !== '' && output !== 'yaml' && output !== 'json') fatal("--output must be 'yaml' or 'json'");
    let server: JsonObject | undefined;
    let problem: Fatal | undefined;
    if (!flags.bool('client')) {
      try {
        server = await context.api.get('/version', { timeout: '32s' });
      } catch (caught) {
        if (!(caught instanceof Fatal)) throw caught;
        problem = caught;
      }
    }
    const all = {
      clientVersion: CLIENT_VERSION,
      kustomizeVersion: KUSTOMIZE_VERSION,
      ...(server === undefined ? {} : { serverVersion: server }),
    };
    if (output === 'json') context.line(stringifyJson(all, { indent: '  ', sortKeys: false }));
    else if (output === 'yaml') context.line(stringifyYaml(all));
    else {
      context.line(`Client Version: ${CLIENT_VERSION.gitVersion}`);
      context.line(`Kustomize Version: ${KUSTOMIZE_VERSION}`);
      if (server !== undefined) context.line(`Server Version: ${textAt(server, 'gitVersion')}`);
    }
    if (problem !== undefined) throw problem;
    return 0;
  },
};

const GREEN = '\u001b[0;32m';
const YELLOW = '\u001b[0;33m';
const PLAIN = '\u001b[0m';

export const clusterInfo: Verb = {
  path: 'cluster-info',
  short: 'Display cluster information',
  flags: [],
  run: async (context) => {
    if (context.flags.args.length > 0)
      fatal(
        `unknown command ${JSON.stringify(context.flags.args.join(' '))}\nSee 'kubectl cluster-info -h' for help and examples`,
      );
    const services = await context.api.ask({
      path: '/api/v1/namespaces/kube-system/services',
      query: { labelSelector: 'kubernetes.io/cluster-service=true', limit: 500 },
    });
    const dumb = !context.process.isatty(1) || context.process.env['TERM'] === 'dumb';
    const say = (name: string, link: string): void => {
      if (dumb) context.line(`${name} is running at ${link}`);
      else context.line(`${GREEN}${name}${PLAIN} is running at ${YELLOW}${link}${PLAIN}`);
    };
    if (!services.ok) {
      const more = "\nTo further debug and diagnose cluster problems, use 'kubectl cluster-info dump'.";
      context.line(more);
      refuse(services.failure);
    }
    say('Kubernetes control plane', context.api.server);
    for (const service of objectsAt(services.object, 'items')) {
      const label = textAt(service, 'metadata', 'labels', 'kubernetes.io/name');
      say(label === '' ? nameOf(service) : label, linkOf(context, service));
    }
    context.line("\nTo further debug and diagnose cluster problems, use 'kubectl cluster-info dump'.");
    return 0;
  },
};

function linkOf(context: Context, service: JsonObject): string {
  const [port] = objectsAt(service, 'spec', 'ports');
  const portName = textAt(port, 'name');
  const scheme = portName === 'https' || textAt(port, 'port') === '443' ? 'https' : '';
  const name =
    scheme !== ''
      ? `${scheme}:${nameOf(service)}:${portName}`
      : portName === ''
        ? nameOf(service)
        : `${nameOf(service)}:${portName}`;
  return `${context.api.server}/api/v1/namespaces/${namespaceOf(service)}/services/${name}/proxy`;
}

export const apiVersions: Verb = {
  path: 'api-versions',
  short: 'Print the supported API versions on the server, in the form of "group/version"',
  flags: [],
  run: async (context) => {
    if (context.flags.args.length > 0) context.usage(`unexpected arguments: [${context.flags.args.join(' ')}]`);
    for (const text of await context.discovery.versions()) context.line(text);
    return 0;
  },
};

export const apiResources: Verb = {
  path: 'api-resources',
  short: 'Print the supported API resources on the server',
  flags: ['api-group', 'cached', 'categories', 'namespaced', 'no-headers', 'output', 'sort-by', 'verbs'],
  run: async (context) => {
    const { flags } = context;
    if (flags.args.length > 0) context.usage(`unexpected arguments: [${flags.args.join(' ')}]`);
    const output = flags.string('output');
    if (!['', 'wide', 'name'].includes(output)) fatal(`--output ${output} is not available`);
    const sortBy = flags.string('sort-by');
    if (!['', 'name', 'kind'].includes(sortBy)) fatal('--sort-by accepts only name or kind');
    const list = (await context.discovery.all())
      .filter((type) => isWanted(context, type))
      .sort((a, b) => compare(a, b, sortBy));
    if (output === 'name') {
      for (const type of list) context.line(resourceName(type));
      return 0;
    }
    const wide = output === 'wide';
    const rows = list.map((type) => [
      type.plural,
      type.shortNames.join(','),
      groupVersion(type),
      String(type.namespaced),
      type.kind,
      ...(wide ? [type.verbs.join(','), type.categories.join(',')] : []),
    ]);
    const header = ['NAME', 'SHORTNAMES', 'APIVERSION', 'NAMESPACED', 'KIND', ...(wide ? ['VERBS', 'CATEGORIES'] : [])];
    context.io.out(formatTable(flags.bool('no-headers') ? rows : [header, ...rows]));
    return 0;
  },
};

function isWanted(context: Context, type: ResourceType): boolean {
  const { flags } = context;
  if (!type.preferred || type.verbs.length === 0) return false;
  if (flags.changed('api-group') && flags.string('api-group') !== type.group) return false;
  if (flags.changed('namespaced') && flags.bool('namespaced') !== type.namespaced) return false;
  if (!flags.list('verbs').every((verb) => type.verbs.includes(verb))) return false;
  return flags.list('categories').every((category) => type.categories.includes(category));
}

function compare(a: ResourceType, b: ResourceType, sortBy: string): number {
  const key = (type: ResourceType): string =>
    sortBy === 'kind' ? type.kind : sortBy === 'name' ? type.plural : `${type.group}\0${type.plural}`;
  const [x, y] = [key(a), key(b)];
  return x < y ? -1 : x > y ? 1 : 0;
}
