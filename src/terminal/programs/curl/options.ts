/** What curl's command line knows. */
export const SHORT = 'sSfLiIvkgGnOJ#NqRh46X:H:d:o:u:A:e:b:m:w:F:T:x:K:c:r:E:01236aBjlMpZC:D:y:Y:z:P:Q:t:U:';
/** Letters that curl has and this one refuses by name. */
const ABSENT_LETTERS = '01236aBchjlMnpRZCDEJKPQUtxYyzr';
const ABSENT_SWITCHES =
  'anyauth append basic create-dirs digest fail-early http0.9 http1.0 http2 http2-prior-knowledge http3 list-only location-trusted manual netrc next path-as-is proxytunnel raw remote-header-name remote-name-all remote-time styled-output tcp-nodelay tlsv1.0 tlsv1.1 tlsv1.3'.split(
    ' ',
  );
const ABSENT_VALUED =
  'capath ciphers config connect-to continue-at cookie-jar dns-servers doh-url dump-header interface keepalive-time key limit-rate local-port max-filesize output-dir proto-redir proxy proxy-user range retry-max-time socks5 speed-limit speed-time stderr time-cond tls-max trace trace-ascii'.split(
    ' ',
  );
/** The first option that curl has and this one has not, as it is written. */
export function absentOption({
  order,
}: {
  readonly order: readonly (readonly [string, string])[];
}): string | undefined {
  const found = order.find(
    ([letter]) => ABSENT_LETTERS.includes(letter) || ABSENT_SWITCHES.includes(letter) || ABSENT_VALUED.includes(letter),
  )?.[0];
  return found === undefined ? undefined : found.length === 1 ? `-${found}` : `--${found}`;
}

export const LONG: Readonly<Record<string, string>> = {
  ...Object.fromEntries(ABSENT_SWITCHES.map((name) => [name, name])),
  ...Object.fromEntries(ABSENT_VALUED.map((name) => [name, `${name}:`])),
  silent: 's',
  'show-error': 'S',
  fail: 'f',
  location: 'L',
  include: 'i',
  head: 'I',
  verbose: 'v',
  insecure: 'k',
  globoff: 'g',
  get: 'G',
  'remote-name': 'O',
  'no-buffer': 'N',
  request: 'X',
  header: 'H',
  data: 'd',
  'data-raw': 'data-raw:',
  'data-binary': 'data-binary:',
  'data-urlencode': 'data-urlencode:',
  json: 'json:',
  output: 'o',
  user: 'u',
  'user-agent': 'A',
  referer: 'e',
  cookie: 'b',
  'max-time': 'm',
  'connect-timeout': 'connect-timeout:',
  'write-out': 'w',
  form: 'F',
  'upload-file': 'T',
  cacert: 'cacert:',
  cert: 'E',
  'unix-socket': 'unix-socket:',
  resolve: 'resolve:',
  retry: 'retry:',
  'retry-delay': 'retry-delay:',
  'retry-connrefused': 'retry-connrefused',
  'max-redirs': 'max-redirs:',
  compressed: 'compressed',
  'fail-with-body': 'fail-with-body',
  'progress-bar': '#',
  'no-progress-meter': 'no-progress-meter',
  http1: 'http1.1',
  'http1.1': 'http1.1',
  ipv4: '4',
  ipv6: '6',
  url: 'url:',
  proto: 'proto:',
  'tlsv1.2': 'tlsv1.2',
  noproxy: 'noproxy:',
  range: 'r',
  version: 'V',
  'retry-all-errors': 'retry-all-errors',
};
