/** Every option of curl 8.5: its letter, what follows it, and whether it is modelled. */

/** What an option's parameter has to be; a switch has none and knows `--no-`. */
export type OptionKind = 'switch' | 'text' | 'count' | 'seconds' | 'action';

export interface OptionEntry {
  readonly name: string;
  readonly letter?: string;
  readonly kind: OptionKind;
  /** curl has it and this one refuses it by name. */
  readonly absent: boolean;
}

/** Names with their letters, as `letter:name`. */
const MODELLED: Readonly<Record<OptionKind, string>> = {
  switch:
    '#:progress-bar 0:http1.0 4:ipv4 G:get I:head J:remote-header-name L:location N:buffer O:remote-name R:remote-time ' +
    'S:show-error f:fail g:globoff i:include j:junk-session-cookies k:insecure n:netrc q:disable s:silent v:verbose ' +
    'basic clobber compressed create-dirs fail-early fail-with-body http1.1 location-trusted netrc-optional ' +
    'path-as-is post301 post302 post303 progress-meter remote-name-all remove-on-error retry-all-errors ' +
    'retry-connrefused styled-output tlsv1.2',
  text:
    'A:user-agent C:continue-at D:dump-header E:cert F:form H:header K:config T:upload-file X:request b:cookie ' +
    'c:cookie-jar d:data e:referer o:output r:range u:user w:write-out z:time-cond cacert connect-to data-ascii data-binary ' +
    'data-raw data-urlencode etag-compare etag-save form-string json key netrc-file noproxy oauth2-bearer output-dir ' +
    'proto request-target resolve stderr unix-socket url url-query',
  count: 'max-filesize max-redirs retry retry-delay',
  seconds: 'm:max-time connect-timeout',
  action: ':next V:version h:help',
};

const ABSENT: Readonly<Record<'switch' | 'text' | 'count', string>> = {
  switch:
    '1:tlsv1 2:sslv2 3:sslv3 6:ipv6 B:use-ascii M:manual Z:parallel a:append l:list-only p:proxytunnel alpn anyauth ' +
    'ca-native cert-status compressed-ssh crlf digest disable-eprt disable-epsv disallow-username-in-url ' +
    'doh-cert-status doh-insecure eprt epsv false-start form-escape ftp-create-dirs ftp-pasv ftp-pret ' +
    'ftp-skip-pasv-ip ftp-ssl-ccc ftp-ssl-control haproxy-protocol http0.9 http2 http2-prior-knowledge http3 ' +
    'http3-only ignore-content-length keepalive mail-rcpt-allowfails metalink negotiate npn ntlm ntlm-wb ' +
    'parallel-immediate proxy-anyauth proxy-basic proxy-ca-native proxy-digest proxy-insecure proxy-negotiate ' +
    'proxy-ntlm proxy-ssl-allow-beast proxy-ssl-auto-client-cert proxy-tlsv1 raw sasl-ir sessionid socks5-basic ' +
    'socks5-gssapi socks5-gssapi-nec ssl ssl-allow-beast ssl-auto-client-cert ssl-no-revoke ssl-reqd ' +
    'ssl-revoke-best-effort suppress-connect-headers tcp-fastopen tcp-nodelay tftp-no-options tlsv1.0 tlsv1.1 ' +
    'tlsv1.3 tr-encoding trace-ids trace-time xattr',
  text:
    'P:ftp-port Q:quote U:proxy-user t:telnet-option x:proxy abstract-unix-socket alt-svc aws-sigv4 ' +
    'capath cert-type ciphers create-file-mode crlfile curves delegation dns-interface dns-ipv4-addr dns-ipv6-addr ' +
    'dns-servers doh-url egd-file engine expect100-timeout ftp-account ftp-alternative-to-user ftp-method ' +
    'ftp-ssl-ccc-mode haproxy-clientip hostpubmd5 hostpubsha256 hsts interface ipfs-gateway key-type krb libcurl ' +
    'limit-rate local-port login-options mail-auth mail-from mail-rcpt pass pinnedpubkey preproxy proto-default ' +
    'proto-redir proxy-cacert proxy-capath proxy-cert proxy-cert-type proxy-ciphers proxy-crlfile proxy-header ' +
    'proxy-key proxy-key-type proxy-pass proxy-pinnedpubkey proxy-service-name proxy-tls13-ciphers proxy-tlsauthtype ' +
    'proxy-tlspassword proxy-tlsuser proxy1.0 pubkey random-file rate sasl-authzid service-name socks4 socks4a ' +
    'socks5 socks5-gssapi-service socks5-hostname tls-max tls13-ciphers tlsauthtype tlspassword tlsuser trace ' +
    'trace-ascii trace-config variable',
  count: 'Y:speed-limit y:speed-time happy-eyeballs-timeout-ms keepalive-time parallel-max retry-max-time tftp-blksize',
};

function entriesOf(names: string, kind: OptionKind, absent: boolean): OptionEntry[] {
  return names.split(' ').map((text) => {
    const [, letter, name = text] = /^(.?):(.+)$/.exec(text) ?? [];
    return { name, kind, absent, ...(letter === undefined ? {} : { letter: letter === '' ? ':' : letter }) };
  });
}

const ENTRIES: readonly OptionEntry[] = [
  ...(['switch', 'text', 'count', 'seconds', 'action'] as const).flatMap((kind) =>
    entriesOf(MODELLED[kind], kind, false),
  ),
  ...(['switch', 'text', 'count'] as const).flatMap((kind) => entriesOf(ABSENT[kind], kind, true)),
];

/** Two names of one option. */
const SYNONYMS: Readonly<Record<string, string>> = { http1: 'http1.1', 'data-ascii': 'data' };

export const byLetter = (letter: string): OptionEntry | undefined => ENTRIES.find((entry) => entry.letter === letter);

/** The option of a whole name or of a beginning that only one has. */
export function byName(name: string): OptionEntry | 'ambiguous' | undefined {
  const whole = SYNONYMS[name] ?? name;
  const exact = ENTRIES.find((entry) => entry.name === whole);
  if (exact !== undefined) return exact;
  const found = ENTRIES.filter((entry) => entry.name.startsWith(name));
  return found.length > 1 ? 'ambiguous' : found[0];
}
