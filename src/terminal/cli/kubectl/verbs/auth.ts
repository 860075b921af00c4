/** kubectl auth can-i and whoami, and certificate approve and deny. */
import type { JsonObject } from '../../../../protocol/plain.ts';
import { formatTable } from '../../../../formats/table.ts';
import { namesFiles } from '../arguments.ts';
import { Faults, type Context } from '../context.ts';
import { grantRows } from '../describe/access.ts';
import { resourcePath } from '../discovery.ts';
import { fatal } from '../fatal.ts';
import { objectAt, objectsAt, sortedEntries, textAt, textsAt } from '../fields.ts';
import { objectPrinter, reportObject } from '../print.ts';
import { selectTargets } from '../selection.ts';
import { rfc3339 } from '../time.ts';
import { FILE_FLAGS, PRINT_FLAGS, type Verb } from '../verb.ts';

/** Verbs that kubectl knows for resources and for paths. */
const KNOWN_VERBS: ReadonlySet<string> = new Set(
  '* get list watch create update patch delete deletecollection use bind approve sign escalate impersonate post put head options'.split(
    ' ',
  ),
);

const canI: Verb = {
  path: 'auth can-i',
  short: 'Check whether an action is allowed',
  examples: ['kubectl auth can-i create pods --all-namespaces', 'kubectl auth can-i list deployments.apps'],
  flags: ['all-namespaces', 'list', 'no-headers', 'quiet', 'subresource'],
  run: async (context) => {
    const { flags } = context;
    if (flags.bool('list')) return listRules(context);
    const [verb, word] = flags.args;
    if (verb === undefined || word === undefined || flags.args.length > 2) {
      fatal(
        "you must specify two arguments: verb resource or verb resource/resourceName.\nSee 'kubectl auth can-i -h' for help and examples.",
      );
    }
    const attributes = word.startsWith('/')
      ? { nonResourceAttributes: { verb, path: word } }
      : { resourceAttributes: await resourceAttributes(context, verb, word) };
    if (!KNOWN_VERBS.has(verb)) await context.error(`Warning: verb '${verb}' is not a known verb\n\n`);
    const body = {
      apiVersion: 'authorization.k8s.io/v1',
      kind: 'SelfSubjectAccessReview',
      metadata: {},
      spec: attributes,
    };
    const answer = context.api.must(
      await context.api.create('/apis/authorization.k8s.io/v1/selfsubjectaccessreviews', body),
    );
    await context.flushWarnings();
    const allowed = textAt(answer, 'status', 'allowed') === 'true';
    const reason = textAt(answer, 'status', 'reason');
    if (!flags.bool('quiet')) {
      if (allowed) context.line('yes');
      else context.line(`no${reason === '' ? '' : ` - ${reason}`}`);
    }
    return allowed ? 0 : 1;
  },
};

async function resourceAttributes(context: Context, verb: string, word: string): Promise<JsonObject> {
  const { flags } = context;
  const [resource = '', named] = word.split('/');
  const subresource = flags.string('subresource');
  const namespace = flags.bool('all-namespaces') ? '' : context.namespace;
  let group = '';
  let plural = resource;
  if (resource !== '*') {
    const all = await context.discovery.all();
    const known = all.some(
      (type) =>
        type.preferred &&
        (type.plural === resource.split('.')[0] ||
          type.shortNames.includes(resource) ||
          type.singular === resource ||
          type.kind.toLowerCase() === resource.toLowerCase()),
    );
    if (known) {
      const type = await context.discovery.find(resource);
      group = type.group;
      plural = type.plural;
      if (!type.namespaced)
        await context.error(
          `Warning: resource '${plural}' is not namespace scoped${group === '' ? '' : ` in group '${group}'`}\n\n`,
        );
    } else await context.error(`Warning: the server doesn't have a resource type '${resource}'\n\n`);
  }
  return {
    namespace,
    verb,
    group,
    resource: plural,
    ...(named === undefined ? {} : { name: named }),
    ...(subresource === '' ? {} : { subresource }),
  };
}

async function listRules(context: Context): Promise<number> {
  const body = {
    apiVersion: 'authorization.k8s.io/v1',
    kind: 'SelfSubjectRulesReview',
    metadata: {},
    spec: { namespace: context.namespace },
  };
  const answer = context.api.must(
    await context.api.create('/apis/authorization.k8s.io/v1/selfsubjectrulesreviews', body),
  );
  const rules = [...objectsAt(answer, 'status', 'resourceRules'), ...objectsAt(answer, 'status', 'nonResourceRules')];
  const rows = grantRows(rules);
  context.io.out(
    formatTable(
      context.flags.bool('no-headers')
        ? rows
        : [['Resources', 'Non-Resource URLs', 'Resource Names', 'Verbs'], ...rows],
    ),
  );
  return 0;
}

const whoAmI: Verb = {
  path: 'auth whoami',
  short: 'Experimental: Check self subject attributes',
  flags: PRINT_FLAGS,
  run: async (context) => {
    const body = { apiVersion: 'authentication.k8s.io/v1', kind: 'SelfSubjectReview', metadata: {}, spec: {} };
    const answer = context.api.must(
      await context.api.create('/apis/authentication.k8s.io/v1/selfsubjectreviews', body),
    );
    const printer = objectPrinter(context);
    if (printer !== undefined) {
      context.io.out(printer(answer));
      return 0;
    }
    const user = objectAt(answer, 'status', 'userInfo');
    const list = (values: readonly string[]): string => `[${values.join(' ')}]`;
    const rows = [['ATTRIBUTE', 'VALUE']];
    if (textAt(user, 'username') !== '') rows.push(['Username', textAt(user, 'username')]);
    if (textAt(user, 'uid') !== '') rows.push(['UID', textAt(user, 'uid')]);
    if (textsAt(user, 'groups').length > 0) rows.push(['Groups', list(textsAt(user, 'groups'))]);
    for (const [key] of sortedEntries(objectAt(user, 'extra')))
      rows.push([`Extra: ${key}`, list(textsAt(user, 'extra', key))]);
    context.io.out(formatTable(rows));
    return 0;
  },
};

function certificate(word: 'approve' | 'deny'): Verb {
  const done = word === 'approve' ? 'approved' : 'denied';
  return {
    path: `certificate ${word}`,
    short: word === 'approve' ? 'Approve a certificate signing request' : 'Deny a certificate signing request',
    flags: [...PRINT_FLAGS, ...FILE_FLAGS, 'force'],
    run: async (context) => {
      const { flags } = context;
      if (flags.args.length === 0 && !namesFiles(context))
        fatal('one or more CSRs must be specified as <name> or -f <filename>');
      const faults = new Faults();
      const args = flags.args.length === 0 ? [] : ['csr', ...flags.args];
      for (const target of await selectTargets(context, { args, files: true, fetch: true, needNames: true }, faults)) {
        await faults.guard(async () => {
          const type = word === 'approve' ? 'Approved' : 'Denied';
          const now = rfc3339(context.nowMs);
          const old = objectsAt(target.object, 'status', 'conditions');
          const condition = {
            type,
            status: 'True',
            reason: word === 'approve' ? 'KubectlApprove' : 'KubectlDeny',
            message: `This CSR was ${done} by kubectl certificate ${word}.`,
            lastUpdateTime: now,
            lastTransitionTime: now,
          };
          const object = {
            ...target.object,
            status: { ...objectAt(target.object, 'status'), conditions: [...old, condition] },
          };
          const known = old.some((item) => textAt(item, 'type') === type);
          const made =
            known && !flags.bool('force')
              ? target.object
              : context.api.must(
                  await context.api.replace(resourcePath(target.type, '', target.name, 'approval'), object),
                );
          reportObject(context, made, done, objectPrinter(context));
        });
      }
      faults.raise();
      return 0;
    },
  };
}

export const AUTHS: readonly Verb[] = [canI, whoAmI, certificate('approve'), certificate('deny')];
