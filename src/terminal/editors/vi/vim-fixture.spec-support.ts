import type { Fixture } from '../../testing/recorded-screens.spec-support.ts';

/** The files that recorded sessions begin with, and what in their screens differs from run to run. */
export const VIM_FIXTURE: Fixture = {
  files: {
    f: 'alpha beta gamma\n\tindented line\nkey: "value one" # c\nfoo(bar, baz)\n\nlast 한글 word\nend\n',
    g: 'other file\nsecond line\n',
    code: 'int main(void) {\n\tif (a[1] == 2) {\n\t\treturn f("x y", \'z\');\n\t}\n}\n\nCount 7 -3 0x0f 099 done.\nOne two.  Three four! Five\nsix <b>bold</b> end\n',
    long: Array.from({ length: 120 }, (_, at) => `line ${String(at + 1)}\n`).join(''),
    wide: `${'0123456789'.repeat(20)}\nshort\n${'한글 '.repeat(40)}\n\ttab\n`,
    dos: 'one\r\ntwo\r\n',
    bare: 'no end\nof line',
    nums: '10 pear\n9 apple\n9 apple\n30 fig\n',
  },
  readOnly: [],
  folders: ['dir'],
  env: { EXINIT: '' },
  plain: (line) =>
    line
      .replace(/\d\d:\d\d:\d\d|\b\d seconds ago|\b\d second ago ?/g, 'TIME')
      .replace(/(dated: ).*$/, '$1DATE')
      .replace(/(process ID: )\d+/, '$1N')
      .replace(/(host name: ).*$/, '$1HOST')
      .replace(/\/tmp\/drydock-\w+\/v/, '/root/v'),
};
