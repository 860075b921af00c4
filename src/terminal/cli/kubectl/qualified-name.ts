/** What is wrong with a key like `example.com/name` (apimachinery pkg/util/validation IsQualifiedName). */

const NAME = '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]';
const LABEL = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const SUBDOMAIN = `${LABEL}(\\.${LABEL})*`;

const CHARACTERS = `must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '${NAME}')`;
const PREFIX_RULE = `prefix part a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '${SUBDOMAIN}')`;
const MAX_NAME_LENGTH = 63;
const MAX_PREFIX_LENGTH = 253;

/** Every fault, in the order in which they are told. */
export function qualifiedNameFaults(key: string): readonly string[] {
  const parts = key.split('/');
  if (parts.length > 2)
    return [`a qualified name ${CHARACTERS} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`];
  const name = parts.at(-1) ?? '';
  return [
    ...(parts.length === 2 ? prefixFaults(parts[0] ?? '') : []),
    ...(name === '' ? ['name part must be non-empty'] : []),
    ...(name.length > MAX_NAME_LENGTH ? [`name part must be no more than ${String(MAX_NAME_LENGTH)} bytes`] : []),
    ...(new RegExp(`^${NAME}$`).test(name) ? [] : [`name part ${CHARACTERS}`]),
  ];
}

function prefixFaults(prefix: string): readonly string[] {
  if (prefix === '') return ['prefix part must be non-empty'];
  return [
    ...(prefix.length > MAX_PREFIX_LENGTH
      ? [`prefix part must be no more than ${String(MAX_PREFIX_LENGTH)} bytes`]
      : []),
    ...(new RegExp(`^${SUBDOMAIN}$`).test(prefix) ? [] : [PREFIX_RULE]),
  ];
}
