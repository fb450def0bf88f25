import type { Block, Card } from '../src/core/card.ts';
import type { Command, CommandContext, CommandDependencies } from '../src/core/command.ts';
import { consentButtons } from '../src/core/present-consent.ts';
import { askerKey, type Call, isAlone } from '../src/core/request.ts';
import { textCard } from '../src/core/text-card.ts';
import { LANGUAGES } from '../src/languages/languages.ts';

/** /privacy: what is stored about the asker, for how long and where; and the choice whether photos are kept. */
export const privacy: Command<Call & { command: 'privacy' }> = async function* (_, context, dependencies) {
  yield await privacyCard(context, dependencies);
};

/** Where others read along it says what holds for everybody; its buttons are for whoever presses them. */
export async function privacyCard(context: CommandContext, dependencies: CommandDependencies): Promise<Card> {
  const { request, language } = context;
  const { archive, explainer, storedIn } = dependencies;
  const say = LANGUAGES[language].privacy;
  const isOn = archive.usual !== 'off';
  const own = isAlone(request) ? await ownBlocks(context, dependencies) : [];
  const blocks: (string | Block)[] = [
    { kind: 'text', heading: say.results.heading, text: say.results.text(storedIn) },
    { kind: 'text', heading: say.counts.heading, text: say.counts.text },
    ...(explainer.wantsPreviews
      ? [{ kind: 'text', heading: say.words.heading, text: say.words.text } as const]
      : []),
    {
      kind: 'text',
      heading: say.photos.heading,
      text: say.photos.text(archive.usual, request.platform),
    },
    ...own,
    { kind: 'text', text: say.commands, quiet: true },
  ];
  return textCard(language, say.title, blocks, isOn ? [consentButtons(null, language)] : []);
}

/** What there is of the asker just now, and what they chose. */
async function ownBlocks(
  { request, language }: CommandContext,
  { store, archive, person }: CommandDependencies,
): Promise<Block[]> {
  const say = LANGUAGES[language].privacy;
  const about = await store.about(person);
  const kept = await archive.kept(person.pseudonym);
  const choice = await store.choice(askerKey(request));
  const counted = {
    results: about.results.length,
    votes: about.votes.length,
    predictions: about.predictions.length,
    kept: kept.length,
    waiting: kept.filter(({ waits }) => waits).length,
  };
  const keeps = choice?.keep ?? archive.usual === 'keep';
  const chosen = choice?.keep === true || choice?.keep === false;
  return [
    { kind: 'text', heading: say.you.heading, text: say.you.text(counted) },
    ...(archive.usual === 'off' ? [] : [{ kind: 'text', text: say.choice(keeps, chosen) } as const]),
  ];
}
