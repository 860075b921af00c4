/** base64, check sums, gzip, expr and test as programs. */
import { md5, sha1 } from '@noble/hashes/legacy.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { gunzipSync, gzipSync } from 'fflate';
import { decodeBase64, encodeBase64 } from '../../protocol/bytes.ts';
import { failed, strerror } from '../../protocol/errno.ts';
import { Io, readOperand } from '../io.ts';
import { bytesToText } from '../text.ts';
import { evaluateExpr } from './expr-value.ts';
import { Shell } from '../shell/shell.ts';
import { testArguments } from '../shell/test-expression.ts';
import type { Applet } from './command.ts';
import { command } from './command.ts';

export const base64 = command({ name: 'base64', short: 'diw:', long: { decode: 'd', 'ignore-garbage': 'i', wrap: 'w' } }, async (call) => {
  const { io, options, process } = call;
  const [name = '-'] = call.operands;
  const bytes = await readOperand(process, name);
  if (failed(bytes)) {
    await io.warn(`${name}: ${strerror(bytes)}`);
    return 1;
  }
  if (options.has('d')) {
    const decoded = decodeBase64(options.has('i') ? bytesToText(bytes).replace(/[^A-Za-z0-9+/=]/g, '') : bytesToText(bytes));
    if (decoded === undefined) {
      await io.warn('invalid input');
      return 1;
    }
    await io.bytes(decoded);
    return await io.end(0);
  }
  const width = Number(options.value('w') ?? '76');
  const text = encodeBase64(bytes);
  io.out(width === 0 ? text : text.replace(new RegExp(`.{1,${String(width)}}`, 'g'), '$&\n'));
  return await io.end(0);
});

function digest(name: string, hash: (bytes: Uint8Array) => Uint8Array): Applet {
  return command({ name, short: 'cbtw', long: { check: 'c', quiet: 'quiet', status: 'status' } }, async (call) => {
    const { io, options, process } = call;
    const sum = (bytes: Uint8Array): string => [...hash(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
    let status = 0;
    for (const operand of call.operands.length === 0 ? ['-'] : call.operands) {
      const bytes = await readOperand(process, operand);
      if (failed(bytes)) {
        await io.warn(`${operand}: ${strerror(bytes)}`);
        status = 1;
      } else if (options.has('c')) {
        for (const line of bytesToText(bytes).split('\n')) {
          const match = /^([0-9a-f]+) [ *](.*)$/.exec(line);
          if (match === null) continue;
          const file = await readOperand(process, match[2] ?? '');
          const good = !failed(file) && sum(file) === match[1];
          if (!good) status = 1;
          if (!options.has('status') && !(good && options.has('quiet'))) io.line(`${match[2] ?? ''}: ${good ? 'OK' : failed(file) ? 'FAILED open or read' : 'FAILED'}`);
        }
      } else io.line(`${sum(bytes)}  ${operand}`);
    }
    return await io.end(status);
  });
}
export const md5sum = digest('md5sum', md5);
export const sha1sum = digest('sha1sum', sha1);
export const sha256sum = digest('sha256sum', sha256);

function zip(name: 'gzip' | 'gunzip' | 'zcat'): Applet {
  return command({ name, short: 'cdfkqv123456789', long: { stdout: 'c', decompress: 'd', force: 'f', keep: 'k' } }, async (call) => {
    const { io, options, process } = call;
    const unpack = name !== 'gzip' || options.has('d');
    let status = 0;
    for (const operand of call.operands.length === 0 ? ['-'] : call.operands) {
      const bytes = await readOperand(process, operand);
      if (failed(bytes)) {
        await io.warn(`${operand}: ${strerror(bytes)}`);
        status = 1;
        continue;
      }
      let made: Uint8Array;
      try {
        made = unpack ? gunzipSync(bytes) : gzipSync(bytes, { mtime: 0 });
      } catch {
        await io.raw(`\ngzip: ${operand === '-' ? 'stdin' : operand}: not in gzip format\n`);
        status = 1;
        continue;
      }
      if (operand === '-' || options.has('c') || name === 'zcat') {
        await io.bytes(made);
        continue;
      }
      if (unpack && !operand.endsWith('.gz')) {
        await io.warn(`${operand}: unknown suffix -- ignored`);
        status = 2;
        continue;
      }
      process.writeFile(unpack ? operand.replace(/\.gz$/, '') : `${operand}.gz`, made);
      if (!options.has('k')) process.unlink(operand);
    }
    return await io.end(status);
  });
}
export const gzip = zip('gzip');
export const gunzip = zip('gunzip');
export const zcat = zip('zcat');

const runExpr: Applet['applet'] = async (process, _flavour, argv) => {
  const io = new Io(process, 'expr');
  if (argv.length < 2) {
    await io.raw("expr: missing operand\nTry 'expr --help' for more information.\n");
    return 2;
  }
  const result = evaluateExpr(argv.slice(1));
  if (typeof result !== 'string') {
    await io.warn(result.problem);
    return 2;
  }
  io.line(result);
  return await io.end(result === '' || /^-?0+$/.test(result) ? 1 : 0);
};
export const expr: Applet = { name: 'expr', run: (process) => runExpr(process, 'gnu', process.argv), applet: runExpr };

const runTest: Applet['applet'] = async (process, _flavour, argv) => {
  const io = new Io(process);
  const bracket = argv[0]?.endsWith('[') === true;
  if (bracket && argv.at(-1) !== ']') {
    await io.warn("missing ']'");
    return 2;
  }
  const answer = testArguments(new Shell(process), argv.slice(1, bracket ? -1 : undefined));
  if (typeof answer === 'boolean') return answer ? 0 : 1;
  await io.warn(answer.message);
  return 2;
};
export const testProgram: Applet = { name: 'test', run: (process) => runTest(process, 'gnu', process.argv), applet: runTest };
