/** The page's monospaced fonts, for those who draw text by themselves. */
export const monospace = (): string => getComputedStyle(document.documentElement).getPropertyValue('--mono').trim();

/** Without the face of Hangul, which is not there before it is asked for: who measures it sooner measures another font. */
export const latinMonospace = (): string => monospace().replace(/^(["'])Hangul in cells\1,\s*/, '');

/** Settles when Hangul can be measured; also on a machine that has none of its fonts. */
export async function loadHangul(): Promise<void> {
  try {
    await document.fonts.load('14px "Hangul in cells"', '한');
  } catch {
    // None of them is installed: Hangul comes from what the browser falls back to.
  }
}
