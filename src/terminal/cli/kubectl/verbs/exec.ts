/** kubectl exec. */
import type { Context } from '../context.ts';
import { checkTty, resumeSession, runSession } from '../channels.ts';
import { Fatal, fatal } from '../fatal.ts';
import { nameOf, namespaceOf, textAt } from '../fields.ts';
import { chooseContainer, onePodOf, podPath } from '../pods.ts';
import { serverErrorText } from '../server-error.ts';
import type { Verb } from '../verb.ts';

export const exec: Verb = {
  path: 'exec',
  short: 'Execute a command in a container',
  examples: [
    'kubectl exec mypod -- date',
    'kubectl exec mypod -c ruby-container -i -t -- bash -il',
    'kubectl exec deploy/mydeployment -- date',
  ],
  flags: ['container', 'stdin', 'tty', 'quiet', 'pod-running-timeout'],
  run: async (context) => {
    const { flags } = context;
    const [word] = flags.args;
    if (word === undefined || flags.dashAt === 0) fatal('pod, type/name or --filename must be specified');
    if (flags.dashAt < 0 && flags.args.length > 1) {
      // Since 1.3x a command without the dashes is refused.
      fatal(
        `exec [POD] [COMMAND] is not supported anymore. Use exec [POD] -- [COMMAND] instead\nSee 'kubectl exec -h' for help and examples`,
      );
    }
    if (flags.dashAt > 1)
      fatal(
        `exec [POD] [COMMAND] is not supported anymore. Use exec [POD] -- [COMMAND] instead\nSee 'kubectl exec -h' for help and examples`,
      );
    const command = flags.dashAt < 0 ? [] : flags.args.slice(flags.dashAt);
    if (command.length === 0) fatal('you must specify at least one command for the container');
    const pod = await onePodOf(context, word);
    const phase = textAt(pod, 'status', 'phase');
    if (phase === 'Succeeded' || phase === 'Failed')
      fatal(`cannot exec into a container in a completed pod; current phase is ${phase}`);
    const container = await chooseContainer(context, pod, flags.string('container'), {
      announce: !flags.bool('quiet'),
    });
    const stdin = flags.bool('stdin');
    const tty = await checkTty(context, stdin, flags.bool('tty'));
    return openSession(context, {
      path: podPath(namespaceOf(pod), nameOf(pod), 'exec'),
      container,
      command,
      stdin,
      tty,
    });
  },
  resume: resumeSession,
};

export interface Session {
  readonly path: string;
  readonly container: string;
  readonly command?: readonly string[];
  readonly stdin: boolean;
  readonly tty: boolean;
  readonly greeting?: readonly string[];
}

/** Opens an exec or attach and carries its streams. */
export async function openSession(context: Context, session: Session): Promise<number> {
  const query = [
    ...(session.command ?? []).map((word) => `command=${encodeURIComponent(word)}`),
    `container=${encodeURIComponent(session.container)}`,
    ...(session.stdin ? ['stdin=true'] : []),
    'stdout=true',
    ...(session.tty ? ['tty=true'] : ['stderr=true']),
  ].join('&');
  const stream = await context.api.upgrade(session.path, query);
  if ('failure' in stream) {
    const { failure } = stream;
    throw new Fatal(failure.reason === 'InternalError' ? `error: ${failure.message}` : serverErrorText(failure));
  }
  return runSession(context, stream, {
    stdin: session.stdin,
    tty: session.tty,
    ...(session.greeting === undefined ? {} : { greeting: session.greeting }),
  });
}
