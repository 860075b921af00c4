/** kubectl attach. */
import type { JsonObject } from '../../../../protocol/plain.ts';
import { checkTty, resumeSession } from '../channels.ts';
import type { Context } from '../context.ts';
import { fatal } from '../fatal.ts';
import { nameOf, namespaceOf, objectsAt, textAt } from '../fields.ts';
import { allContainers, chooseContainer, onePodOf, podPath } from '../pods.ts';
import type { Verb } from '../verb.ts';
import { openSession } from './exec.ts';

const RECORDED =
  'All commands and output from this session will be recorded in container logs, including credentials and sensitive information passed through the command prompt.';
const PROMPT = "If you don't see a command prompt, try pressing enter.";

export const attach: Verb = {
  path: 'attach',
  short: 'Attach to a process that is already running inside an existing container',
  flags: ['container', 'stdin', 'tty', 'quiet', 'pod-running-timeout'],
  run: async (context) => {
    const { flags } = context;
    const [word, second] = flags.args;
    if (word === undefined) fatal('at least 1 argument is required for attach');
    if (second !== undefined)
      fatal('expected POD, TYPE/NAME, or TYPE NAME, (at most 2 arguments) saw 3: ' + JSON.stringify(flags.args));
    const pod = await onePodOf(context, word);
    const phase = textAt(pod, 'status', 'phase');
    if (phase === 'Succeeded' || phase === 'Failed')
      fatal(`cannot attach a container in a completed pod; current phase is ${phase}`);
    return attachTo(context, pod, { stdin: flags.bool('stdin'), tty: flags.bool('tty'), quiet: flags.bool('quiet') });
  },
  resume: resumeSession,
};

/** Attaches to a pod's container. */
export async function attachTo(
  context: Context,
  pod: JsonObject,
  wanted: { readonly stdin: boolean; readonly tty: boolean; readonly quiet: boolean },
): Promise<number> {
  const named = context.path.at(-1) === 'attach' ? context.flags.string('container') : '';
  const container = await chooseContainer(context, pod, named, { announce: !wanted.quiet });
  let tty = wanted.tty;
  if (tty && !containerTty(pod, container)) {
    await context.error(`error: Unable to use a TTY - container ${container} did not allocate one`);
    tty = false;
  } else if (!tty && containerTty(pod, container)) {
    // The container was started with a terminal, so its output has to be taken as one.
    tty = true;
  }
  const usable = await checkTty(context, wanted.stdin, tty);
  const greeting = wanted.quiet ? [] : [RECORDED, ...(usable && wanted.stdin ? [PROMPT] : [])];
  return openSession(context, {
    path: podPath(namespaceOf(pod), nameOf(pod), 'attach'),
    container,
    stdin: wanted.stdin,
    tty: usable,
    greeting,
  });
}

function containerTty(pod: JsonObject, name: string): boolean {
  const all = ['containers', 'initContainers', 'ephemeralContainers'].flatMap((member) =>
    objectsAt(pod, 'spec', member),
  );
  return (
    allContainers(pod).includes(name) &&
    textAt(
      all.find((item) => textAt(item, 'name') === name),
      'tty',
    ) === 'true'
  );
}
