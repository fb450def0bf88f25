import type { Block } from '../src/core/card.ts';
import type { Command, CommandContext, CommandDependencies } from '../src/core/command.ts';
import { drawMix } from '../src/core/draw-mix.ts';
import { mixOf } from '../src/core/mix-of.ts';
import type { Tally } from '../src/core/prediction.ts';
import { presentOverview } from '../src/core/present-overview.ts';
import { presentGroupStats, presentOwnStats } from '../src/core/present-stats.ts';
import { type Call, communityKey, isAlone } from '../src/core/request.ts';
import { UserError } from '../src/core/user-error.ts';

const WEEK_MS = 7 * 24 * 60 * 60_000;

/** /stats: the asker's own photos, or the group's where others read along; for whoever runs the bot everybody's, too. */
export const stats: Command<Call & { command: 'stats' }> = async function* (_, context, dependencies) {
  const { request, language, signal } = context;
  const { store, calendar, person, isAdmin } = dependencies;
  if (!isAlone(request)) {
    const community = communityKey(request);
    yield presentGroupStats(await store.tally({ community, since: calendar() - WEEK_MS }), language);
    return;
  }
  // of 90 days: older ones are nobody's any more
  const own = await store.tally({ pseudonym: person.pseudonym, since: null });
  const chart = await drawChart(own, dependencies, signal);
  yield presentOwnStats(own, chart, isAdmin ? await overview(context, dependencies) : [], language);
};

/** null where there is nothing to draw, or nobody to do it just now: the figures say it, too. */
async function drawChart(
  { genres }: Tally,
  { photoReader }: Pick<CommandDependencies, 'photoReader'>,
  signal: AbortSignal,
): Promise<Uint8Array | null> {
  const { photos, parts } = mixOf(genres);
  if (photos === 0) return null;
  try {
    const { jpeg } = await photoReader.encode(drawMix(parts), signal);
    return jpeg;
  } catch (error) {
    if (error instanceof UserError) return null;
    throw error;
  }
}

async function overview(
  { language }: CommandContext,
  { store, calendar, model }: CommandDependencies,
): Promise<Block[]> {
  const ever = await store.tally({ since: null });
  const week = await store.tally({ since: calendar() - WEEK_MS });
  return presentOverview({ ever, week, expected: model.predicted }, language);
}
