import { expect, test } from 'vitest';
import { problemText } from './problem-text.ts';

test.for([
  { message: 'Missing property "kind".', korean: '"kind" 속성이 없어요.' },
  { message: 'Property bogus is not allowed.', korean: '여기에는 "bogus" 속성을 쓸 수 없어요.' },
  { message: 'Incorrect type. Expected "integer".', korean: '값의 종류가 달라요. integer 종류여야 해요.' },
  {
    message: 'Value is not accepted. Valid values: "Always", "Never".',
    korean: '쓸 수 없는 값이에요. 쓸 수 있는 값: "Always", "Never"',
  },
  {
    message: 'Nested mappings are not allowed in compact mappings',
    korean: '한 줄에 "키: 값"이 두 번 있어요. 줄을 나누세요.',
  },
  {
    message: 'Flow sequence in block collection must be sufficiently indented and end with a ]',
    korean: '닫는 괄호 "]"가 없거나, 괄호 안의 들여쓰기가 모자라요.',
  },
  { message: 'a sentence that nobody has translated', korean: 'a sentence that nobody has translated' },
])('$message', ({ message, korean }) => {
  expect([problemText('en', message), problemText('ko', message)]).toEqual([message, korean]);
});
