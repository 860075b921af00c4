import type { TestExpression, Word } from 'unbash';

/** What stands between `[[` and `]]`. */
export function testText(node: TestExpression, word: (word: Word) => string): string {
  switch (node.type) {
    case 'TestUnary':
      return `${node.operator} ${word(node.operand)}`;
    case 'TestBinary':
      return `${word(node.left)} ${node.operator} ${word(node.right)}`;
    case 'TestLogical':
      return node.operands.map((operand) => testText(operand, word)).join(` ${node.operator} `);
    case 'TestNot':
      return (node.negations.length % 2 === 1 ? '! ' : '') + testText(node.operand, word);
    case 'TestGroup':
      return `( ${testText(node.expression, word)} )`;
    default:
      return '';
  }
}
