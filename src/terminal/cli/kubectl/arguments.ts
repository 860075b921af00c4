/**
 * What the arguments of a command ask for, before anybody asks the server.
 * Facts: cli-runtime pkg/resource builder.go (rules, error texts).
 */
import type { FailureStatus } from '../../../engine/kubernetes/apimachinery/status.ts';
import type { Context } from './context.ts';
import type { ResourceType } from './discovery.ts';
import { fatal } from './fatal.ts';

/** One type with the names asked for; none means all of them. */
export interface Asked {
  readonly type: ResourceType;
  readonly names: readonly string[];
}

const TYPE_APART =
  'there is no need to specify a resource type as a separate argument when passing arguments in resource/name form';

/** Reads the arguments; ends the command at a fault in them. */
export async function readArguments(context: Context, args: readonly string[]): Promise<Asked[]> {
  const [first, ...rest] = args;
  if (first === undefined) return [];
  if (args.some((arg) => arg.includes('/'))) {
    const command = `${context.path[0] ?? ''} ${context.path[1] ?? ''}`;
    if (!first.includes('/')) {
      fatal(
        `${TYPE_APART} (e.g. '${command} resource/<resource_name>' instead of '${command} resource resource/<resource_name>'`,
      );
    }
    const out: Asked[] = [];
    for (const arg of args) {
      const [words = '', name = '', more] = arg.split('/');
      if (!arg.includes('/'))
        fatal(
          `${TYPE_APART} (e.g. '${command} resource/<resource_name>' instead of '${command} resource resource/<resource_name>'`,
        );
      if (more !== undefined || words === '' || name === '')
        fatal('arguments in resource/name form must have a single resource and name');
      for (const type of await context.discovery.findAll(words)) out.push({ type, names: [name] });
    }
    return out;
  }
  const types = await context.discovery.findAll(first);
  return types.map((type) => ({ type, names: rest }));
}

/** Whether -f or -k say which objects are meant. */
export const namesFiles = ({ flags }: Context): boolean =>
  flags.list('filename').length > 0 || flags.string('kustomize') !== '';

/** Ends a command of `rollout` that was given neither arguments nor files. */
export function demandResource(context: Context): void {
  if (context.flags.args.length === 0 && !namesFiles(context)) fatal('required resource not specified');
}

/** A list that the server refuses is told with what was asked for. */
export function listFailure(
  type: ResourceType,
  failure: FailureStatus,
  labelSelector: string,
  fieldSelector: string,
): FailureStatus {
  if (failure.reason !== 'BadRequest' && failure.reason !== 'NotFound') return failure;
  const resource = JSON.stringify(`${type.group}/${type.version}, Resource=${type.plural}`);
  const asked =
    labelSelector === '' && fieldSelector === ''
      ? `Unable to list ${resource}`
      : `Unable to find ${resource} that match label selector ${JSON.stringify(labelSelector)}, field selector ${JSON.stringify(fieldSelector)}`;
  return { ...failure, message: `${asked}: ${failure.message}` };
}
