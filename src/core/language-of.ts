import { askerKey, communityKey, type Request } from './request.ts';
import type { Store } from './store.ts';
import { LANGUAGE_CODES, type Language } from './types.ts';
import { unlessStorageFails } from './unless-storage-fails.ts';

/** What the asker chose, else what was chosen for the chat, else their client's language, else `fallback`. */
export async function languageOf(
  request: Request,
  store: Pick<Store, 'language'>,
  fallback: Language,
): Promise<Language> {
  const stored = (key: string) => unlessStorageFails(() => store.language(key), null);
  const own = await stored(askerKey(request));
  const chosen = own ?? (request.chat.shared ? await stored(communityKey(request)) : null);
  return chosen ?? ofLocale(request.asker.locale) ?? fallback;
}

/** 'ar-SA' is ar; null for a language that we have no words in. */
function ofLocale(locale: string | null): Language | null {
  const [code] = locale?.toLowerCase().split(/[-_]/) ?? [];
  return LANGUAGE_CODES.find((each) => each === code) ?? null;
}
