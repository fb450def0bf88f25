import type { PrivacyWords } from './privacy-words.ts';

const inShort = {
  ask: 'Your photo is kept only if you allow it: /privacy.',
  keep: 'Your photo is kept unless you say no: /privacy.',
  off: 'I don’t keep your photos.',
} as const;

const PURPOSES = {
  telegram: 'to make the model better',
  discord: 'to check how good the answers are, never to train a model',
} as const;

const COUNTS = {
  ask: 'Your choice counts from your next photo on, and only for photos that you send yourself.',
  keep: 'Your choice counts from your next photo on.',
} as const;

export const enPrivacy: PrivacyWords = {
  ask: {
    telegram: 'May I keep your photos to make the model better? No photo is kept unless you say so. /privacy',
    discord:
      'May I keep your photos to check how good my answers are? They train nothing. No photo is kept unless you say so. /privacy',
  },
  buttons: { keep: 'Keep my photos', drop: 'Don’t keep' },
  toasts: {
    kept: 'Thank you. From now on I keep your photos. /privacy takes it back, /forget deletes them.',
    dropped: 'I don’t keep your photos. Those that were kept before go with /forget.',
  },
  title: 'Your privacy',
  results: {
    heading: 'Answers, 30 days',
    text: (storedIn) =>
      `Who asked and where, the scores, coarse heatmaps, measured colours, my words, your vote, a fingerprint of the photo and the reference by which the chat itself finds it: the buttons need them. They are ${storedIn === 'here' ? 'on the machine that runs me' : 'in a database at AWS that only I can read'}. Your language and your choice about photos are kept there until you change them.`,
  },
  counts: {
    heading: 'Figures, 90 days',
    text: 'Genre, confidence, vote and day of each answer, under a code in place of your name. After that only sums of whole days are left.',
  },
  words: {
    heading: 'Words, 7 days',
    text: 'OpenAI is shown a small copy of the photo and of the heatmap, without file data and without your name. What it said is kept by the photo’s fingerprint.',
  },
  photos: {
    heading: 'Photos',
    text: (usual, platform) =>
      usual === 'off'
        ? inShort.off
        : `${usual === 'ask' ? 'Only if you allow it' : 'Unless you say no'}: a smaller copy without file data, with its genre, scores, day and your vote, under a code in place of your name, in a private archive at AWS, ${PURPOSES[platform]}. It stays, with a note of it here, until you ask me to forget you. ${COUNTS[usual]}`,
  },
  inShort,
  you: {
    heading: 'About you, just now',
    text: ({ results, votes, predictions, kept, waiting }) =>
      `Answers: ${results}. Votes: ${votes}. Figures: ${predictions}. Photos kept: ${kept}${waiting > 0 ? ` (on their way to the archive: ${waiting})` : ''}.`,
  },
  choice: (keeps, chosen) =>
    keeps
      ? `Your photos are kept${chosen ? ', as you allowed' : ' unless you say no'}.`
      : `Your photos are not kept${chosen ? ', as you said' : ''}.`,
  commands: '/export sends you everything I know about you. /forget deletes it.',
  export: {
    title: 'All I know about you',
    text: 'It is in this file, as JSON. /forget deletes it all.',
    label: 'The file could not be sent here. Ask me again in a private chat.',
  },
  forget: {
    title: 'Forgetting you',
    here: 'Deleted: your answers, votes, figures, language and choices, and photos that had not left this machine. Messages that are in the chat stay there; their buttons do nothing any more.',
    begun: 'I am deleting everything about you. It takes a while, and I tell you when it is done.',
    keepsOn: 'Photos that you send from now on are kept again, unless you say no.',
    archiveToo: 'What the archive has of you is being deleted. I tell you when it is done.',
    all: 'Nothing about you is left with me, and none of your photos in the archive.',
  },
};
