/** crictl's configuration: /etc/crictl.yaml, and `crictl config`, which reads and writes it. */
import { isJsonObject } from '../../../formats/json.ts';
import { parseYaml, stringifyYaml } from '../../../formats/yaml.ts';
import { failed } from '../../../protocol/errno.ts';
import type { Process } from '../../../protocol/program.ts';
import type { Options } from '../../coreutils/command.ts';
import { fileText } from '../../io.ts';
import { textToBytes } from '../../text.ts';
import { CONTAINERD_SOCKET } from './cri-client.ts';
import { fatal, log, table } from './cri-command.ts';
import type { PlainCall } from '../plain-program.ts';

const FILE = '/etc/crictl.yaml';
const OTHER_SOCKETS = ['unix:///run/crio/crio.sock', 'unix:///var/run/cri-dockerd.sock'];

/** The settings by the names that `crictl config` has for them, as they stand in the file. */
const KEYS = [
  'runtime-endpoint',
  'image-endpoint',
  'timeout',
  'debug',
  'pull-image-on-create',
  'disable-pull-on-run',
] as const;
type Key = (typeof KEYS)[number];
type Config = { -readonly [key in Key]: string | number | boolean };
const EMPTY: Readonly<Config> = {
  'runtime-endpoint': '',
  'image-endpoint': '',
  timeout: 0,
  debug: false,
  'pull-image-on-create': false,
  'disable-pull-on-run': false,
};

/** What a file says; undefined where there is none, a text where it cannot be read. */
function readConfig(process: Process, path: string): Config | string | undefined {
  const text = fileText(process, path);
  if (text === undefined) return undefined;
  const parsed = parseYaml(text);
  if (!parsed.ok) return parsed.error.message;
  const values = isJsonObject(parsed.value) ? parsed.value : {};
  const config: Config = { ...EMPTY };
  for (const key of KEYS) {
    const value = values[key];
    if (typeof value === typeof EMPTY[key]) config[key] = value as Config[Key];
  }
  return config;
}

/** Where containerd is looked for: a flag, the environment, the file, or the first of the usual places after a warning. */
export async function endpointOf(
  call: PlainCall,
  options: Options,
  services: readonly ('runtime' | 'image')[],
): Promise<string | number> {
  const { process } = call;
  const path = options.value('c') ?? process.env['CRI_CONFIG_FILE'] ?? FILE;
  const config = readConfig(process, path);
  if (typeof config === 'string') return await fatal(call, `load config file: ${config}`);
  if (config === undefined && options.has('c'))
    return await fatal(call, `load config file: stat ${path}: no such file or directory`);
  if (config === undefined)
    await log(call, 'warning', `Config "${path}" does not exist, trying next: "/usr/bin/crictl.yaml"`);
  const asked = [
    ...(services[0] === 'image' ? [options.value('i'), process.env['IMAGE_SERVICE_ENDPOINT']] : []),
    options.value('r'),
    process.env['CONTAINER_RUNTIME_ENDPOINT'],
    config?.['runtime-endpoint'],
  ].find((each) => typeof each === 'string' && each !== '');
  if (typeof asked === 'string') return asked.replace(/^unix:\/\//, '');
  const places = [`unix://${CONTAINERD_SOCKET}`, ...OTHER_SOCKETS].join(' ');
  for (const service of services)
    await log(
      call,
      'warning',
      `${service} connect using default endpoints: [${places}]. As the default settings are now deprecated, you should set the endpoint instead.`,
    );
  return CONTAINERD_SOCKET;
}

/** `crictl config`. */
export async function configure(call: PlainCall, options: Options): Promise<number> {
  const { io, process } = call;
  const path = FILE;
  if (readConfig(process, path) === undefined) process.writeFile(path, textToBytes(fileOf(EMPTY)));
  const config = readConfig(process, path);
  if (config === undefined || typeof config === 'string')
    return await fatal(call, `load config file: ${config ?? `open ${path}: permission denied`}`);
  const wanted = options.value('get');
  if (wanted !== undefined) {
    const key = KEYS.find((each) => each === wanted);
    if (key === undefined) return await fatal(call, `no configuration option named ${wanted}`);
    io.line(String(config[key]));
    return await io.end(0);
  }
  if (options.has('list')) {
    table(call, [['KEY', 'VALUE'], ...KEYS.map((key) => [key, String(config[key])])]);
    return await io.end(0);
  }
  const [first, second = ''] = options.operands;
  const settings = options.has('set')
    ? options.values('set').flatMap((each) => each.split(','))
    : first === undefined
      ? []
      : [`${first}=${second}`];
  for (const setting of settings) {
    const problem = change(config, setting);
    if (problem !== undefined) return await fatal(call, problem);
  }
  const written = process.writeFile(path, textToBytes(fileOf(config)));
  return failed(written) ? await fatal(call, `open ${path}: permission denied`) : await io.end(0);
}

const fileOf = (config: Readonly<Config>): string => stringifyYaml(config, { sortKeys: false });

const TRUE = ['1', 't', 'T', 'true', 'TRUE', 'True'];
const FALSE = ['0', 'f', 'F', 'false', 'FALSE', 'False'];

/** One `key=value`; the complaint where it cannot be. */
function change(config: Config, setting: string): string | undefined {
  const [name = '', value, more] = setting.split('=');
  if (value === undefined || more !== undefined) return `incorrectly specified option: ${setting}`;
  const key = KEYS.find((each) => each === name);
  if (key === undefined) return `no configuration option named ${name}`;
  if (typeof EMPTY[key] === 'string') config[key] = value;
  else if (typeof EMPTY[key] === 'number') {
    if (!/^[-+]?\d+$/.test(value))
      return `parse ${key} value '${value}': strconv.Atoi: parsing ${JSON.stringify(value)}: invalid syntax`;
    config[key] = Number(value);
  } else if ([...TRUE, ...FALSE].includes(value)) config[key] = TRUE.includes(value);
  else return `parse ${key} value '${value}': strconv.ParseBool: parsing ${JSON.stringify(value)}: invalid syntax`;
  return undefined;
}
