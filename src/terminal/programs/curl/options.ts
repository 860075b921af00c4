/** What curl's command line knows. */
export const SHORT = 'sSfLiIvkgGnOJ#NqRh46X:H:d:o:u:A:e:b:m:w:F:T:x:K:c:r:E:01236aBjlMpZC:D:y:Y:z:P:Q:t:U:';
/** Letters that curl has and this one refuses by name. */
const ABSENT_LETTERS = '01236aBchjlMnpRZCJKPQUtxYyzr';
const ABSENT_SWITCHES =
  'anyauth append ca-native cert-status compressed-ssh create-dirs crlf digest disable disable-eprt disable-epsv disallow-username-in-url doh-cert-status doh-insecure fail-early false-start form-escape ftp-create-dirs ftp-pasv ftp-pret ftp-skip-pasv-ip ftp-ssl-ccc ftp-ssl-control haproxy-protocol http0.9 http1.0 http2 http2-prior-knowledge http3 http3-only ignore-content-length junk-session-cookies list-only location-trusted mail-rcpt-allowfails manual metalink negotiate netrc netrc-optional next no-alpn no-clobber no-keepalive no-npn no-sessionid ntlm ntlm-wb parallel parallel-immediate path-as-is post301 post302 post303 proxy-anyauth proxy-basic proxy-ca-native proxy-digest proxy-insecure proxy-negotiate proxy-ntlm proxy-ssl-allow-beast proxy-ssl-auto-client-cert proxy-tlsv1 proxytunnel raw remote-header-name remote-name-all remote-time remove-on-error sasl-ir socks5-basic socks5-gssapi socks5-gssapi-nec ssl ssl-allow-beast ssl-auto-client-cert ssl-no-revoke ssl-reqd ssl-revoke-best-effort sslv2 sslv3 styled-output suppress-connect-headers tcp-fastopen tcp-nodelay tftp-no-options tlsv1 tlsv1.0 tlsv1.1 tlsv1.3 tr-encoding trace-ids trace-time use-ascii xattr'.split(
    ' ',
  );
const ABSENT_VALUED =
  'abstract-unix-socket alt-svc aws-sigv4 capath cert-type ciphers config connect-to continue-at cookie-jar create-file-mode crlfile curves delegation dns-interface dns-ipv4-addr dns-ipv6-addr dns-servers doh-url egd-file engine etag-compare etag-save expect100-timeout form-string ftp-account ftp-alternative-to-user ftp-method ftp-port ftp-ssl-ccc-mode happy-eyeballs-timeout-ms haproxy-clientip hostpubmd5 hostpubsha256 hsts interface ipfs-gateway keepalive-time key-type krb libcurl limit-rate local-port login-options mail-auth mail-from mail-rcpt max-filesize netrc-file output-dir parallel-max pinnedpubkey proto-default proto-redir preproxy proxy proxy-cacert proxy-capath proxy-cert proxy-cert-type proxy-ciphers proxy-crlfile proxy-header proxy-key proxy-key-type proxy-pass proxy-pinnedpubkey proxy-service-name proxy-tls13-ciphers proxy-tlsauthtype proxy-tlspassword proxy-tlsuser proxy-user proxy1.0 pubkey quote random-file range rate request-target retry-max-time sasl-authzid service-name socks4 socks4a socks5 socks5-gssapi-service socks5-hostname speed-limit speed-time stderr telnet-option tftp-blksize time-cond tls-max tls13-ciphers tlsauthtype tlspassword tlsuser trace trace-ascii trace-config url-query variable'.split(
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
  key: 'key:',
  'dump-header': 'D',
  'oauth2-bearer': 'oauth2-bearer:',
  'data-ascii': 'd',
  basic: 'basic',
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
