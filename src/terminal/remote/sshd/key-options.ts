/** The options before a key in authorized_keys (sshd(8), AUTHORIZED_KEYS FILE FORMAT). */

export interface KeyOptions {
  readonly command?: string;
  readonly from?: string;
  readonly expiry?: string;
  readonly environment: readonly (readonly [name: string, value: string])[];
  /** `host:port` that may be connected to; empty for any. */
  readonly permitOpen: readonly string[];
  readonly pty: boolean;
  readonly portForwarding: boolean;
  readonly userRc: boolean;
}

const FREE: KeyOptions = { environment: [], permitOpen: [], pty: true, portForwarding: true, userRc: true };
/** What may be said of what is not there: X11, agents, tunnels, and what listens for others. */
const WITHOUT_EFFECT = /^(no-)?(agent-forwarding|x11-forwarding|touch-required)$|^verify-required$/;

/** The options of a key; undefined where one is not understood, which makes the key of no use. */
export function readKeyOptions(text: string): KeyOptions | undefined {
  let options = FREE;
  for (const part of text.match(/(?:[^,"]|"(?:[^"\\]|\\.)*")+/g) ?? []) {
    const next = withOption(options, part.trim());
    if (next === undefined) return undefined;
    options = next;
  }
  return options;
}

function withOption(options: KeyOptions, part: string): KeyOptions | undefined {
  const [, typed = '', quoted] = /^([A-Za-z0-9-]+)(?:="((?:[^"\\]|\\.)*)")?$/.exec(part) ?? [];
  const name = typed.toLowerCase();
  const value = quoted?.replace(/\\"/g, '"');
  if (value === undefined) return withSwitch(options, name);
  switch (name) {
    case 'command':
      return { ...options, command: value };
    case 'from':
      return { ...options, from: value };
    case 'expiry-time':
      return /^\d{8}(\d{4}(\d\d)?)?Z?$/.test(value) ? { ...options, expiry: value } : undefined;
    case 'environment': {
      const at = value.indexOf('=');
      return at < 1
        ? undefined
        : { ...options, environment: [...options.environment, [value.slice(0, at), value.slice(at + 1)]] };
    }
    case 'permitopen':
      return { ...options, permitOpen: [...options.permitOpen, value] };
    case 'permitlisten':
      return options;
    default:
      return undefined;
  }
}

function withSwitch(options: KeyOptions, name: string): KeyOptions | undefined {
  if (name === 'restrict') return { ...options, pty: false, portForwarding: false, userRc: false };
  if (WITHOUT_EFFECT.test(name)) return options;
  const on = !name.startsWith('no-');
  switch (name.replace(/^no-/, '')) {
    case 'pty':
      return { ...options, pty: on };
    case 'port-forwarding':
      return { ...options, portForwarding: on };
    case 'user-rc':
      return { ...options, userRc: on };
    default:
      return undefined;
  }
}
