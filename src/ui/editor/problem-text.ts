/** What the YAML checker says, in Korean. It speaks English alone; what is not known here stays as it is. */

/** A sentence with its gaps, and the same in Korean; `$1` is what stands in the first gap. */
const SENTENCES: readonly (readonly [english: RegExp, korean: string])[] = [
  [/^Missing property "(.+)"\.$/, '"$1" 속성이 없어요.'],
  [/^Property (.+) is not allowed\.$/, '여기에는 "$1" 속성을 쓸 수 없어요.'],
  [/^Incorrect type\. Expected "(.+)"\.$/, '값의 종류가 달라요. $1 종류여야 해요.'],
  [/^Incorrect type\. Expected one of (.+)\.$/, '값의 종류가 달라요. 다음 가운데 하나여야 해요: $1'],
  [/^Value must be (.+)\.$/, '값은 $1 하나뿐이에요.'],
  [/^Value is not accepted\. Valid values: (.+)\.$/, '쓸 수 없는 값이에요. 쓸 수 있는 값: $1'],
  [/^Value is above the maximum of (.+)\.$/, '값이 최댓값 $1보다 커요.'],
  [/^Value is below the minimum of (.+)\.$/, '값이 최솟값 $1보다 작아요.'],
  [/^String does not match the pattern of "(.+)"\.$/, '글이 정해진 형식($1)에 맞지 않아요.'],
  [/^String is longer than the maximum length of (.+)\.$/, '글은 $1자까지 쓸 수 있어요.'],
  [/^String is shorter than the minimum length of (.+)\.$/, '글은 $1자 이상이어야 해요.'],
  [/^Array has too few items\. Expected (.+) or more\.$/, '항목이 모자라요. $1개 이상이어야 해요.'],
  [/^Array has too many items\. Expected (.+) or fewer\.$/, '항목이 많아요. $1개까지 쓸 수 있어요.'],
  [/^Array has duplicate items\.$/, '같은 항목이 두 번 있어요.'],
  [/^Matches multiple schemas when only one must validate\.$/, '여러 형식에 맞아요. 하나에만 맞아야 해요.'],
  [/^Nested mappings are not allowed in compact mappings$/, '한 줄에 "키: 값"이 두 번 있어요. 줄을 나누세요.'],
  [/^Tabs are not allowed as indentation$/, '들여쓰기에는 탭 대신 공백을 쓰세요.'],
  [/^Map keys must be unique$/, '같은 키가 두 번 있어요.'],
  [/^Implicit keys need to be on a single line$/, '키는 한 줄에 있어야 해요.'],
  [/^Implicit map keys need to be followed by map values$/, '키 뒤에 ": 값"이 있어야 해요.'],
  [/^All mapping items must start at the same column$/, '같은 층의 키는 같은 칸에서 시작해야 해요.'],
  [/^All sequence items must start at the same column$/, '같은 목록의 "-"는 같은 칸에서 시작해야 해요.'],
  [
    /^A block sequence may not be used as an implicit map key$/,
    '목록이 키 자리에 있어요. 들여쓰기나 ":" 뒤의 줄바꿈을 보세요.',
  ],
  [
    /^Flow (?:sequence|map) in block collection must be sufficiently indented and end with a (.)$/,
    '닫는 괄호 "$1"가 없거나, 괄호 안의 들여쓰기가 모자라요.',
  ],
  [/^Missing closing ['"]quote$/, '닫는 따옴표가 없어요.'],
];

export function problemText(locale: 'ko' | 'en', message: string): string {
  if (locale === 'en') return message;
  const known = SENTENCES.find(([english]) => english.test(message));
  return known === undefined ? message : message.replace(known[0], known[1]);
}
