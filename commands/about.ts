import type { Command } from '../src/core/command.ts';
import { textCard } from '../src/core/text-card.ts';
import { LANGUAGES } from '../src/languages/languages.ts';

/** /about: what this is, the model and how good it is, and privacy in short. */
export const about: Command = async function* (_, { language }, { model, explainer, archive }) {
  const { title, what, model: ofModel, privacyHeading, privacy, describer } = LANGUAGES[language].chat.about;
  const { inShort } = LANGUAGES[language].privacy;
  yield textCard(language, title, [
    what,
    ofModel(model.version, model.backbone, model.accuracy),
    { kind: 'text', heading: privacyHeading, text: `${inShort[archive.usual]} ${privacy}` },
    ...(explainer.wantsPreviews ? [describer] : []),
  ]);
};
