/**
 * Which objects the arguments of a command name.
 * Models: `TYPE`, `TYPE NAME…`, `TYPE,TYPE NAME`, `TYPE/NAME…`, -f, -l, --all, --all-namespaces.
 * Facts: cli-runtime pkg/resource builder.go (rules, error texts).
 */
import type { JsonObject } from '../../../protocol/plain.ts';
import { listFailure, namesFiles, readArguments } from './arguments.ts';
import type { Context, Faults } from './context.ts';
import { resourcePath, type ResourceType } from './discovery.ts';
import { readManifests } from './documents.ts';
import { FileFault, fatal } from './fatal.ts';
import { namespaceOf, nameOf, objectsAt, textAt } from './fields.ts';
import { refuse } from './server-error.ts';

/** One object on the server, or to be sent there. */
export interface Target {
  readonly type: ResourceType;
  readonly name: string;
  /** Empty for objects of the whole cluster. */
  readonly namespace: string;
  readonly object: JsonObject;
  readonly source?: string;
}

const NO_RESOURCES = `You must provide one or more resources by argument or filename.
Example resource specifications include:
   '-f rsrc.yaml'
   '--filename=rsrc.json'
   '<resource> <name>'
   '<resource>'`;

export interface SelectOptions {
  readonly args?: readonly string[];
  /** Also read -f. */
  readonly files?: boolean;
  /** A bare type needs names, a selector or --all. */
  readonly needNames?: boolean;
  /** --selector is not about them: it is written into what is made. */
  readonly ownSelector?: boolean;
  /** Objects of files are fetched from the server. */
  readonly fetch?: boolean;
  /** Files only: do not talk to the server about their objects. */
  readonly local?: boolean;
}

/** Resolves arguments and files to objects; faults of single objects are gathered. */
export async function selectTargets(context: Context, options: SelectOptions, faults: Faults): Promise<Target[]> {
  const { flags } = context;
  const args = options.args ?? flags.args;
  const hasFiles = options.files === true && namesFiles(context);
  if (hasFiles) {
    if (args.length > 0)
      fatal('when paths, URLs, or stdin is provided as input, you may not specify resource arguments as well');
    return fromFiles(context, options, faults);
  }
  if (args.length === 0) fatal(NO_RESOURCES);
  const selector = options.ownSelector === true ? '' : flags.string('selector');
  const wantsAll = flags.bool('all');
  const asked = await readArguments(context, args);
  const out: Target[] = [];
  for (const { type, names } of asked) {
    if (names.length > 0) {
      if (selector !== '') fatal('name cannot be provided when a selector is specified');
      if (flags.bool('all-namespaces')) fatal('a resource cannot be retrieved by name across all namespaces');
      for (const name of names) {
        const found = await faults.guard(() => fetchOne(context, type, name));
        if (found !== undefined) out.push(found);
      }
    } else if (selector === '' && flags.string('field-selector') === '' && !wantsAll && options.needNames === true) {
      fatal('resource(s) were provided, but no name was specified');
    } else {
      const listed = await faults.guard(() => listAll(context, type, selector));
      out.push(...(listed ?? []));
    }
  }
  return out;
}

/** One object by name. */
export async function fetchOne(
  context: Context,
  type: ResourceType,
  name: string,
  namespace?: string,
): Promise<Target> {
  const scope = type.namespaced ? (namespace ?? context.namespace) : '';
  const object = await context.api.get(resourcePath(type, scope, name));
  return { type, name, namespace: scope, object };
}

/** All objects of a type that the selectors of the flags let through. */
export async function listAll(context: Context, type: ResourceType, selector: string): Promise<Target[]> {
  const { flags } = context;
  const namespace = flags.bool('all-namespaces') ? '' : context.namespace;
  const fieldSelector = flags.string('field-selector');
  const reply = await context.api.ask({
    path: resourcePath(type, namespace),
    query: {
      ...(selector === '' ? {} : { labelSelector: selector }),
      ...(fieldSelector === '' ? {} : { fieldSelector }),
      limit: 500,
    },
  });
  const list = reply.ok ? reply.object : refuse(listFailure(type, reply.failure, selector, fieldSelector));
  return objectsAt(list, 'items').map((item) => {
    const object = { apiVersion: textAt(list, 'apiVersion'), kind: type.kind, ...item };
    return { type, name: nameOf(object), namespace: namespaceOf(object), object };
  });
}

async function fromFiles(context: Context, options: SelectOptions, faults: Faults): Promise<Target[]> {
  const out: Target[] = [];
  const validate = context.flags.string('validate');
  for (const item of await readManifests(context, {
    validate: validate !== 'false' && validate !== 'ignore' && options.local !== true,
  })) {
    const target = await faults.guard(async () => {
      if ('fault' in item) throw item.fault;
      const target = await targetOf(context, item.object, item.source);
      if (options.fetch !== true) return target;
      const reply = await context.api.ask({ path: resourcePath(target.type, target.namespace, target.name) });
      return { ...target, object: reply.ok ? reply.object : refuse(reply.failure) };
    });
    if (target !== undefined) out.push(target);
  }
  return out;
}

/** The objects that files name, as they stand there; the first fault ends the command. */
export async function targetsOfFiles(context: Context): Promise<Target[]> {
  const targets: Target[] = [];
  for (const item of await readManifests(context, { validate: false })) {
    if ('fault' in item) throw item.fault;
    targets.push(await targetOf(context, item.object, item.source));
  }
  return targets;
}

/** An object from a file with its resource and namespace. */
async function targetOf(context: Context, object: JsonObject, source: string): Promise<Target> {
  const apiVersion = textAt(object, 'apiVersion');
  const kind = textAt(object, 'kind');
  const type = await context.discovery.forKind(apiVersion, kind);
  const name = nameOf(object);
  const own = namespaceOf(object);
  if (type === undefined) {
    throw new FileFault(
      `error: resource mapping not found for name: ${JSON.stringify(name)} namespace: ${JSON.stringify(own)} from ${JSON.stringify(source)}: no matches for kind ${JSON.stringify(kind)} in version ${JSON.stringify(apiVersion)}\nensure CRDs are installed first`,
    );
  }
  const { namespace, namespaceGiven } = context.connection;
  if (type.namespaced && own !== '' && namespaceGiven && own !== namespace) {
    fatal(
      `the namespace from the provided object ${JSON.stringify(own)} does not match the namespace ${JSON.stringify(namespace)}. You must pass '--namespace=${own}' to perform this operation.`,
    );
  }
  const scope = type.namespaced ? (own === '' ? namespace : own) : '';
  const placed =
    scope === own || scope === ''
      ? object
      : { ...object, metadata: { ...(object['metadata'] as JsonObject | undefined), namespace: scope } };
  return { type, name, namespace: scope, object: placed, source };
}
