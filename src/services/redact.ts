/** Takes secrets out of a text that is about to be written down; what it leaves stays as it was. */
export type Redactor = (text: string) => string;

const HIDDEN = '[secret]';
/** Shorter ones would take ordinary words apart. */
const MIN_LENGTH = 6;

const JSON_ESCAPE = String.raw`\\(?:["\\/bfnrt]|u[\dA-Fa-f]{4})`;
const SLASH = '(?:/|%2[Ff])';
/** Where a word can begin: not after a letter or digit, unless that one is the end of an escape such as \n or %2F. */
const WORD_START = String.raw`(?:(?<![A-Za-z0-9])|(?<=\\[bfnrt]|\\u[\dA-Fa-f]{4}|%[\dA-Fa-f]{2}))`;

// lengths are bounded where a pattern could begin anywhere: a long line must not take quadratic time
const SHAPES = [
  // a URL's parameter, whatever its value looks like; hm signs Discord's attachment URLs
  String.raw`(?<=[?&;#](?:[\w.-]*(?i:key|token|secret|signature|password)|hm)=)[^&#\s"'<>\\]+`,
  // Discord: webhook and interaction tokens in URLs, and the latter anywhere (base64 of "interaction:")
  String.raw`(?<=${SLASH}(?:webhooks|interactions)${SLASH}\d{1,20}${SLASH})(?!%2[Ff])[^\s/?#"'<>\\]+`,
  'aW50ZXJhY3Rpb246[A-Za-z0-9+/_=-]+',
  // Discord bots: id, time, signature
  '[A-Za-z0-9_-]{23,28}[.][A-Za-z0-9_-]{5,8}[.][A-Za-z0-9_-]{25,}',
  // Telegram bots, also as bot<token> in paths
  String.raw`\d{5,20}(?::|%3[Aa])[A-Za-z0-9_-]{30,}`,
  // OpenAI, Google, AWS
  `${WORD_START}sk-[A-Za-z0-9_-]{16,}`,
  'AIza[A-Za-z0-9_-]{35}',
  '(?:AKIA|ASIA)[A-Z0-9]{16}',
];

/** Hides the given secrets, also URL-encoded or escaped in JSON, and whatever has the shape of a token. */
export function createRedactor(secrets: readonly string[]): Redactor {
  const known = secrets.filter((secret) => secret.length >= MIN_LENGTH).flatMap(formsOf);
  const longestFirst = [...new Set(known)].sort((a, b) => b.length - a.length).map(literally);
  // an escape is one piece: the n of \n is no part of the token that follows
  const pieces = new RegExp([...longestFirst, `(?<escape>${JSON_ESCAPE})`, ...SHAPES].join('|'), 'g');
  return (text) => text.replace(pieces, (...found) => found.at(-1).escape ?? HIDDEN);
}

/** How a secret may be written in URLs, and in JSON (twice: JSON quoted in a line of JSON). */
function formsOf(secret: string): readonly string[] {
  const escaped = withinJson(secret);
  const encoded = encodeURIComponent(secret.toWellFormed());
  const inForm = new URLSearchParams([['', secret]]).toString().slice(1);
  const inLowerCase = [encoded, inForm].map((text) =>
    text.replace(/%[\dA-F]{2}/g, (code) => code.toLowerCase()),
  );
  return [
    secret,
    escaped,
    withinJson(escaped),
    encoded,
    encodeURI(secret.toWellFormed()),
    inForm,
    ...inLowerCase,
  ];
}

function withinJson(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

function literally(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
