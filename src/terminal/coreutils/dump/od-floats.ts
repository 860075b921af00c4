/** Floating point numbers as od writes them: with as many digits as tell them from their neighbours. */

/** Significant digits that are tried first, and the width of a column. */
const FLOATS: Readonly<Record<number, { readonly digits: number; readonly width: number }>> = {
  4: { digits: 6, width: 15 },
  8: { digits: 15, width: 24 },
};

export const floatWidth = (size: number): number | undefined => FLOATS[size]?.width;

/** The number of a block of 4 or 8 bytes. */
export function floatText(bytes: Uint8Array, size: number): string {
  const whole = new Uint8Array(size);
  whole.set(bytes);
  const view = new DataView(whole.buffer);
  const value = size === 4 ? view.getFloat32(0, true) : view.getFloat64(0, true);
  if (Number.isNaN(value)) return (whole[size - 1] ?? 0) & 0x80 ? '-nan' : 'nan';
  if (!Number.isFinite(value)) return value < 0 ? '-inf' : 'inf';
  const isNormal = Math.abs(value) >= (size === 4 ? 1.175_494_350_822_287_5e-38 : 2.225_073_858_507_201_4e-308);
  for (let digits = isNormal || value === 0 ? (FLOATS[size]?.digits ?? 1) : 1; ; digits += 1) {
    const text = general(value, digits);
    const read = size === 4 ? Math.fround(Number(text)) : Number(text);
    if (read === value || digits >= 17) return text;
  }
}

/** printf's %g with a precision. */
function general(value: number, digits: number): string {
  if (value === 0) return Object.is(value, -0) ? '-0' : '0';
  const [mantissa = '', exponent = '0'] = value.toExponential(digits - 1).split('e');
  const power = Number(exponent);
  const short = (text: string): string => (text.includes('.') ? text.replace(/\.?0+$/, '') : text);
  if (power >= -4 && power < digits) return short(value.toFixed(digits - 1 - power));
  return `${short(mantissa)}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
}
