/** What wget's command line knows. */

/** Letters that wget has and this one refuses by name. */
const ABSENT_SWITCHES =
  'adjust-extension ask-password background backup-converted content-disposition content-on-error convert-file-only convert-links debug delete-after follow-ftp force-directories force-html ftps-clear-data-connection ftps-fallback-to-ftp ftps-implicit ftps-resume-ssl hsts-file https-only ignore-case ignore-length inet6-only keep-session-cookies mirror no-cache no-clobber no-config no-cookies no-directories no-dns-cache no-glob no-host-directories no-hsts no-http-keep-alive no-if-modified-since no-iri no-netrc no-parent no-passive-ftp no-proxy no-remove-listing no-use-server-timestamps no-warc-compression no-warc-digests no-warc-keep-log page-requisites preserve-permissions protocol-directories random-wait recursive relative retr-symlinks retry-connrefused save-headers span-hosts strict-comments timestamping trust-server-names unlink warc-cdx xattr'.split(
    ' ',
  );
const ABSENT_VALUED =
  'accept accept-regex backups base bind-address ca-certificate ca-directory certificate certificate-type ciphers compression config connect-timeout crl-file cut-dirs default-page dns-timeout domains exclude-directories exclude-domains execute follow-tags ftp-password ftp-user ignore-tags include-directories level limit-rate load-cookies local-encoding pinnedpubkey prefer-family private-key private-key-type progress proxy-password proxy-user quota read-timeout regex-type reject reject-regex rejected-log remote-encoding report-speed restrict-file-names retry-on-http-error save-cookies secure-protocol start-pos use-askpass wait waitretry warc-dedup warc-file warc-header warc-max-size warc-tempdir'.split(
    ' ',
  );
export const ABSENT = [...'cdNbmrpxKLHEF6hABDeIlQRwX', ...ABSENT_SWITCHES, ...ABSENT_VALUED];

/** Short letters as getopt(3) takes them. */
export const SHORT = 'qO:P:T:t:ScdvNn:bmrpxKLHEF46ha:A:B:D:e:i:I:l:o:Q:R:U:w:X:';

export const LONG: Readonly<Record<string, string>> = {
  ...Object.fromEntries(ABSENT_SWITCHES.map((name) => [name, name])),
  ...Object.fromEntries(ABSENT_VALUED.map((name) => [name, `${name}:`])),
  'inet4-only': '4',
  quiet: 'q',
  'output-document': 'O',
  'directory-prefix': 'P',
  timeout: 'T',
  tries: 't',
  'server-response': 'S',
  continue: 'c',
  'no-check-certificate': 'k',
  header: 'header:',
  'post-data': 'post-data:',
  spider: 'spider',
  verbose: 'v',
  'no-verbose': 'nv',
  'show-progress': 'show-progress',
  method: 'method:',
  'body-data': 'post-data:',
  'user-agent': 'U:',
  'post-file': 'post-file:',
  'body-file': 'post-file:',
  user: 'user:',
  password: 'password:',
  'http-user': 'user:',
  'http-password': 'password:',
  'auth-no-challenge': 'auth-no-challenge',
  referer: 'referer:',
  'max-redirect': 'max-redirect:',
  'input-file': 'i',
  'output-file': 'o',
  'append-output': 'a',
};
