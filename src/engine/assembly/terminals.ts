/**
 * The page's terminals: each is a pseudo-terminal of a host with a login shell on it. What a shell has printed lately is
 * kept, so that a restored page shows it again.
 */
import { concatBytes, encodeUtf8 } from '../../protocol/bytes.ts';
import { failed } from '../../protocol/errno.ts';
import type { Plain } from '../../protocol/plain.ts';
import type { Input, Output } from '../../protocol/simulation.ts';
import type { Host } from '../machine/host.ts';
import type { Component } from '../sim/component.ts';
import type { Simulation } from '../sim/simulation.ts';

export const TERMINALS_TARGET = 'terminals';
/** Bytes of output kept per terminal. */
const SCROLLBACK_BYTES = 256 * 1024;
/** A paste is taken in pieces of this size, as the line discipline's queue has room. */
const MAX_PENDING_BYTES = 16 * 1024 * 1024;

interface Terminal {
  readonly id: string;
  readonly host: string;
  readonly tty: number;
  readonly pid: number;
  scrollback: Uint8Array[];
  scrollbackBytes: number;
  /** Typed but not yet taken by the line discipline. */
  pending: Uint8Array;
}

type TerminalInput = Extract<Input, { readonly type: `terminal.${string}` }>;

export class Terminals implements Component {
  readonly #terminals = new Map<string, Terminal>();

  constructor(
    private readonly simulation: Simulation,
    private readonly hosts: ReadonlyMap<string, Host>,
    private readonly send: (output: Output) => void,
  ) {
    simulation.loop.register(TERMINALS_TARGET, this);
  }

  apply(input: TerminalInput): void {
    switch (input.type) {
      case 'terminal.open':
        this.#open(input);
        return;
      case 'terminal.type':
        this.#type(input.terminal, encodeUtf8(input.text));
        return;
      case 'terminal.resize': {
        const terminal = this.#terminals.get(input.terminal);
        if (terminal !== undefined) this.hosts.get(terminal.host)?.kernel.ttys.resize(terminal.tty, input.size);
        return;
      }
      case 'terminal.close': {
        const terminal = this.#terminals.get(input.terminal);
        if (terminal !== undefined) this.hosts.get(terminal.host)?.kernel.ttys.hangup(terminal.tty);
        this.#terminals.delete(input.terminal);
        return;
      }
    }
  }

  /** Open terminals with what they last printed, for a page that attaches. */
  list(): readonly { readonly terminal: string; readonly host: string; readonly scrollback: Uint8Array }[] {
    return [...this.#terminals.values()].map(({ id, host, scrollback }) => ({
      terminal: id,
      host,
      scrollback: concatBytes(scrollback),
    }));
  }

  handle(type: string, payload: Plain): void {
    const { terminal: id, exitCode } = payload as { terminal: string; exitCode?: number };
    const terminal = this.#terminals.get(id);
    if (terminal === undefined) return;
    if (type === 'exited') {
      this.#terminals.delete(id);
      this.send({ type: 'terminal.closed', terminal: id, reason: `exit ${String(exitCode ?? 0)}` });
    } else if (type === 'feed') this.#feed(terminal);
  }

  snapshot(): Plain {
    return [...this.#terminals.values()].map((terminal) => ({
      ...terminal,
      scrollback: concatBytes(terminal.scrollback),
    }));
  }

  restore(state: Plain): void {
    this.#terminals.clear();
    for (const saved of state as unknown as (Terminal & { scrollback: Uint8Array })[]) {
      const terminal: Terminal = { ...saved, scrollback: [saved.scrollback] };
      this.#terminals.set(terminal.id, terminal);
      this.#attach(terminal);
    }
  }

  #open({ terminal: id, host: name, size, argv }: Extract<TerminalInput, { type: 'terminal.open' }>): void {
    const refuse = (message: string): void => {
      this.send({ type: 'terminal.closed', terminal: id, reason: message });
    };
    const host = this.hosts.get(name);
    if (host === undefined) {
      refuse(`no host ${name}`);
      return;
    }
    if (this.#terminals.has(id)) return;
    const console = host.systemd.console();
    if (console.kind === 'waiting') {
      refuse(`no login before ${console.job} is done`);
      return;
    }
    const isLogin = console.kind === 'login';
    const tty = host.kernel.ttys.create({ size, external: true });
    const stdio = { type: 'tty', tty } as const;
    const line = host.kernel.ttys.name(tty).replace(/^\/dev\//, '');
    const pid = host.kernel.spawn({
      path: argv?.[0] ?? (isLogin ? '/bin/bash' : console.argv[0]),
      argv: argv ?? (isLogin ? ['-bash'] : console.argv),
      ...(isLogin ? {} : { cgroup: console.cgroup }),
      env: { ...loginEnvironment(), ...(isLogin ? host.systemd.loginEnvironment({ uid: 0, tty: line }) : {}) },
      cwd: '/root',
      stdio: [stdio, stdio, stdio],
      controllingTty: true,
      onExit: { target: TERMINALS_TARGET, type: 'exited', payload: { terminal: id } },
    });
    if (failed(pid)) {
      refuse(pid.errno);
      return;
    }
    if (isLogin) host.systemd.login({ user: 'root', uid: 0, service: 'login', leader: pid, tty: line });
    const terminal: Terminal = {
      id,
      host: name,
      tty,
      pid,
      scrollback: [],
      scrollbackBytes: 0,
      pending: new Uint8Array(0),
    };
    this.#terminals.set(id, terminal);
    this.#attach(terminal);
  }

  #attach(terminal: Terminal): void {
    this.hosts.get(terminal.host)?.kernel.ttys.attach(terminal.tty, (bytes) => {
      // Echo comes a byte at a time: pieces are added, not copied.
      terminal.scrollback.push(bytes);
      terminal.scrollbackBytes += bytes.length;
      if (terminal.scrollbackBytes > 2 * SCROLLBACK_BYTES) {
        const kept = concatBytes(terminal.scrollback).slice(-SCROLLBACK_BYTES);
        terminal.scrollback = [kept];
        terminal.scrollbackBytes = kept.length;
      }
      this.send({ type: 'terminal.output', terminal: terminal.id, bytes });
    });
  }

  #type(id: string, bytes: Uint8Array): void {
    const terminal = this.#terminals.get(id);
    if (terminal === undefined) return;
    const idle = terminal.pending.length === 0;
    terminal.pending = concatBytes([terminal.pending, bytes]).slice(0, MAX_PENDING_BYTES);
    if (idle) this.#feed(terminal);
  }

  /** Gives the line discipline what it takes; the rest of a paste follows as the reader catches up. */
  #feed(terminal: Terminal): void {
    const host = this.hosts.get(terminal.host);
    if (host === undefined) return;
    const taken = host.kernel.ttys.input(terminal.tty, terminal.pending);
    terminal.pending = terminal.pending.slice(taken);
    if (terminal.pending.length > 0)
      this.simulation.loop.schedule(1000, TERMINALS_TARGET, 'feed', { terminal: terminal.id });
  }
}

/** What login(1) gives root's shell. */
export function loginEnvironment(home = '/root', user = 'root'): Readonly<Record<string, string>> {
  return {
    HOME: home,
    USER: user,
    LOGNAME: user,
    SHELL: '/bin/bash',
    PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    TERM: 'xterm-256color',
    LANG: 'C.UTF-8',
  };
}
