import type { Genre } from '../core/genre.ts';
import type { AdminWords } from './admin-words.ts';
import { enChat } from './en-chat.ts';
import { enExplanation } from './en-explanation.ts';
import { enPercent, enGenres as genres, enRegions as regions, sentence } from './en-names.ts';
import { enPrivacy } from './en-privacy.ts';
import type { CardWords, StartWords, TerminalWords, Words } from './language.ts';
import { percentage } from './percentage.ts';
import type { RegistrationWords } from './registration-words.ts';

const capital = (genre: Genre): string => sentence(genres[genre]);

const card: CardWords = {
  title: (genre, share) => `${capital(genre)} · ${enPercent(share)}`,
  blend: (first, second) => `Between ${genres[first]} and ${genres[second]}`,
  asked: (genre, share) => `Why ${genres[genre]}? · ${enPercent(share)}`,
  winner: (genre, share) => `First choice for this photo: ${genres[genre]} · ${enPercent(share)}`,
  scores: 'All five',
  photoHeading: 'Why this photo',
  heatmapHeading: 'What the model looked at',
  heatmap: 'Heatmap',
  photo: 'The photo as I read it',
  legend: 'Heatmap: yellow parts counted most, violet ones a little, uncoloured ones hardly at all.',
  standIn: 'Words by the built-in describer.',
  playlistsHeading: 'Playlists',
  elsewhereHeading: 'Also on',
  playlist: (genre, region) => `${capital(genre)} · ${regions[region]}`,
  pending: 'One moment …',
  unavailable: 'Not available right now.',
};

const terminal: TerminalWords = {
  usage: (command) => `Usage: ${command} <photo…> [--why <genre>] [--lang <en|ar>] [--json] [--out <folder>]`,
  noPhoto: 'No photo given. Name a picture file, for example photo.jpg.',
  unknownOption: (option) => `There is no option ${option}.`,
  missingValue: (option) => `${option} needs a value after it.`,
  unknownGenre: (name) => `“${name}” is not one of the five genres: ${Object.keys(genres).join(', ')}.`,
  unknownLanguage: (name) => `“${name}” is not a language I speak. Choose en (English) or ar (Arabic).`,
  unusableFolder: (folder) => `I can’t write to the folder “${folder}”. Choose another one with --out.`,
};

const start: StartWords = {
  unreadableSettings: (file) =>
    `I can’t read ${file}. It must be a text file; .env.example shows how it looks.`,
  unusableSettings: (settings) => `These settings can’t be used: ${settings.join(', ')}. See .env.example.`,
  unusableModel: (reason) => `The model in models/ can’t be used (${reason}). Install the program again.`,
  unusablePlaylists: (reason) =>
    `I can’t use PLAYLISTS_FILE (${reason}). src/services/playlists.json shows how it looks.`,
  unusableState: (folder, reason) =>
    `I can’t keep my state in “${folder}” (${reason}). Set STATE_DIR to a folder I may write to.`,
  refusedToken: (platform, setting) =>
    `${platform} refused the token in ${setting}. Get a new one and start again.`,
  refusedIntents: (platform) =>
    `${platform} refused the bot’s intents. Check in its developer portal that the token is this bot’s.`,
  unusablePort: (host, port) => `I can’t listen on ${host}:${port}. Set PORT and HOST to a free one.`,
  otherPoller: (platform) =>
    `Another program answers ${platform} with the same token. Stop it, or use a token of its own.`,
  noToken: (settings) => `Nothing to connect to: set ${settings.join(' or ')} in .env or in the environment.`,
  noTokenNorSecret: (settings, secret, reason) =>
    `Nothing to connect to, and I can’t read the secret “${secret}” (${reason}). Make it readable, or set ${settings.join(' or ')} in .env or in the environment.`,
  unreadableSecret: (secret, reason) =>
    `I go on without the secret “${secret}”: I can’t read it (${reason}).`,
};

const admin: AdminWords = {
  title: 'For whoever runs this bot',
  deadPlaylist: (genre, region, list) =>
    `The playlist ${card.playlist(genre, region)} (${list}) is gone or empty. Its backup takes its place.`,
  deadBackup: (genre, region, list) =>
    `The backup of ${card.playlist(genre, region)} (${list}) is gone or empty, too: nothing is left for it.`,
  mendPlaylists: 'A file named by PLAYLISTS_FILE can name another list.',
};

const registration: RegistrationWords = {
  usage: (command) => `Usage: ${command} [--guild <server id>] [--dry-run]`,
  everywhere: 'Commands for everywhere:',
  inServer: (id) => `Commands for server ${id}:`,
  added: (command) => `+ ${command} is new`,
  changed: (command, fields) => `~ ${command} changes: ${fields.join(', ')}`,
  removed: (command) => `- ${command} goes`,
  unchanged: (command) => `= ${command} stays as it is`,
  written: 'Registered.',
  nothingToDo: 'Nothing to do.',
  onlyShown: 'Only shown: nothing was changed.',
  notInServer: (id) => `The bot is not in server ${id}, or may not register commands there. Invite it first.`,
  unreachable: (platform, reason) => `I can’t reach ${platform} (${reason}). Try again later.`,
  refused: (platform, reason) => `${platform} refused the commands (${reason}).`,
};

export const en: Words = {
  language: 'en',
  name: 'English',
  direction: 'ltr',
  genres,
  regions,
  percent: (share) => percentage(share) ?? '<1%',
  errors: {
    'not-found': ({ name }) => `I can’t find “${name}”. Is the path right?`,
    'not-a-file': ({ name }) => `“${name}” is not a file. Give me a single picture.`,
    empty: () => 'This file is empty. Please send the photo again.',
    'not-an-image': () => 'This is not a picture. Please send a JPEG, PNG, WebP, GIF, AVIF or HEIC photo.',
    'unsupported-format': ({ format }) =>
      `I can’t read ${format} files. Please send the picture as JPEG, PNG or WebP.`,
    'too-large': ({ maxMegabytes, maxMegapixels }) =>
      `This picture is too large. The limit is ${maxMegabytes} MB and ${maxMegapixels} megapixels.`,
    unreadable: () =>
      'I can’t open this picture: it is damaged, or I may not read it. Please send it again or try another one.',
    'timed-out': () => 'This picture took too long to open. A smaller copy should work.',
    busy: () => 'Too many photos are waiting right now. Please try again in a minute.',
    'slow-down': ({ seconds }) => `That was a lot at once. Please try again in ${seconds} s.`,
    'too-large-here': ({ maxMegabytes }) =>
      `This file is too large: I get no files over ${maxMegabytes} MB here. Send it as a photo, or a smaller copy.`,
    'picture-gone': () => 'I can’t get this picture any more. Please send it again.',
    'no-still': () => 'This one has no still picture that I can read. Please send a photo.',
    'no-photo': () => 'Which photo? Send /vibe as a reply to one.',
    'no-picture-here': () => 'There is no picture in this message that I can read.',
    'hidden-picture': () =>
      'I can’t see the pictures of that message. Right-click it, or press and hold it, and choose Apps ▸ Get the vibe.',
    'may-not-post': () => 'I’m not allowed to post here. Whoever manages this channel can change that.',
    'nobody-else': () => 'Only the two of us read this. To show it to others, forward the message.',
    'no-tracks': () => 'I can’t get the tracks right now. The playlist’s link works.',
    'stale-button': () => 'This button doesn’t work any more. Send the photo again.',
    'not-yours': () => 'Only the person who sent the photo can do that.',
    'not-alone': () => 'Others read along here. Ask me for that in a private chat.',
    'not-manager': () => 'Only an admin of this group can do that.',
  },
  notes: { truncated: 'Part of this file is missing, so I read only the part that arrived.' },
  apology: 'Sorry, something went wrong on my side. Please try again.',
  card,
  chat: enChat,
  privacy: enPrivacy,
  admin,
  terminal,
  start,
  registration,
  explanation: enExplanation,
};
