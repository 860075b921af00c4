/** curl --write-out: `%{name}` and the escapes it knows. */

/** What a transfer tells of itself by name. */
export type WriteOutValues = Readonly<Record<string, string>>;

/** Names that curl has and this one has not. */
const NOT_SIMULATED =
  'certs errormsg filename_effective ftp_entry_path header_json http_connect json local_ip local_port num_headers num_certs onerror proxy_ssl_verify_result referer size_header size_request speed_upload stderr time_appconnect time_namelookup time_redirect urle.host'.split(
    ' ',
  );

/** The first name in a format that curl fills in and this one cannot. */
export const unfilled = (format: string): string | undefined =>
  [...format.matchAll(/%\{([\w.]+)\}|%header\{/g)]
    .map(([whole, name]) => name ?? whole.slice(1, -1))
    .find(
      (name) =>
        name === 'header' || NOT_SIMULATED.includes(name) || name.startsWith('urle.') || name.startsWith('url.'),
    );

/** The format with its names filled in, and those that curl does not know. */
export function fillIn(
  format: string,
  values: WriteOutValues,
): { readonly text: string; readonly unknown: readonly string[] } {
  const unknown: string[] = [];
  const text = format
    .replace(/\\([ntr])/g, (_, letter: string) => ({ n: '\n', t: '\t', r: '\r' })[letter] ?? '')
    .replace(/%%|%\{(\w+)\}/g, (whole, name: string | undefined) => {
      if (name === undefined) return whole.slice(1);
      if (values[name] === undefined) unknown.push(name);
      return values[name] ?? '';
    });
  return { text, unknown };
}
