import { describe, expect, it } from 'vitest';
import { createRedactor } from '../../src/services/redact.ts';

// put together here, so that no scanner takes them for real ones
const TELEGRAM = `7000000001:AA${'Hx-_9'.repeat(6)}xyz`;
const DISCORD = ['MTAwMDAwMDAwMDAwMDAwMDAw', 'GabcdE', 'k9_-'.repeat(8)].join('.');
const INTERACTION = Buffer.from(`interaction:1000000000000000001:${'q'.repeat(60)}`).toString('base64');
const SECRETS = {
  'a Telegram bot token': TELEGRAM,
  'a Discord bot token': DISCORD,
  'a Discord interaction token': INTERACTION,
  'an OpenAI key': `sk-proj-${'a1B_'.repeat(12)}`,
  'a Google key': `AIza${'Sy7-_'.repeat(7)}`,
  'an AWS access key id': `AKIA${'ABCD2345'.repeat(2)}`,
  'a temporary AWS access key id': `ASIA${'ABCD2345'.repeat(2)}`,
};

const redact = createRedactor([]);

describe.each(Object.entries(SECRETS))('%s that nobody told about', (_name, secret) => {
  it.each([
    ['alone', secret],
    ['in a sentence', `The token ${secret}, as it was.`],
    ['in a path', `https://api.example/v1/${secret}/x`],
    ['encoded in a URL', `https://proxy.example/?next=x%2F${encodeURIComponent(secret)}`],
    ['in JSON', JSON.stringify({ token: secret })],
    ['right after a line break in JSON', JSON.stringify(`first\n${secret}\tlast`)],
    ['right after a control character in JSON', JSON.stringify(`\u0001${secret}`)],
    ['twice', `${secret} ${secret}`],
  ])('is hidden %s', (_where, text) => {
    const clean = redact(text);
    expect(clean).toContain('[secret]');
    expect(clean).not.toContain(secret.slice(-12));
    if (text.startsWith('"') || text.startsWith('{')) expect(() => JSON.parse(clean)).not.toThrow();
  });
});

describe('what is known to be secret', () => {
  const awkward = 'p"a\\ss/wörd +&=*\n';

  it.each([
    ['as it is', awkward],
    ['in JSON', JSON.stringify({ awkward })],
    ['in JSON in JSON', JSON.stringify({ body: JSON.stringify({ awkward }) })],
    ['encoded in a URL', `https://a.example/${encodeURIComponent(awkward)}/b`],
    [
      'encoded in a URL in lower case',
      encodeURIComponent(awkward).replace(/%../g, (code) => code.toLowerCase()),
    ],
    ['in a form', new URLSearchParams({ awkward }).toString()],
  ])('is hidden %s', (_where, text) => {
    const clean = createRedactor(['other-secret', awkward])(text);
    expect(clean).toContain('[secret]');
    expect(clean).not.toMatch(/ss.{0,6}w/);
  });

  it('goes before what is part of it, and is no word of five letters', () => {
    const clean = createRedactor(['secret', 'secret-and-more', 'vibes'])('secret-and-more, secret, vibes');
    expect(clean).toBe('[secret], [secret], vibes');
  });

  it('leaves JSON whole where an escape and a secret meet', () => {
    const clean = createRedactor(['nothing-like-it'])(JSON.stringify('a\nothing-like-it'));
    expect(JSON.parse(clean)).toBe('a\nothing-like-it');
  });
});

it.each([
  [
    'https://discord.com/api/v10/webhooks/123456789/aW5_x-y/messages/@original',
    '/webhooks/123456789/[secret]/messages/@original',
  ],
  [
    'https://discord.com/api/v10/interactions/123456789/tok.en/callback',
    '/interactions/123456789/[secret]/callback',
  ],
  ['https%3A%2F%2Fdiscord.com%2Fapi%2Fwebhooks%2F123456789%2Fabc', '%2Fwebhooks%2F123456789%2F[secret]'],
  ['https://youtube.example/v3/items?part=id&key=short&maxResults=5', '?part=id&key=[secret]&maxResults=5'],
  ['"/x?access_token=abc","next":1', '"/x?access_token=[secret]","next":1'],
  ['https://a.example/?secret=a%20b#top', '?secret=[secret]#top'],
  ['https://cdn.discordapp.com/a/b.png?ex=66&is=65&hm=0123abcd&', '?ex=66&is=65&hm=[secret]&'],
  [
    `FetchError: http://127.0.0.1:8081/bot${TELEGRAM}/sendPhoto`,
    'http://127.0.0.1:8081/bot[secret]/sendPhoto',
  ],
  [`/file/bot${encodeURIComponent(TELEGRAM).toLowerCase()}/photos/1.jpg`, '/file/bot[secret]/photos/1.jpg'],
])('hides the token in %s', (text, kept) => {
  expect(redact(text)).toContain(kept);
});

it.each([
  '{"level":"info","time":"2026-11-12T10:11:12.345Z","port":8080,"message":"Listening."}',
  'telegram:123456789:42 discord:1000000000000000001',
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855 images/9f86d081884c7d65.jpg',
  'IMG_20261112_101112.heic heatmap-of-a-very-long-file-name-indeed.v1.2.3.png',
  'node v24.21.0, onnxruntime-node 1.30.0, model 2026.11.12-rc.1',
  'task-0123456789abcdef0123456789 desk-lamp-with-a-long-name-in-it disk-usage',
  '550e8400-e29b-41d4-a716-446655440000 at file:///srv/bot/src/main.ts:120:33',
  'GET /healthz?verbose=1 key=value token: none',
  'https://discord.com/api/v10/channels/123456789/messages/987654321',
  'RDCLAK5uy_mv1P2oVguxLCIDXavV-jcDG1lQyukfSpo Cannot listen on 127.0.0.1:8080',
])('leaves %s as it is', (line) => {
  expect(redact(line)).toBe(line);
});
