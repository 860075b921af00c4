import { stored, store } from '../state/local-storage.ts';
import { type Dictionary, en } from './en.ts';
import { ko } from './ko.ts';

export type Locale = 'ko' | 'en';

const DICTIONARIES: Readonly<Record<Locale, Dictionary>> = { ko, en };
const KEY = 'drydock.locale';

class I18n {
  #locale = $state<Locale>(initialLocale());

  get locale(): Locale {
    return this.#locale;
  }

  /** The texts of the language that is on. */
  get t(): Dictionary {
    return DICTIONARIES[this.#locale];
  }

  switchTo(locale: Locale): void {
    this.#locale = locale;
    store(KEY, locale);
    document.documentElement.lang = locale;
  }
}

function initialLocale(): Locale {
  const known = stored(KEY);
  const locale = known === 'ko' || known === 'en' ? known : navigator.language.startsWith('ko') ? 'ko' : 'en';
  document.documentElement.lang = locale;
  return locale;
}

export const i18n = new I18n();
