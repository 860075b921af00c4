/** What lies in the directory of every row, beside fruit.txt and passwd. */
export const FILES: Readonly<Record<string, string>> = {
  nums: Array.from({ length: 20 }, (_, at) => `${String(at + 1)}\n`).join(''),
  words: 'apple\nApple\nbanana\nbanana\ncolor\ncolour\nxylem\nyak\nballoon\na.b\n',
  poem: 'The sea is calm tonight.\nthe tide is full, the moon lies fair\n\n\nUpon the straits; on the French coast\n  the light gleams and is gone\n',
  hangul: '한글\n우리말 쓰기\n물\nabc 가나다\n',
  tabs: 'a\tb\n\tc\n        d\n   e   f\n',
  pats: 'apple\nfig\n',
  'log.txt':
    '10.0.0.1 - [01/Mar/2026] "GET / HTTP/1.1" 200 612\n10.0.0.2 - [01/Mar/2026] "GET /x HTTP/1.1" 404 153\n10.0.0.1 - [02/Mar/2026] "POST /api HTTP/1.1" 200 48\n10.0.0.3 - [02/Mar/2026] "GET /api HTTP/1.1" 500 0\n',
  'people.csv': 'name,age,city\nAnn,31,Seoul\nBob,25,Busan\nCho,42,Seoul\nDee,25,Jeju\n',
  'data.json':
    '{"items":[{"name":"web","labels":{"app":"web","tier":"front"},"replicas":3},{"name":"db","labels":{"app":"db"},"replicas":1},{"name":"cache","labels":null,"replicas":2.5}],"kind":"List","total":3}\n',
  'prog.awk': 'BEGIN { FS = "," }\nNR > 1 {\n  total += $2\n}\nEND { print "total", total }\n',
  'script.sed': '# rows\n1d\ns/,/ | /g\n/Busan/{\n  s/$/ !/\n}\n',
};
