import { expect, test } from 'vitest';
import type { CheckFinding, Found } from '../../protocol/page.ts';
import type { Judgement, LessonProse, Step, StepCheck } from '../interface.ts';
import { findingText } from './check-text.ts';

const prose: LessonProse = {
  title: '',
  intro: [],
  steps: {},
  asks: { why: { question: 'Why?', options: { dns: 'No name', port: 'No port' }, why: [] } },
  checks: { 'check.own': 'Three pods are ready' },
  hints: {},
  feedback: {},
  debrief: [],
};
const stepOf = (more: Partial<Step>): Step => ({
  id: 's',
  picture: 'cluster',
  checks: [],
  never: [],
  feedback: [],
  hints: [],
  ...more,
});
const both = (step: Step, finding: Omit<CheckFinding, 'at'>): readonly string[] =>
  (['en', 'ko'] as const)
    .map((language) => findingText(language, step, prose, { at: 0, ...finding }))
    .flatMap(({ expected, found }) => [expected, found]);

const field = (judge: Judgement, path = 'spec.replicas'): StepCheck => ({
  type: 'object',
  resource: 'deployment',
  namespace: 'default',
  name: 'web',
  path,
  judge,
});

test.for<{ check: StepCheck; found: Found; words: readonly string[] }>([
  {
    check: field({ is: 3 }),
    found: { kind: 'value', text: '2' },
    words: [
      '`spec.replicas` of `deployment/web` is `3`',
      '`2`',
      '`deployment/web` 오브젝트의 `spec.replicas` 값이 `3`인지',
      '`2`',
    ],
  },
  {
    check: field({ exists: false }, ''),
    found: { kind: 'object' },
    words: ['`deployment/web` is not there', 'it is there', '`deployment/web` 오브젝트가 없는지', '있어요'],
  },
  {
    check: { type: 'container', host: 'h', name: 'web', path: 'Config.Image', judge: { contains: 'nginx' } },
    found: { kind: 'nothing' },
    words: [
      '`Config.Image` of the container `web` contains `nginx`',
      'not there yet',
      '`web` 컨테이너의 `Config.Image` 값이 `nginx` 내용을 담고 있는지',
      '아직 없어요',
    ],
  },
  {
    check: { type: 'file', host: 'worker-1', path: '/etc/hosts', judge: { exists: true } },
    found: { kind: 'nothing' },
    words: [
      'The file `/etc/hosts` on `worker-1` is there',
      'not there yet',
      '`worker-1` 호스트의 `/etc/hosts` 파일이 있는지',
      '아직 없어요',
    ],
  },
  {
    check: {
      type: 'count',
      resource: 'pods',
      namespace: 'default',
      selector: 'app=web',
      path: 'status.phase',
      where: { is: 'Running' },
      judge: { atLeast: 2 },
    },
    found: { kind: 'count', count: 1 },
    words: [
      'Number of `pods` with `app=web` whose `status.phase` is `Running`: at least 2',
      '1',
      '`app=web` 레이블이 붙은 `pods`에서 `status.phase` 값이 `Running`인 것이 2개 이상인지',
      '1개',
    ],
  },
  {
    check: { type: 'http', from: 'pod/client', to: 'http://web', status: 200 },
    found: { kind: 'no-answer', exit: 28, words: 'command terminated with exit code 28' },
    words: [
      'A request from the pod `client` to `http://web` is answered with status 200',
      'no answer came in time',
      '`client` 파드에서 `http://web` 주소로 보낸 요청의 응답 상태가 200인지',
      '시간 안에 답이 오지 않았어요',
    ],
  },
  {
    check: { type: 'http', from: 'pod/client', to: 'http://web', status: 200 },
    found: { kind: 'no-answer', exit: 1, words: 'Error from server (NotFound): pods "client" not found' },
    words: [
      'A request from the pod `client` to `http://web` is answered with status 200',
      '`Error from server (NotFound): pods "client" not found`',
      '`client` 파드에서 `http://web` 주소로 보낸 요청의 응답 상태가 200인지',
      '`Error from server (NotFound): pods "client" not found`',
    ],
  },
  {
    check: {
      type: 'history',
      events: ['die', 'destroy*'].map((action) => ({
        type: 'docker.event',
        subject: 'container/web',
        data: { action },
      })),
    },
    found: { kind: 'events', met: 1 },
    words: [
      'In this step: `die`, then `destroy` of the container `web`',
      '1 of 2 have happened',
      '이 단계에서 `web` 컨테이너에 `die` 다음에 `destroy` 이벤트가 일어났는지',
      '2개 가운데 1개가 일어났어요',
    ],
  },
  {
    check: { type: 'history', events: [{ type: 'object.deleted', subject: 'pod/default/web-*' }] },
    found: { kind: 'events', met: 0 },
    words: [
      'In this step: `pod/web-*` deleted',
      'has not happened yet',
      '이 단계에서 `pod/web-*` 오브젝트가 지워졌는지',
      '아직 일어나지 않았어요',
    ],
  },
  {
    check: { ...field({ is: 3 }, 'status.readyReplicas'), says: 'check.own' },
    found: { kind: 'value', text: '2' },
    words: ['Three pods are ready', '`2`', 'Three pods are ready', '`2`'],
  },
])('$words.0: $words.1', ({ check, found, words }) => {
  expect(both(stepOf({ checks: [check] }), { of: 'check', passed: false, found })).toEqual(words);
});

test('a prediction is told by its question and its options', () => {
  const step = stepOf({ ask: { key: 'why', options: ['dns', 'port'], answer: 'port', first: false } });
  expect([
    ...both(step, { of: 'ask', passed: false, found: { kind: 'nothing' } }),
    ...both(step, { of: 'ask', passed: false, found: { kind: 'value', text: 'dns' } }),
  ]).toEqual(['Why?', 'not answered yet', 'Why?', '아직 고르지 않았어요', 'Why?', 'No name', 'Why?', 'No name']);
});

test('what must not happen says how to begin anew once it has', () => {
  const step = stepOf({ never: [{ type: 'object.deleted', subject: 'deployment/shop/web' }] });
  expect(both(step, { of: 'never', passed: false, found: { kind: 'events', met: 1 } })).toEqual([
    'Not in this step: `deployment/shop/web` deleted',
    'it has happened; Reset begins the lesson anew',
    '이 단계에서 `deployment/shop/web` 오브젝트가 지워지지 않았는지',
    '일어났어요. 위의 “처음부터”를 누르면 수업을 다시 시작할 수 있어요',
  ]);
});
