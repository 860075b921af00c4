/** What a step asks for and what was found, in words. What stands between backticks is code. */
import type { Check, HistoryPattern, Judgement } from '../interface.ts';

/** Where the value comes from that a check judges. */
export type Subject = Extract<Check, { readonly type: 'object' | 'file' | 'container' }>;
export type Counted = Extract<Check, { readonly type: 'count' }>;
export type Request = Extract<Check, { readonly type: 'http' }>;

/** What has to happen, or must not: told of one thing, or of several that come one after the other. */
export type Happening =
  | { readonly kind: 'container'; readonly name: string; readonly events: readonly string[] }
  | { readonly kind: 'deleted'; readonly object: string }
  | { readonly kind: 'other'; readonly events: readonly string[] };

export interface CheckWords {
  value(subject: Subject, expected: Judgement): string;
  count(counted: Counted): string;
  request(request: Request): string;
  happened(what: Happening): string;
  mustNot(what: Happening): string;
  found: {
    readonly nothing: string;
    readonly notAnswered: string;
    readonly present: string;
    readonly notYet: string;
    readonly happened: string;
    count(count: number): string;
    progress(met: number, all: number): string;
    /** By what curl's exit status means; undefined where it has to speak for itself. */
    noAnswer(exit: number): string | undefined;
    failed(exit: number): string;
  };
}

export const code = (value: unknown): string => `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``;

/** `default` is where a learner is: it is not named. */
export const objectName = (resource: string, namespace: string, name: string): string =>
  code([resource, ...(namespace === 'default' ? [] : [namespace]), name].join('/'));

export function happeningOf(events: readonly HistoryPattern[]): Happening {
  const [first] = events;
  const [kind = '', namespace = '', name = ''] = (first?.subject ?? '').split('/');
  const isOne = events.every(({ subject }) => subject === first?.subject);
  if (kind === 'container' && isOne && events.every(({ type }) => type === 'docker.event'))
    return { kind: 'container', name: namespace, events: events.map(({ data }) => actionOf(data)) };
  if (events.length === 1 && first?.type === 'object.deleted')
    return { kind: 'deleted', object: objectName(kind, namespace, name) };
  return {
    kind: 'other',
    events: events.map(({ type, subject }) => (subject === undefined ? type : `${type} ${subject}`)),
  };
}

/** `exec_start*` is told as `exec_start`. */
const actionOf = (data: HistoryPattern['data']): string => String(data?.['action'] ?? '').replace(/[:*\s]+$/, '');
