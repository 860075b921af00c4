/** Match of ssh_config(5): whether the lines that follow are for this call. */
import { matchesList } from '../openssh/config-include.ts';

/** What the criteria are compared with. */
export interface MatchSubject {
  /** HostName as far as it has been said. */
  readonly host: string;
  /** As typed. */
  readonly originalHost: string;
  readonly user: string;
  readonly localUser: string;
  readonly tag: string;
}

/** Whether all criteria hold, or what is wrong with them. */
export function matchHolds(words: readonly string[], subject: MatchSubject): boolean | { readonly problem: string } {
  let holds = true;
  for (let at = 0; at < words.length; at += 1) {
    const [, negated, name = ''] = /^(!?)(.*)$/.exec((words[at] ?? '').toLowerCase()) ?? [];
    const alone = name === 'all' || name === 'canonical';
    const compared = alone ? undefined : textFor(name, subject);
    if (!alone && compared === undefined)
      return {
        problem: REFUSED.has(name)
          ? `drydock: 'Match ${name}' is not simulated`
          : `Unsupported Match attribute ${name}`,
      };
    if (!alone) at += 1;
    const value = words[at];
    if (!alone && value === undefined) return { problem: `Missing Match criteria for ${name}` };
    // No name is made canonical, so that nothing is ever read for one.
    const found = compared === undefined ? name === 'all' : matchesList(compared, (value ?? '').split(','));
    if (found === (negated === '!')) holds = false;
  }
  return holds;
}

const REFUSED: ReadonlySet<string> = new Set(['exec', 'final', 'localnetwork']);

function textFor(name: string, subject: MatchSubject): string | undefined {
  switch (name) {
    case 'host':
      return subject.host;
    case 'originalhost':
      return subject.originalHost;
    case 'user':
      return subject.user;
    case 'localuser':
      return subject.localUser;
    case 'tagged':
      return subject.tag;
    default:
      return undefined;
  }
}
