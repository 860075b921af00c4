/**
 * Label selectors (kubernetes apimachinery/pkg/labels). Models: the query grammar with its error texts, LabelSelector
 * objects, matching.
 */
import { isLabelValue, isQualifiedName } from './names.ts';
import type { LabelSelector, StringMap } from './types-meta.ts';

export interface LabelMatcher {
  matches(labels: StringMap | undefined): boolean;
  /** The selector as a query says it. */
  readonly text: string;
  /** True where it selects everything. */
  readonly empty: boolean;
  /** The requirements, for callers that index. */
  readonly requirements: readonly LabelRequirement[];
}

export type LabelOperator = 'in' | 'notin' | '=' | '==' | '!=' | 'gt' | 'lt' | 'exists' | '!';
export interface LabelRequirement {
  readonly key: string;
  readonly operator: LabelOperator;
  readonly values: readonly string[];
}

export interface SelectorError {
  readonly error: string;
}

const NO_LABELS: StringMap = {};

/** A matcher of requirements, all of which must hold. */
export function labelMatcher(requirements: readonly LabelRequirement[]): LabelMatcher {
  return {
    requirements,
    empty: requirements.length === 0,
    text: requirements.map(requirementText).join(','),
    matches: (labels) => requirements.every((requirement) => holds(requirement, labels ?? NO_LABELS)),
  };
}
export const EVERYTHING: LabelMatcher = labelMatcher([]);
/** Selects nothing: what a null LabelSelector means. */
export const NOTHING: LabelMatcher = { requirements: [], empty: false, text: '', matches: () => false };

/** Matches exactly these labels (a Service's selector, matchLabels). */
export const labelSetMatcher = (labels: StringMap): LabelMatcher =>
  labelMatcher(
    Object.keys(labels)
      .toSorted()
      .map((key) => ({ key, operator: '=', values: [labels[key] ?? ''] })),
  );

/** The matcher of a LabelSelector object: an absent one selects nothing, an empty one everything. */
export function matcherOf(selector: LabelSelector | undefined | null): LabelMatcher {
  if (selector === undefined || selector === null) return NOTHING;
  const known = compiled.get(selector);
  if (known !== undefined) return known;
  const requirements: LabelRequirement[] = Object.entries(selector.matchLabels ?? {}).map(([key, value]) => ({
    key,
    operator: '=',
    values: [value],
  }));
  for (const { key, operator, values = [] } of selector.matchExpressions ?? []) {
    const own = EXPRESSION_OPERATORS[operator];
    if (own === undefined) return NOTHING;
    requirements.push({ key, operator: own, values: values.toSorted() });
  }
  requirements.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  const matcher = labelMatcher(requirements);
  compiled.set(selector, matcher);
  return matcher;
}
// Selectors are shared immutable objects; compiling each once is what makes matching cheap.
const compiled = new WeakMap<object, LabelMatcher>();
const EXPRESSION_OPERATORS: Readonly<Record<string, LabelOperator>> = {
  In: 'in',
  NotIn: 'notin',
  Exists: 'exists',
  DoesNotExist: '!',
};

function requirementText({ key, operator, values }: LabelRequirement): string {
  switch (operator) {
    case 'exists':
      return key;
    case '!':
      return `!${key}`;
    case 'in':
    case 'notin':
      return `${key} ${operator} (${values.join(',')})`;
    case 'gt':
      return `${key}>${values.join(',')}`;
    case 'lt':
      return `${key}<${values.join(',')}`;
    default:
      return `${key}${operator}${values.join(',')}`;
  }
}

function holds({ key, operator, values }: LabelRequirement, labels: StringMap): boolean {
  const value = Object.hasOwn(labels, key) ? labels[key] : undefined;
  switch (operator) {
    case 'exists':
      return value !== undefined;
    case '!':
      return value === undefined;
    case 'in':
    case '=':
    case '==':
      return value !== undefined && values.includes(value);
    case 'notin':
    case '!=':
      return value === undefined || !values.includes(value);
    default: {
      if (value === undefined || !/^[+-]?\d+$/.test(value)) return false;
      return operator === 'gt' ? Number(value) > Number(values[0]) : Number(value) < Number(values[0]);
    }
  }
}

// ---- the grammar

type TokenType = 'end' | 'identifier' | 'operator' | '(' | ')' | ',' | '!';
interface Token {
  readonly type: TokenType;
  readonly text: string;
}

function tokens(text: string): Token[] {
  const out: Token[] = [];
  const pattern = /\s*(?:([=!<>]+)|([(),])|([^\s=!<>(),]+))/gy;
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    const [, symbol, punctuation, word] = match;
    if (symbol !== undefined) out.push(...symbols(symbol));
    else if (punctuation === '(' || punctuation === ')' || punctuation === ',')
      out.push({ type: punctuation, text: punctuation });
    else if (word !== undefined) out.push({ type: 'identifier', text: word });
  }
  out.push({ type: 'end', text: '' });
  return out;
}

function symbols(run: string): Token[] {
  const out: Token[] = [];
  for (let rest = run; rest !== '';) {
    const taken = /^(?:==|!=|[=!<>])/.exec(rest)?.[0] ?? rest;
    out.push(taken === '!' ? { type: '!', text: '!' } : { type: 'operator', text: taken });
    rest = rest.slice(taken.length);
  }
  return out;
}

/** Thrown and caught within this file only: the parser's way out. */
class SelectorSyntax extends Error {}

/** Parses `app=web,tier in (a,b),!canary`; upstream's message where it is malformed. */
export function parseLabelSelector(text: string): LabelMatcher | SelectorError {
  const known = parsed.get(text);
  if (known !== undefined) return known;
  try {
    const matcher = labelMatcher(
      new SelectorParser(tokens(text)).parse().toSorted((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)),
    );
    if (parsed.size >= MAX_PARSED_SELECTORS) parsed.clear();
    parsed.set(text, matcher);
    return matcher;
  } catch (error) {
    if (error instanceof SelectorSyntax) return { error: error.message };
    throw error;
  }
}
const MAX_PARSED_SELECTORS = 1000;
const parsed = new Map<string, LabelMatcher>();

const BINARY_OPERATORS = 'in, notin, =, ==, !=, gt, lt';

class SelectorParser {
  #at = 0;
  constructor(private readonly all: readonly Token[]) {}

  parse(): LabelRequirement[] {
    const found: LabelRequirement[] = [];
    for (;;) {
      const { type, text } = this.#look();
      if (type === 'end') return found;
      if (type !== 'identifier' && type !== '!')
        return stop(`found '${text}', expected: !, identifier, or 'end of string'`);
      found.push(this.#requirement());
      const next = this.#take();
      if (next.type === 'end') return found;
      if (next.type !== ',') return stop(`found '${next.text}', expected: ',' or 'end of string'`);
      const after = this.#look();
      if (after.type !== 'identifier' && after.type !== '!')
        return stop(`found '${after.text}', expected: identifier after ','`);
    }
  }

  #look(): Token {
    return this.all[this.#at] ?? { type: 'end', text: '' };
  }
  #take(): Token {
    const token = this.#look();
    this.#at += 1;
    return token;
  }

  #requirement(): LabelRequirement {
    const negated = this.#look().type === '!';
    if (negated) this.#take();
    const { type, text: key } = this.#take();
    if (type !== 'identifier') return bad(`found '${key}', expected: identifier`);
    const problems = isQualifiedName(key);
    if (problems.length > 0) return bad(`<nil>: Invalid value: ${JSON.stringify(key)}: ${problems.join('; ')}`);
    const next = this.#look();
    if (negated) return { key, operator: '!', values: [] };
    if (next.type === 'end' || next.type === ',') return { key, operator: 'exists', values: [] };
    const operator = this.#operator();
    const values = operator === 'in' || operator === 'notin' ? this.#values() : [this.#exact()];
    return checked({ key, operator, values });
  }

  #operator(): LabelOperator {
    const { type, text } = this.#take();
    const own = OPERATORS[text];
    if ((type === 'operator' || type === 'identifier') && own !== undefined) return own;
    return bad(`found '${text}', expected: ${BINARY_OPERATORS}`);
  }

  #exact(): string {
    const { type, text } = this.#look();
    if (type === 'end' || type === ',') return '';
    this.#take();
    return type === 'identifier' ? text : bad(`found '${text}', expected: identifier`);
  }

  #values(): string[] {
    const open = this.#take();
    if (open.type !== '(') return bad(`found '${open.text}' expected: '('`);
    const values = new Set<string>();
    if (this.#look().type === ')') {
      this.#take();
      return [];
    }
    for (;;) {
      const { type, text } = this.#take();
      if (type === 'identifier') {
        values.add(text);
        const next = this.#look();
        if (next.type === ')') break;
        if (next.type !== ',') return bad(`found '${next.text}', expected: ',' or ')'`);
      } else if (type === ',') {
        if (values.size === 0) values.add('');
        const next = this.#look();
        if (next.type === ')') {
          values.add('');
          break;
        }
        if (next.type === ',') {
          this.#take();
          values.add('');
        }
      } else return bad(`found '${text}', expected: ',', or identifier`);
    }
    this.#take();
    return [...values].toSorted();
  }
}

const OPERATORS: Readonly<Record<string, LabelOperator>> = {
  in: 'in',
  notin: 'notin',
  '=': '=',
  '==': '==',
  '!=': '!=',
  '>': 'gt',
  '<': 'lt',
};

function checked(requirement: LabelRequirement): LabelRequirement {
  const { key, operator, values } = requirement;
  if ((operator === 'in' || operator === 'notin') && values.length === 0) {
    return bad("values: Invalid value: []: for 'in', 'notin' operators, values set can't be empty");
  }
  if ((operator === 'gt' || operator === 'lt') && !/^[+-]?\d+$/.test(values[0] ?? '')) {
    return bad(
      `values[0]: Invalid value: ${JSON.stringify(values[0])}: for 'Gt', 'Lt' operators, the value must be an integer`,
    );
  }
  values.forEach((value, index) => {
    const problems = isLabelValue(value);
    if (problems.length > 0)
      bad(`values[${String(index)}][${key}]: Invalid value: ${JSON.stringify(value)}: ${problems.join('; ')}`);
  });
  return requirement;
}

function stop(message: string): never {
  throw new SelectorSyntax(message);
}
function bad(message: string): never {
  throw new SelectorSyntax(`unable to parse requirement: ${message}`);
}
