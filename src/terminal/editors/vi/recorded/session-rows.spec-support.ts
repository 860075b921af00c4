/** Keys in a row as they come to mind: operators, text objects, selections, marks, macros, words of Hangul and Latin letters. */
import type { Row } from '../../../testing/recorded-screens.spec-support.ts';

const on = (file: string, ...keys: readonly string[]): readonly Row[] => keys.map((each) => [`vim ${file}`, each]);
/** With registers, a mark and a pattern there to begin with. */
const prepared = (file: string, ...keys: readonly string[]): readonly Row[] =>
  keys.map((each) => [`vim ${file}`, 'yiw"ayyma/e\r``', each]);

// prettier-ignore
export const SESSION_ROWS: readonly Row[] = [
  ...on('f', 'jjlllVjAx\x1b', 'jjlllVkAx\x1b', 'jjlllvjAx\x1b', 'jjlllvkAx\x1b', 'wveAx\x1b', 'wvbAx\x1b', 'wvbIx\x1b', 'jjlllVkIx\x1b', 'jjlllVjIx\x1b',
    'wvAx\x1b', 'wwci(x\x1b``', 'jjwci"new\x1b``', ':g/a/m0\r', ':g/a/t.\r', 'jmakddOx\x1b\'a', 'jmadd\'a', 'jmaJ\'a', 'jjmakkJ\'a', 'jjma:m0\r\'a',
    '5jmaggyyP\'a', '5jmagg:s/ /\\r/g\r\'a', '4jwy_vaw', ':1q\r', ':1e g\r', ':2,3ls\r', 'Gyyp]p', 'jyyk]p', 'yyj]p', 'yyj[p', 'wywj]p', 'Gmx:1,3d\r\'x',
    'jjmxggdG\'x', '5jwdw', '5jwe', '5jwea!\x1b', '5jwcwX\x1b', '5jw*', '5j3w', '5jA한글abc\x1bb', '5jA한글abc\x1bi\x17\x1b', '5jA漢字かな\x1bbb', ':%s/\\<글/x/\r',
    ':%s/\\<word/x/\r', '5jA 한abc\x1b:%s/\\<abc/x/\r', '5jA 한abc\x1b:%s/\\<abc\\>/x/\r', '5jA 한abc\x1b:s/\\k\\+$/x/\r', 'jjlllvjIx\x1b', 'wwvlIx\x1b',
    'vAx\x1b', 'wwvbAx\x1b', 'jjvkAx\x1b', 'jjllvjhhAx\x1b', 'jjlllvjhIx\x1b', 'jjlllvkIx\x1b', '3"ayy', '3"Ayy', 'Vjj"ay', '\x16jj"ay', ':1,3y a\r', '5|*',
    'd*', 'dGdd', 'yydGddp', 'dGx', 'dGJ', 'dGyyp', ':s/a/X/\rj2&', ':s/a/X/\rG2&', '3&', 'yyjP', 'jyyP', 'yyPj', 'yy3P', 'iab\x1bOcd\x1b', 'iab\x1b[Bcd\x1b',
    'iab\x1bOBcd\x1b', 'iab\x1bjcd\x1b', 'O\x1b'),
  ...on('code', 'qq\x18)q@q', '$*', '$yiW*'),
  ...on('long', 'y#'),
  ...prepared('wide', 'Y4g_4geg_', '5cwtab\there\x1b>>5p"adap', 'Nifoo\x1bgeAab\rcd\x1b', '"ad5$jmagi!\x1b', 'd{\x16geHgkoAtab\there\x1b?e\rgUU', '<gk-:3<\r4;',
    'd0o  two\x1bFnb', 'qq"aPgjq@q@@Ifoo\x1bOa b\x1b{', 'oif (x) {\x1bv-|Tn~B2B', '.Va<WU"agUa[x', '{u^tn', 'Feikey: v\x1b{yap', 'j\x18g~awA한글\x1b',
    'T"i한글\x1bofoo\x1bd$', 'pkvi[lI한글\x1b/a\r', 'oHello world\x1b|:set ic\r:k b\r', 'L|v4HeYv)2^p', '*Ggg?a\r\x16i{a"R+\x1b', 'gUU\x16a{gk\x1bgv:ri 30\rVjY,',
    '|kAtab\there\x1byy\x01', 'w"apgu`aafoo\x1bdiw', '2<}:w\r3gg5`aox\x1b', '-4g&^disF)', 'qqu,q@q@@l5$Po  two\x0e\x1b', '>5|d%u/\\<w\rA한글\x1b',
    ':2,4s/n/N/\rs한글\x1bj5gkAa b\x1b', 're:set ic\r4o(z)\x1b>2L0', '\x16iwD0\x16T글{Sn\x1b4\x01ge', 'E10i12\x1bo  two\x1b4Aa b\x1bxp',
    'A한글\x1b5-HSx\x1b:g/e/t.\r'),
  ...prepared('code', '10g_uXstab\there\x1b', '\x12Ia b\x1bIkey: v\x1bv+<', '{:set ts=4\rv2Fi\x1by5-', 'HvgejWy\x01Aa b\x1b', 'F)\'\'r"I한글\x0eq\x1b',
    'ci{ab\rcd\x1boab\rcd\x1bv`a<5E', 'Pgv\x1bY:normal wx\r', 'IHello world\x1bTavge"ayqq\x18)q@q@@', 'N:sort\r:g/n/normal A;\r\x16i(gj_I한글\x1b',
    'Itab\there\x1bdd$5gua"', 'w:red\rv$10nwr-vj\'\'4jp', '2gjgi!\x1bgj10okey: v\x1b', 'Ldw3]pg_', ':reg a\rvi{a[iwog\x013gke', 'g&dasdw:sort!\r',
    'b?o\r_vg_hD', 'EVab5jy4ikey: v\x1bge', 'cw12\x1b"aPVi[n<viW$LD', 'G:3m0\rqqdawMq@q]p', '<4-3Hciwa b\x1b2X', 'E10>>$3ox\x1b',
    '[p)qqciwkey: v\x1bLq@q@@3<2;', '2``Ve3E%J://\r]p', 'A12\x1b5dwia b\x1bsx\x1b', 'visa<$5T글,Hg_', 'gUi<daw\x18yy;', '"acjkey: v\x1bL\x12dd:e!\r',
    '/^\rwH)a12\x1b', 'uAif (x) {\x04q\x1bl|N', '3"apvft\x01Ydw\x16ab|U', 'ax\x1b;:g/n/normal A;\r\x16-isho\x0110j', 'jdwg~2W:g/n/normal A;\r5j',
    '10N-dwi한글\x15\x1bcc  two\x1b', 'Ckey: v\x1b5*-2\x125o(z)\x1b', '2_10di[:ri 30\ri  two\x1b10G', '[pvit$g~`addp\x12', 'VaWA(z)\x1b10$2+ix\x1b:e!\r',
    '\x16kpFayiw"agUL)', '5%?e\rV+x3``\'\'', 'Y>>O한글\x1bgugej', '4kh3{-4d{', 'VwLibu:1ka\r<aW?[a-z]\r5N', 'V$4Gyma``gv\x1bgJ',
    ':2,3j\rttvt)ggg\x01iif (x) {\x1bdab', 'SHello world\x1b\x16N3Bs=\x1bo  two\x1b[B\x1bOfoo\x1bH', 'va[j"adf(/[a-z]\rw{', 'E\x16Eckey: v\x0e\x1bC(z)\x1b;guk',
    'Afoo\x1bdn5g~abj:retab\r', 'g~awg&3oif (x) {\x1bccHello world\x1b[Bq\x1bgUat', 'va{o<gP4*Vt1i{DAx\x1b'),
  ...prepared('long', 'Nz.>(<<', '2-yydaw3gP', '4FnIab\rcd\x1b[A\x1b,/line\r', 'ddp)2guB2gj', 'R(z)\x1b:2t$\rv3%4{Ia b\x1b\x16%aWp', 'A한글\x1b_gui{Vi"40P',
    'e\x18:&&\rtt', 'Vas\x1baHello world\x1bvawib<2\x02', '://\rXvg_J\x16Top', '4xp10+:2t$\rw', '`aA12\x1b5f글diw', 'Akey: v\x1bgj4M;', '\x04?line\rdd+daw',
    'maD?^\rgk"a2g~B', '<5;zzweL', 'G0qqsx\x1b,q@qw_', 'Va[awd\x16(oDVwj$oab\rcd\x1b(', 'ln5.z-?o\r', 'a  two\x1b4|:set list\r\x16is3g_a"o\x1bgvciw12\x1b',
    'vj\x1bgvP_J5yy', ';yw-\'\'3\x19', '`ag~\'\'gpWofoo\x1b'),
  ...prepared('g', 'j3("ap\x01', '5diw3.-W', '3iif (x) {\x1b:ce 40\rgUapD', 'dd<<gu(x', 'ikey: v\rq\x1b:reg a\r10Oa b\x1bV+p', 'v_P-Ggk',
    'uotab\there\x1b>a(:2t$\r', ':&&\r>>}5ccab\rcd\x14\x1b', '10Y2gp%C  two\x1b', ':/o/\r>i<f글Vnu', '.qqdweq@q@@bqq10gP0q@q', 'ddaHello world\x1bg&Ax\x1b',
    '3j(?e$\r<<', '10pk10u/e$\r', 'gk:g/a/d\rma:2,3j\r', 'ge:u\rcwa b\x1bN', '/e\r10UjU', '>2MpoHello world\x1b"ag~as', '\x16iW"adV3^koY/^\rVNrx{',
    '@:diw"a<a\'"aP3(', 'ft10]pgv\x1b2BqqSx\x1bLq@q', '2>>k\x165Lapg\x01cipa b\x1b>5}', '"agui(?\\<w\r4UAif (x) {\x1b:s/a/X/g\r', '{v^h^<3gg3gkgP',
    '5\x18)?[a-z]\rqqgi!\x1bgkq@qg~f글', '4faOtab\there\x1bT,vaWgkJ<<', 'vB0\x0110HqqccHello world\x1b`aq2@q5Eqq.-q10@q', 'g~~Lv,10n0s=\x1bdwV5w`aY',
    'X5}pL?^\r', ':1,3y\r>>4j:$pu\r^'),
  ...prepared('f', '\x01b?e$\r(', 'PL|4N', '10_xp<<?e\r', 'ix\x1b"aP"a>at``', 'gUGJw:k b\r', '3p3ikey: v\x1b:3<\rG', '>>ddp:set hls\r:set nonu\r',
    'qq\x18`aq@q@@"ada((?\\<w\r', '4$V3gkg\x01Vat:s/a/Q/\r5d4{', '2Bu2c3gefoo\x1b10gg', 'WVgjJ4g&,', '10{gJ/^\r10P', 'F cibHello world\x1b5dawh',
    'gU-V^lawgJV-W:norm A.\rN', 'yiwd$akey: v\x1b\x16(i[:s/a/Q/\r', 'A- item\x1b3xpqqgi!\x1bkq@qW', 'G:w h\rwL', '+:.,$s/\\w\\+/<&>/\rNv`a5+F)gJ', 'b5h+d10,',
    'vt)k:s/a/Q/\rx:set hls\ryy', 'j/^\r\x01+', 'p^*^', '0]p.p', 'V4w2G:s/a/Q/\rdw5<g_V-+o\x1bgv', 'qqcwab\rcd\x17q\x1bBq@qLwvNj:norm A.\r',
    '%5yy\x162HC-\x1b:set nonu\r', 'eg~Fe3<</line\r', 'b4k>100egui{', 'Viw2n2F)\x1b10Expxp:2,3>\r', 'V{_ocif (x) {\x1b3^n:$\rdi<',
    ':le\rddvjkYqqJ$q@q:set ai sw=2 et\r', '.2\x18+xpN', 'D\x16i[b"ad2jh:set hls\r', 'Ikey: v\x1b:3m0\r\x16)3,-~guuV2hl2w\x1b', '&>W2yw?a\rma',
    ':2\ryy<t "ayisg~2(', '/a\r\x12/e$\r>>3y^', 'gJo(z)\x1b[Dq\x1b:v/e/d\rMx', 'yiw"ad3+BH<<', '2;dwotab\there\x1b0y}', 'g~+g_oif (x) {\x1bvE>:set ic\r',
    't1dawn4<{5dd', 'xpM:reg a\r}oa b\x1b', '^qqyy2bq@qgu%2g;:.,$s/\\w\\+/<&>/\r', '2{g~j4>$<isxp', '/\\<w\r:2\rgk*F글',
    'jccif (x) {\x1bnyi{:.,$s/\\w\\+/<&>/\r', 'ugJ5A12\x1bwt)'),
  ...prepared('nums', 'd$:%s/e/E/g\rcw(z)\x17\x1b5>>', '5gv\x1bpAab\rcd\x1b2da[', '10``$5\x18yi\'', '2a12\x1b3gU{vi(YB', '2fa2w>bW',
    '_\x16ibFa~yiwAab\rcd\x0fwq\x1b', '3,gg:set list\rIx\x1b', 'vjJEo  two\x10\x1b10G', 'gv\x1bJP\'\'', '4yw\x16a<Mx|y4$', 'nyiwoa b\x1bia b\x1b', '3W\x18h5dw',
    '"a>at3|:w h\rta', 'uAHello world\x1b"ach- item\x1b(', 'diwo- item\r\x1b2.,', 'g_NVNY:2,3co.\r', 'g&yatdaw/\\<w\r',
    '3HSab\rcd\x12"q\x1bO  two\x1bqqCif (x) {\x1bnq@q', ':pu a\r10,,Akey: v\x05\x1b', 'V,p"aP10<4w\x162G;Akey: v\x1b', ':$\r:2,3>\r\x12M',
    'MvHw`aAfoo\x1b4)?e$\r', 'di[+gk|', 'y(yy:k b\r<k\x16`aY', '\'\'f글ma4gugg:3m0\r', ';\x12dg_Vapa{apC-\x1b\x162}y', 'Aa b\x1b5Cfoo\x12"\x1bW5j5G',
    '>>wjoif (x) {\x1bC  two\x1b', 'ca"  two\x1b``Pccif (x) {\x12"q\x1b:ri 30\r', 'vb(R+\x1b?e\r:2,4s/n/N/\rYL'),
  ['vim code', 'qq\x18)q', '@q'],
  ['vim wide', 'yyma', 'Pgj'],
  ['vim wide', 'yy', 'PgjPgjPgj', 'Ifoo\x1b', 'Oa b\x1b', '{'],
  ['vim f', 'yyP', 'j'],
  ['vim f', 'O', '\x1b', 'jP'],
];

export const KNOWN_DIFFERENCES: readonly Row[] = [];
