/** Name rules (kubernetes apimachinery/pkg/util/validation). Each function answers upstream's messages; none means valid. */

const regexError = (message: string, format: string, ...examples: readonly string[]): string => {
  if (examples.length === 0) return `${message} (regex used for validation is '${format}')`;
  // Upstream joins with both a comma and ` or `, hence the doubled space.
  const quoted = examples.map((example) => `'${example}', `).join(' or ');
  return `${message} (e.g. ${quoted}regex used for validation is '${format}')`;
};
const maxLength = (length: number): string => `must be no more than ${String(length)} bytes`;
export const EMPTY_ERROR = 'must be non-empty';

const LABEL_FORMAT = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const SUBDOMAIN_FORMAT = `${LABEL_FORMAT}(\\.${LABEL_FORMAT})*`;
const SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const LABEL_1035_FORMAT = '[a-z]([-a-z0-9]*[a-z0-9])?';
const LABEL_1035 = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;
const QUALIFIED_FORMAT = '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]';
const QUALIFIED = /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;
const VALUE_FORMAT = `(${QUALIFIED_FORMAT})?`;
const VALUE = /^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/;
const CONFIG_KEY = /^[-._a-zA-Z0-9]+$/;
const ENV_NAME = /^[-._a-zA-Z][-._a-zA-Z0-9]*$/;

const LABEL_MESSAGE =
  "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character";
const SUBDOMAIN_MESSAGE =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character";
const QUALIFIED_MESSAGE =
  "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character";

/** DNS-1123 label: at most 63 characters. */
export function isDns1123Label(value: string): readonly string[] {
  const errors: string[] = [];
  if (value.length > 63) errors.push(maxLength(63));
  if (!LABEL.test(value)) errors.push(regexError(LABEL_MESSAGE, LABEL_FORMAT, 'my-name', '123-abc'));
  return errors;
}

/** DNS-1123 subdomain: at most 253 characters. */
export function isDns1123Subdomain(value: string): readonly string[] {
  const errors: string[] = [];
  if (value.length > 253) errors.push(maxLength(253));
  if (!SUBDOMAIN.test(value)) errors.push(regexError(SUBDOMAIN_MESSAGE, SUBDOMAIN_FORMAT, 'example.com'));
  return errors;
}

/** DNS-1035 label (names of Services): starts with a letter. */
export function isDns1035Label(value: string): readonly string[] {
  const errors: string[] = [];
  if (value.length > 63) errors.push(maxLength(63));
  if (!LABEL_1035.test(value)) {
    errors.push(
      regexError(
        "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character",
        LABEL_1035_FORMAT,
        'my-name',
        'abc-123',
      ),
    );
  }
  return errors;
}

/** Label and annotation keys: an optional DNS prefix, a slash, a name of at most 63 characters. */
export function isQualifiedName(value: string): readonly string[] {
  const parts = value.split('/');
  const errors: string[] = [];
  let name = value;
  if (parts.length === 2) {
    const [prefix = '', rest = ''] = parts;
    name = rest;
    if (prefix === '') errors.push(`prefix part ${EMPTY_ERROR}`);
    else errors.push(...isDns1123Subdomain(prefix).map((message) => `prefix part ${message}`));
  } else if (parts.length > 2) {
    return [
      `a qualified name ${regexError(QUALIFIED_MESSAGE, QUALIFIED_FORMAT, 'MyName', 'my.name', '123-abc')} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`,
    ];
  }
  if (name === '') errors.push(`name part ${EMPTY_ERROR}`);
  else if (name.length > 63) errors.push(`name part ${maxLength(63)}`);
  if (!QUALIFIED.test(name))
    errors.push(`name part ${regexError(QUALIFIED_MESSAGE, QUALIFIED_FORMAT, 'MyName', 'my.name', '123-abc')}`);
  return errors;
}

/** Label values: empty, or at most 63 characters. */
export function isLabelValue(value: string): readonly string[] {
  const errors: string[] = [];
  if (value.length > 63) errors.push(maxLength(63));
  if (!VALUE.test(value)) {
    errors.push(
      regexError(
        "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character",
        VALUE_FORMAT,
        'MyValue',
        'my_value',
        '12345',
      ),
    );
  }
  return errors;
}

/** Keys of ConfigMaps and Secrets. */
export function isConfigMapKey(value: string): readonly string[] {
  const errors: string[] = [];
  if (value.length > 253) errors.push(maxLength(253));
  if (!CONFIG_KEY.test(value)) {
    errors.push(
      regexError(
        "a valid config key must consist of alphanumeric characters, '-', '_' or '.'",
        '[-._a-zA-Z0-9]+',
        'key.name',
        'KEY_NAME',
        'key-name',
      ),
    );
  }
  if (value === '.') errors.push("must not be '.'");
  if (value === '..') errors.push("must not be '..'");
  else if (value.startsWith('..')) errors.push("must not start with '..'");
  return errors;
}

/** Names of environment variables (relaxed: any printable ASCII except '='). */
export function isEnvVarName(value: string): readonly string[] {
  const errors: string[] = [];
  if (value === '') errors.push(`environment variable name ${EMPTY_ERROR}`);
  else if (!/^[ -<>-~]+$/.test(value)) {
    errors.push(
      regexError(
        "a valid environment variable name must consist only of printable ASCII characters other than '='",
        '^[ -<>-~]+$',
      ),
    );
  }
  return errors;
}
export const isStrictEnvVarName = (value: string): boolean => ENV_NAME.test(value);

/** Port names: IANA_SVC_NAME. */
export function isValidPortName(value: string): readonly string[] {
  const errors: string[] = [];
  if (value.length > 15) errors.push('must be no more than 15 characters');
  if (!/^[-a-z0-9]+$/.test(value))
    errors.push('must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)');
  if (!/[a-z]/.test(value)) errors.push('must contain at least one letter (a-z)');
  if (value.includes('--')) errors.push('must not contain consecutive hyphens');
  if (value !== '' && (value.startsWith('-') || value.endsWith('-')))
    errors.push('must not begin or end with a hyphen');
  return errors;
}

/** Port numbers: 1 to 65535. */
export const isValidPortNumber = (port: number): readonly string[] =>
  port >= 1 && port <= 65_535 ? [] : ['must be between 1 and 65535, inclusive'];
