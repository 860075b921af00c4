/** Generators of namespaces, quotas, priority classes, disruption budgets and ingresses. */
import type { JsonObject } from '../../../../../protocol/plain.ts';
import { canonicalQuantity } from '../../../../../formats/quantity.ts';
import { isFailureText, selectorObject } from '../../selector-text.ts';
import { createGenerated, GENERATOR_FLAGS, intOrString, nameArgument } from '../../create-object.ts';
import { fatal } from '../../fatal.ts';
import type { Verb } from '../../verb.ts';

const namespace: Verb = {
  path: 'create namespace',
  short: 'Create a namespace with the specified name',
  aliases: ['ns'],
  flags: GENERATOR_FLAGS,
  run: (context) =>
    createGenerated(context, {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: nameArgument(context) },
      spec: {},
      status: {},
    }),
};

const quota: Verb = {
  path: 'create quota',
  short: 'Create a quota with the specified name',
  aliases: ['resourcequota'],
  flags: [...GENERATOR_FLAGS, 'hard', 'scopes'],
  run: (context) => {
    const { flags } = context;
    const hard = Object.fromEntries(
      flags
        .string('hard')
        .split(',')
        .filter((pair) => pair !== '')
        .map((pair) => {
          const [key = '', amount] = pair.split('=');
          if (amount === undefined) fatal(`Invalid argument syntax ${pair}, expected <resource>=<value>`);
          return [key, canonicalQuantity(amount)];
        }),
    );
    const scopes = flags.string('scopes') === '' ? [] : flags.string('scopes').split(',');
    const spec = { ...(Object.keys(hard).length === 0 ? {} : { hard }), ...(scopes.length === 0 ? {} : { scopes }) };
    const object = {
      apiVersion: 'v1',
      kind: 'ResourceQuota',
      metadata: { name: nameArgument(context) },
      spec,
      status: {},
    };
    return createGenerated(context, object, { what: 'resourcequota' });
  },
};

const priorityClass: Verb = {
  path: 'create priorityclass',
  short: 'Create a priority class with the specified name',
  aliases: ['pc'],
  flags: [...GENERATOR_FLAGS, 'value', 'global-default', 'description', 'preemption-policy'],
  run: (context) => {
    const { flags } = context;
    const object = {
      apiVersion: 'scheduling.k8s.io/v1',
      kind: 'PriorityClass',
      metadata: { name: nameArgument(context) },
      value: flags.int('value'),
      ...(flags.bool('global-default') ? { globalDefault: true } : {}),
      ...(flags.string('description') === '' ? {} : { description: flags.string('description') }),
      preemptionPolicy:
        flags.string('preemption-policy') === '' ? 'PreemptLowerPriority' : flags.string('preemption-policy'),
    };
    return createGenerated(context, object, { what: 'priorityclass' });
  },
};

const disruptionBudget: Verb = {
  path: 'create poddisruptionbudget',
  short: 'Create a pod disruption budget with the specified name',
  aliases: ['pdb'],
  flags: [...GENERATOR_FLAGS, 'min-available', 'max-unavailable', 'selector'],
  run: (context) => {
    const { flags } = context;
    const name = nameArgument(context);
    const least = flags.string('min-available');
    const most = flags.string('max-unavailable');
    if (flags.string('selector') === '') fatal('a selector must be specified');
    if (least === '' && most === '') fatal('one of min-available or max-unavailable must be specified');
    if (least !== '' && most !== '') fatal('min-available and max-unavailable cannot be both specified');
    const selector = selectorObject(flags.string('selector'));
    if (isFailureText(selector)) return fatal(selector);
    const spec = {
      ...(least === '' ? { maxUnavailable: intOrString(most) } : { minAvailable: intOrString(least) }),
      selector,
    };
    const status = { currentHealthy: 0, desiredHealthy: 0, disruptionsAllowed: 0, expectedPods: 0 };
    return createGenerated(
      context,
      { apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', metadata: { name }, spec, status },
      { what: 'poddisruptionbudget' },
    );
  },
};

const ingress: Verb = {
  path: 'create ingress',
  short: 'Create an ingress with the specified name',
  aliases: ['ing'],
  flags: [...GENERATOR_FLAGS, 'rule', 'class', 'annotation', 'default-backend'],
  run: (context) => {
    const { flags } = context;
    const name = nameArgument(context);
    const rules = flags.list('rule');
    const fallback = flags.string('default-backend');
    if (rules.length === 0 && fallback === '')
      fatal(
        'not enough information provided: every ingress has to either specify a default-backend (which catches all traffic) or a list of rules (which catch specific paths)',
      );
    const annotations = Object.fromEntries(
      flags.list('annotation').map((pair) => [pair.split('=')[0] ?? '', pair.slice(pair.indexOf('=') + 1)]),
    );
    const parsed = rules.map(parseRule);
    const hosts = [...new Set(parsed.map(({ host }) => host))];
    const secured = parsed.filter(({ tls }) => tls !== undefined);
    const spec: JsonObject = {
      ...(flags.string('class') === '' ? {} : { ingressClassName: flags.string('class') }),
      ...(fallback === '' ? {} : { defaultBackend: backend(fallback) }),
      ...(rules.length === 0
        ? {}
        : {
            rules: hosts.map((host) => ({
              ...(host === '' ? {} : { host }),
              http: { paths: parsed.filter((rule) => rule.host === host).map((rule) => rule.path) },
            })),
          }),
      ...(secured.length === 0
        ? {}
        : {
            tls: secured.map(({ host, tls }) => ({
              ...(host === '' ? {} : { hosts: [host] }),
              ...(tls === '' ? {} : { secretName: tls }),
            })),
          }),
    };
    const metadata = { name, ...(Object.keys(annotations).length === 0 ? {} : { annotations }) };
    const object = {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata,
      spec,
      status: { loadBalancer: {} },
    };
    return createGenerated(context, object, { what: 'ingress' });
  },
};

function backend(text: string): JsonObject {
  const [service = '', port = ''] = text.split(':');
  const number = intOrString(port);
  return { service: { name: service, port: typeof number === 'number' ? { number } : { name: number } } };
}

function parseRule(rule: string): { host: string; path: JsonObject; tls: string | undefined } {
  const found = /^([^/=]*)\/([^=]*)=([^:,]+):([^,]+)(?:,(tls(?:=(.*))?))?$/.exec(rule);
  if (found === null)
    return fatal(`rule ${rule} is invalid and should be in format host/path=svcname:svcport[,tls[=secret]]`);
  const [, host = '', path = '', service = '', port = '', hasTls, secret] = found;
  const isPrefix = path.endsWith('*');
  const clean = `/${isPrefix ? path.slice(0, -1) : path}`;
  return {
    host,
    path: { path: clean, pathType: isPrefix ? 'Prefix' : 'Exact', backend: backend(`${service}:${port}`) },
    tls: hasTls === undefined ? undefined : (secret ?? ''),
  };
}

export const POLICIES: readonly Verb[] = [namespace, quota, priorityClass, disruptionBudget, ingress];
