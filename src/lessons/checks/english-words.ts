import type { Judgement } from '../interface.ts';
import { type CheckWords, type Happening, type Subject, code, objectName } from './check-words.ts';

function subjectOf(subject: Subject): string {
  switch (subject.type) {
    case 'object':
      return of(subject.path, objectName(subject.resource, subject.namespace, subject.name));
    case 'container':
      return of(subject.path, `the container ${code(subject.name)}`);
    case 'file':
      return of(subject.json ?? '', `the file ${code(subject.path)} on ${code(subject.host)}`);
  }
}

const of = (path: string, whole: string): string => (path === '' ? whole : `${code(path)} of ${whole}`);

function predicate(expected: Judgement): string {
  if ('is' in expected) return `is ${code(expected.is)}`;
  if ('not' in expected) return `is not ${code(expected.not)}`;
  if ('in' in expected) return `is one of ${expected.in.map(code).join(', ')}`;
  if ('contains' in expected) return `contains ${code(expected.contains)}`;
  if ('atLeast' in expected) return `is at least ${String(expected.atLeast)}`;
  if ('atMost' in expected) return `is at most ${String(expected.atMost)}`;
  return expected.exists ? 'is there' : 'is not there';
}

function howMany(expected: Judgement): string {
  if ('is' in expected) return String(expected.is);
  if ('atLeast' in expected) return `at least ${String(expected.atLeast)}`;
  if ('atMost' in expected) return `at most ${String(expected.atMost)}`;
  return `one that ${predicate(expected)}`;
}

function event(what: Happening): string {
  switch (what.kind) {
    case 'container':
      return `${sequence(what.events)} of the container ${code(what.name)}`;
    case 'deleted':
      return `${what.object} deleted`;
    case 'other':
      return sequence(what.events);
  }
}

const sequence = (events: readonly string[]): string => events.map(code).join(', then ');

const sentence = (text: string): string => text.replace(/^[a-z]/, (first) => first.toUpperCase());

/** https://curl.se/docs/manpage.html#EXIT */
const CURL_EXITS: Readonly<Record<number, string>> = {
  6: 'the name could not be resolved',
  7: 'the connection failed: refused, or nobody there',
  28: 'no answer came in time',
};

export const englishWords: CheckWords = {
  value: (subject, expected) => sentence(`${subjectOf(subject)} ${predicate(expected)}`),
  count: ({ resource, selector, each, path, where, judge }) => {
    const objects = selector === '' ? code(resource) : `${code(resource)} with ${code(selector)}`;
    const counted = each === undefined ? objects : `items in ${code(each)} of ${objects}`;
    const condition = where === undefined ? '' : ` whose ${code(path)} ${predicate(where)}`;
    return `Number of ${counted}${condition}: ${howMany(judge)}`;
  },
  request: ({ from, to, status }) => {
    const [kind = '', name = ''] = from.split('/');
    return `A request from the ${kind} ${code(name)} to ${code(to)} is answered with status ${String(status)}`;
  },
  happened: (what) => `In this step: ${event(what)}`,
  mustNot: (what) => `Not in this step: ${event(what)}`,
  found: {
    nothing: 'not there yet',
    notAnswered: 'not answered yet',
    present: 'it is there',
    notYet: 'has not happened yet',
    happened: 'it has happened; Reset begins the lesson anew',
    count: (count) => String(count),
    progress: (met, all) => `${String(met)} of ${String(all)} have happened`,
    noAnswer: (exit) => CURL_EXITS[exit],
    failed: (exit) => `it ended with status ${String(exit)}`,
  },
};
