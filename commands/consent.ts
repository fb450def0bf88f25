import type { Reply } from '../src/core/card.ts';
import type { CommandContext, CommandDependencies } from '../src/core/command.ts';
import { isForgottenSince } from '../src/core/is-forgotten-since.ts';
import { keepCopies } from '../src/core/keep-copies.ts';
import { OutletError } from '../src/core/outlet-error.ts';
import { askerKey, isAlone, type ShownPicture } from '../src/core/request.ts';
import type { StoredResult } from '../src/core/stored-result.ts';
import type { Measured } from '../src/core/types.ts';
import { UserError } from '../src/core/user-error.ts';
import { CONSENT_VERSION } from '../src/languages/consent-version.ts';
import { LANGUAGES } from '../src/languages/languages.ts';
import { privacyCard } from './privacy.ts';
import { requireOwner } from './require-owner.ts';
import { showFirst } from './why-not.ts';

export interface Consent {
  readonly keep: boolean;
  /** The answer that asked; null: none did. */
  readonly result: StoredResult | null;
  readonly pictures: readonly ShownPicture[];
}

/**
 * Whether the photos of whoever presses are kept from now on, and those of the answer that asked as well, if the platform
 * still serves them. Throws UserError stale-button, not-yours.
 */
export async function* consent(
  { keep, result, pictures }: Consent,
  context: CommandContext,
  dependencies: CommandDependencies,
): AsyncGenerator<Reply, void> {
  const { request, language, signal } = context;
  const { store, archive, calendar, person } = dependencies;
  if (archive.usual === 'off') throw new UserError('stale-button', {});
  if (result) await requireOwner(result, request, dependencies);
  const asker = askerKey(request);
  await store.setChoice(asker, { keep, version: CONSENT_VERSION, at: calendar(), resultId: null });
  if (await isForgottenSince(context, dependencies)) {
    await store.forget(person); // it came between
    throw new UserError('stale-button', {});
  }
  const { kept, dropped } = LANGUAGES[language].privacy.toasts;
  yield { kind: 'toast', text: keep ? kept : dropped };
  if (result && keep) await keepThese(result, context, dependencies);
  if (result) {
    yield* showFirst(result, { view: 'result', language, pictures, asker }, dependencies, signal);
  } else if (isAlone(request)) {
    yield await privacyCard(context, dependencies);
  }
}

/** The pixels are worth no longer wait. */
const FETCH_LIMIT_MS = 10_000;

/** Photos that were read before their sender said so. */
async function keepThese(
  { id: resultId, platform, owner: sender, pictures }: StoredResult,
  { signal, acceptedAt: askedAt }: CommandContext,
  dependencies: CommandDependencies,
): Promise<void> {
  const { imageSource, photoReader } = dependencies;
  const limited = AbortSignal.any([signal, AbortSignal.timeout(FETCH_LIMIT_MS)]);
  const read: Measured[] = [];
  for (const { reference } of pictures) {
    try {
      const bytes = await imageSource.fetch(reference, limited);
      read.push(await photoReader.measure(bytes, true, limited));
    } catch (error) {
      signal.throwIfAborted();
      if (!(limited.aborted || error instanceof UserError || error instanceof OutletError)) throw error;
    }
  }
  const basis = { basis: 'person', version: CONSENT_VERSION } as const;
  await keepCopies(read, { platform, sender, consent: basis, resultId, askedAt }, dependencies);
}
