/** Options as openssl takes them: long names after one dash. */
import { failed, strerror } from '../../protocol/errno.ts';
import type { Process } from '../../protocol/program.ts';
import { pemBlocks } from '../../formats/pem.ts';
import { readPrivateBlock } from '../../formats/keys/key-info.ts';
import type { SshPrivateKey } from '../../formats/keys/openssh-private.ts';
import { Io, readOperand } from '../io.ts';
import { bytesToText, textToBytes } from '../text.ts';
import { readCertificateDer, type ParsedCertificate } from './certificate.ts';

export interface OpensslSpec {
  /** Names without a value and with one, separated by spaces. */
  readonly flags: string;
  readonly values: string;
  /** Real options that are not modelled. */
  readonly absent?: string;
  /** What another option could have been; by default a cipher. */
  readonly unknown?: 'message digest' | 'nothing else';
}

export class OpensslCall {
  readonly io: Io;
  /** Options in the order they came. */
  readonly order: readonly (readonly [name: string, value: string])[];

  constructor(
    readonly process: Process,
    readonly name: string,
    order: readonly (readonly [string, string])[],
    readonly operands: readonly string[],
  ) {
    this.io = new Io(process, name);
    this.order = order;
  }

  has(name: string): boolean {
    return this.order.some(([each]) => each === name);
  }
  value(name: string): string | undefined {
    return this.order.findLast(([each]) => each === name)?.[1];
  }
  values(name: string): readonly string[] {
    return this.order.filter(([each]) => each === name).map(([, value]) => value);
  }

  async fail(text: string): Promise<1> {
    await this.io.raw(`${text}\n`);
    return 1;
  }

  /** Bytes of -in or standard input; undefined after a complaint. */
  async input(what: string, path = this.value('in')): Promise<Uint8Array | undefined> {
    const bytes = await readOperand(this.process, path ?? '-');
    if (!failed(bytes)) return bytes;
    await this.fail(`Could not open file or uri for loading ${what} from ${path ?? '<stdin>'}: ${strerror(bytes)}`);
    return undefined;
  }

  /** Writes a result to -out or standard output; answers the exit status. */
  async output(text: string | Uint8Array, path = this.value('out'), mode = 0o644): Promise<number> {
    const bytes = typeof text === 'string' ? textToBytes(text) : text;
    if (path === undefined) {
      await this.io.bytes(bytes);
      return 0;
    }
    const written = this.process.writeFile(path, bytes, { mode });
    return failed(written) ? await this.fail(`Can't open "${path}" for writing, ${strerror(written)}`) : 0;
  }

  async certificate(path: string | undefined, what = 'certificate'): Promise<ParsedCertificate | undefined> {
    const bytes = await this.input(what, path);
    if (bytes === undefined) return undefined;
    const block = pemBlocks(bytesToText(bytes)).find(({ label }) => /CERTIFICATE$/.test(label));
    const certificate = readCertificateDer(block?.bytes ?? bytes);
    if (certificate === undefined)
      await this.fail(`Could not read ${what} from ${path ?? '<stdin>'}\nUnable to load certificate`);
    return certificate;
  }

  async privateKey(path: string | undefined, what = 'private key'): Promise<SshPrivateKey | undefined> {
    const bytes = await this.input(what, path);
    if (bytes === undefined) return undefined;
    const key = pemBlocks(bytesToText(bytes))
      .map(readPrivateBlock)
      .find((each) => each !== undefined);
    if (key === undefined) await this.fail(`Could not read ${what} from ${path ?? '<stdin>'}`);
    return key;
  }
}

/** Sorts the arguments; undefined after a complaint. */
export async function parseArguments(
  process: Process,
  name: string,
  args: readonly string[],
  spec: OpensslSpec,
): Promise<OpensslCall | undefined> {
  const [flags, values, absent] = [spec.flags, spec.values, spec.absent ?? ''].map((text) => new Set(text.split(' ')));
  const order: [string, string][] = [];
  const operands: string[] = [];
  const call = new OpensslCall(process, name, order, operands);
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at] ?? '';
    const option = arg.replace(/^--?/, '');
    if (!arg.startsWith('-') || arg === '-') operands.push(arg);
    else if (flags?.has(option) === true) order.push([option, '']);
    else if (values?.has(option) === true) {
      at += 1;
      const value = args[at];
      if (value === undefined) {
        await call.fail(`${name}: Option -${option} needs a value\n${name}: Use -help for summary.`);
        return undefined;
      }
      order.push([option, value]);
    } else {
      await call.fail(
        absent?.has(option) === true
          ? `drydock: 'openssl ${name} -${option}' is not simulated`
          : `${name}: Unknown option${spec.unknown === 'nothing else' ? `: ${arg}` : ` or ${spec.unknown ?? 'cipher'}: ${option}`}\n${name}: Use -help for summary.`,
      );
      return undefined;
    }
  }
  return call;
}
