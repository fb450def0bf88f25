import { enPercent, enRegions, enGenres as genres, sentence } from './en-names.ts';
import { enStats } from './en-stats.ts';
import type { ChatWords } from './language.ts';

const date = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', timeZone: 'UTC' });

export const enChat: ChatWords = {
  album: (count, loudest, genre) =>
    `${count} photos read as one. Number ${loudest} speaks loudest for ${genres[genre]}, so the words are about it.`,
  unread: (count) =>
    count === 1 ? 'One picture could not be read.' : `${count} pictures could not be read.`,
  waiting: (place) => `One moment, yours is number ${place} in line.`,
  noPicture: (genre, shown) =>
    `I can’t get your photo any more, so the picture still shows ${genres[shown]}. The words are about ${genres[genre]}.`,
  buttons: {
    why: 'Why not …?',
    back: '‹ Back',
    share: 'Share',
    voted: (mark) => `${mark} ✓`,
    tracks: '🎵 Tracks',
    more: 'More ›',
    chosen: (label) => `${label} ✓`,
  },
  tracksTitle: (genre, region) => `🎵 ${sentence(genres[genre])} · ${enRegions[region]}`,
  askRight: 'Which genre should it have been?',
  thanks: 'Thank you, noted.',
  thanksGenre: (genre) => `Thank you, noted: ${genres[genre]}.`,
  help: {
    title: 'Send a photo, get the music in it',
    lines: [
      '1. Send me a photo, an album or an image file.',
      '2. I answer with its genre, a heatmap of what counted, and two playlists.',
    ],
    inGroups: {
      telegram: '3. In a group, reply to a photo with /vibe.',
      discord:
        '3. In a server, use /vibe, or right-click a message with a photo and choose Apps ▸ Get the vibe.',
    },
    example: 'For example: a cup of coffee on a wooden table comes back as jazz.',
  },
  about: {
    title: 'About this bot',
    what: 'I look at a photo and say which of five genres it looks like: classical, electronic, jazz, pop or rock.',
    model: (version, backbone, accuracy) =>
      `Model ${version} (${backbone}). On pictures that it had never seen it named the genre right in ${enPercent(accuracy)} of cases.`,
    privacyHeading: 'Privacy in short',
    privacy:
      'For 30 days I keep what buttons need: who asked and where, the scores, coarse heatmaps, measured colours and my words, your vote, and a fingerprint of the photo with the reference by which the chat itself finds it. Others see a result only where you post or share it.',
    describer:
      'To put it into words, OpenAI is shown a small copy of the photo and of the heatmap, without file data and without your name. What it said I keep for 7 days, so that it is not shown the same photo twice.',
  },
  playlist: {
    ask: 'Which genre?',
    unknown: (word) => `“${word}” is not one of the five genres. Which one would you like?`,
  },
  language: {
    title: 'Language',
    ask: 'Which language shall I speak with you?',
    askChat: 'You manage this group: you can also choose for everyone here who has not chosen.',
    forChat: (name) => `${name} for the group`,
    done: 'From now on I speak English with you.',
    doneChat: 'From now on I speak English in this group, except with those who chose another language.',
    unknown: (word) => `I don’t speak “${word}” yet. Which language would you like?`,
  },
  search: {
    result: (genre, at) => `${sentence(genres[genre])}, from ${date.format(at)}`,
    playlists: 'Send the playlists',
    hint: 'Send me a photo',
    nothing: 'Nothing to share here: send me a photo',
  },
  stats: enStats,
  menu: {
    vibe: 'The music in a photo: send it as a reply to one',
    playlist: 'Playlists of a genre, without a photo',
    stats: 'Your genres; in a group, everybody’s this week',
    language: 'English or Arabic',
    privacy: 'What is kept of you, and your choice',
    export: 'All I know about you, as a file',
    forget: 'Delete all I know about you',
    about: 'The model, and your privacy',
    help: 'How it works, in three lines',
  },
  slash: {
    names: {
      vibe: 'vibe',
      playlist: 'playlist',
      stats: 'stats',
      language: 'language',
      privacy: 'privacy',
      export: 'export',
      forget: 'forget',
      about: 'about',
      help: 'help',
      image: 'image',
      genre: 'genre',
      private: 'private',
      region: 'region',
    },
    message: 'Get the vibe',
    vibe: 'The music in a photo: its genre, a heatmap of what counted, and playlists',
    image: 'The photo',
    why: 'Ask about one genre: why, or why not? Otherwise I explain the likeliest',
    private: 'Only you see the answer',
    genre: 'Which genre? Otherwise I ask',
    region: 'Global or Khaleeji? Otherwise both',
    language: 'Which language shall I speak with you? Otherwise I ask',
  },
  description:
    'Send me a photo and I tell you which music is in it: classical, electronic, jazz, pop or rock. You get a heatmap of what counted, the reasons in words, and two playlists, Global and Khaleeji. /privacy tells what is kept of you.',
  shortDescription: 'Send a photo, get the music in it: genre, heatmap and playlists.',
};
