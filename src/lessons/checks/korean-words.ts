/**
 * Every code word is followed by a Korean noun that carries the particle, which else would depend on how the word is read;
 * what is expected is an adnominal phrase: `…인` makes `…인지` and `…인 것`.
 */
import type { Judgement } from '../interface.ts';
import { type CheckWords, type Happening, type Subject, code, objectName } from './check-words.ts';

function subjectOf(subject: Subject, expected: Judgement): string {
  const exists = 'exists' in expected;
  switch (subject.type) {
    case 'object':
      return of(subject.path, `${objectName(subject.resource, subject.namespace, subject.name)} 오브젝트`, exists);
    case 'container':
      return of(subject.path, `${code(subject.name)} 컨테이너`, exists);
    case 'file':
      return of(subject.json ?? '', `${code(subject.host)} 호스트의 ${code(subject.path)} 파일`, exists);
  }
}

function of(path: string, whole: string, exists: boolean): string {
  if (path !== '') return `${whole}의 ${code(path)} 값이`;
  return exists ? subjectParticle(whole) : `${whole} 내용이`;
}

/** 오브젝트가, 컨테이너가, 파일이. */
const subjectParticle = (whole: string): string => (whole.endsWith('파일') ? `${whole}이` : `${whole}가`);

function predicate(expected: Judgement): string {
  if ('is' in expected) return `${code(expected.is)}인`;
  if ('not' in expected) return `${code(expected.not)} 말고 다른 것인`;
  if ('in' in expected) return `${expected.in.map(code).join(', ')} 가운데 하나인`;
  if ('contains' in expected) return `${code(expected.contains)} 내용을 담고 있는`;
  if ('atLeast' in expected) return `${String(expected.atLeast)} 이상인`;
  if ('atMost' in expected) return `${String(expected.atMost)} 이하인`;
  return expected.exists ? '있는' : '없는';
}

function howMany(expected: Judgement): string {
  if ('is' in expected) return `${String(expected.is)}개인`;
  if ('atLeast' in expected) return `${String(expected.atLeast)}개 이상인`;
  if ('atMost' in expected) return `${String(expected.atMost)}개 이하인`;
  return `개수가 ${predicate(expected)}`;
}

function event(what: Happening): string {
  switch (what.kind) {
    case 'container':
      return `${code(what.name)} 컨테이너에 ${sequence(what.events)} 이벤트가`;
    case 'deleted':
      return `${what.object} 오브젝트가`;
    case 'other':
      return `${sequence(what.events)} 이벤트가`;
  }
}

const sequence = (events: readonly string[]): string => events.map(code).join(' 다음에 ');

/** https://curl.se/docs/manpage.html#EXIT */
const CURL_EXITS: Readonly<Record<number, string>> = {
  6: '이름을 찾지 못했어요',
  7: '연결하지 못했어요 (거절됐거나 받는 쪽이 없어요)',
  28: '시간 안에 답이 오지 않았어요',
};

export const koreanWords: CheckWords = {
  value: (subject, expected) => `${subjectOf(subject, expected)} ${predicate(expected)}지`,
  count: ({ resource, selector, each, path, where, judge }) => {
    const objects = selector === '' ? code(resource) : `${code(selector)} 레이블이 붙은 ${code(resource)}`;
    const among = each === undefined ? objects : `${objects}의 ${code(each)} 목록`;
    const counted = where === undefined ? `${among} 수가` : `${among}에서 ${code(path)} 값이 ${predicate(where)} 것이`;
    return `${counted} ${howMany(judge)}지`;
  },
  request: ({ from, to, status }) => {
    const [kind = '', name = ''] = from.split('/');
    const sender = kind === 'pod' ? '파드' : '호스트';
    return `${code(name)} ${sender}에서 ${code(to)} 주소로 보낸 요청의 응답 상태가 ${String(status)}인지`;
  },
  happened: (what) => `이 단계에서 ${event(what)} ${what.kind === 'deleted' ? '지워졌는지' : '일어났는지'}`,
  mustNot: (what) =>
    `이 단계에서 ${event(what)} ${what.kind === 'deleted' ? '지워지지 않았는지' : '일어나지 않았는지'}`,
  found: {
    nothing: '아직 없어요',
    notAnswered: '아직 고르지 않았어요',
    present: '있어요',
    notYet: '아직 일어나지 않았어요',
    happened: '일어났어요. 위의 “처음부터”를 누르면 수업을 다시 시작할 수 있어요',
    count: (count) => `${String(count)}개`,
    progress: (met, all) => `${String(all)}개 가운데 ${String(met)}개가 일어났어요`,
    noAnswer: (exit) => CURL_EXITS[exit],
    failed: (exit) => `종료 상태 ${String(exit)}로 끝났어요`,
  },
};
