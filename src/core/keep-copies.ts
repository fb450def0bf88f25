import type { CommandDependencies } from './command.ts';
import { type Genre, rankGenres } from './genre.ts';
import type { KeptRecord } from './kept-photo.ts';
import type { PlatformName } from './request.ts';
import type { Measured } from './types.ts';

export interface WhoseCopies {
  readonly platform: PlatformName;
  /** Who sent the photos. */
  readonly sender: string;
  readonly consent: KeptRecord['consent'];
  readonly resultId: string;
  /** As Archive.keep has it. */
  readonly askedAt: number;
}

/** Discord forbids it without its permission: https://support-dev.discord.com/hc/en-us/articles/8563934450327 */
const NOT_TRAINABLE: readonly PlatformName[] = ['discord'];

/** Keeps the copies of photos that were read; on disk when this resolves. What cannot be kept is not, and counted there. */
export async function keepCopies(
  pictures: readonly Pick<Measured, 'copy' | 'scores'>[],
  { platform, sender, consent, resultId, askedAt }: WhoseCopies,
  {
    archive,
    personOf,
    calendar,
    model,
  }: Pick<CommandDependencies, 'archive' | 'personOf' | 'calendar' | 'model'>,
): Promise<void> {
  const { pseudonym } = personOf(platform, sender);
  for (const { copy, scores } of pictures) {
    if (copy === null) continue;
    const record = {
      platform,
      date: new Date(calendar()).toISOString().slice(0, 10),
      genre: rankGenres(scores)[0] as Genre,
      scores,
      modelVersion: model.version,
      consent,
      trainable: !NOT_TRAINABLE.includes(platform),
      vote: null,
    };
    await archive.keep({ pseudonym, resultId, jpeg: copy, record }, askedAt);
  }
}
