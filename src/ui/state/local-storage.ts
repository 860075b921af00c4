/** Small facts kept by the browser. Where storage is refused the page works on without memory. */
export function stored(key: string): string | undefined {
  try {
    return localStorage.getItem(key) ?? undefined;
  } catch {
    return undefined;
  }
}

export function store(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // The status bar already says that nothing is kept.
  }
}

export function forget(key: string): void {
  try {
    localStorage.removeItem(key);
  } catch {
    // Nothing was kept.
  }
}

/** A value kept as JSON, or the fallback where it is missing or not of the expected shape. */
export function storedJson<T>(key: string, isValid: (value: unknown) => value is T, fallback: T): T {
  const text = stored(key);
  if (text === undefined) return fallback;
  try {
    const value: unknown = JSON.parse(text);
    return isValid(value) ? value : fallback;
  } catch {
    return fallback;
  }
}
