import { type Client, Events, GatewayIntentBits } from 'discord.js';
import { expect, test } from 'vitest';
import { shardOf } from './clock.ts';
import { connectClient, makeClient, nextInteraction } from './discord-client.ts';
import { type FakeDiscord, startFakeDiscord } from './fake-discord.ts';

const kindsOf = ({ gateway }: FakeDiscord) =>
  gateway.notes.map(({ kind }) => kind).filter((kind) => kind !== 'heartbeat');

/** Answers every command at once, so that one that came twice would show. */
function answerAll(client: Client): void {
  client.on(Events.InteractionCreate, (interaction) => {
    if (interaction.isRepliable()) void interaction.reply('here');
  });
}

test('what arrives as the connection drops comes when it is resumed, once', async () => {
  await using fake = await startFakeDiscord();
  const client = await connectClient(fake);
  answerAll(client);
  fake.gateway.dropAt('INTERACTION_CREATE');
  const done = fake.slash('vibe', {}, { by: fake.user() });
  expect(fake.gateway.events.at(-1)).toMatchObject({ event: 'INTERACTION_CREATE', fate: 'kept' });
  await fake.waitForCall('create_interaction_response');
  expect(done).toMatchObject({ acknowledgedAs: 4, answer: { content: 'here' } });
  expect(kindsOf(fake)).toEqual(['connect', 'identify', 'close', 'connect', 'resume']);
  expect(fake.gateway.notesOf('resume')).toMatchObject([
    { path: '/resume', data: { session_id: fake.gateway.sessions[0]?.id } },
  ]);
  expect(fake.callsOf('create_interaction_response')).toHaveLength(1);
});

test('a client that is asked to reconnect resumes', async () => {
  await using fake = await startFakeDiscord();
  const client = await connectClient(fake);
  answerAll(client);
  fake.gateway.reconnect();
  await fake.waitUntil(() => fake.gateway.notesOf('close').length === 1);
  fake.slash('vibe', {}, { by: fake.user() });
  await fake.waitForCall('create_interaction_response');
  expect(kindsOf(fake)).toEqual(['connect', 'identify', 'close', 'connect', 'resume']);
});

test('a session that is over is begun anew; one that is not is resumed at once', async () => {
  await using fake = await startFakeDiscord();
  // discord.js waits five seconds between two identifications
  const buildIdentifyThrottler = () => ({ waitForIdentify: () => Promise.resolve() });
  const client = await connectClient(fake, { ws: { buildIdentifyThrottler } });
  answerAll(client);
  const resumed = new Promise((resolve) => client.once(Events.ShardResume, resolve));
  fake.gateway.invalidate({ resumable: true });
  // an invalid session right upon RESUMED makes discord.js throw where nobody can catch it
  await resumed;
  expect(kindsOf(fake)).toEqual(['connect', 'identify', 'resume']);
  fake.gateway.invalidate();
  await fake.waitUntil(() => fake.gateway.notesOf('identify').length === 2);
  await fake.waitUntil(() => fake.gateway.sessions.some(({ isConnected }) => isConnected));
  fake.slash('vibe', {}, { by: fake.user() });
  await fake.waitForCall('create_interaction_response');
});

test('a gateway that acknowledges no heartbeat is left, and resumed', async () => {
  await using fake = await startFakeDiscord({ heartbeatInterval: 100 });
  await connectClient(fake);
  const release = fake.gateway.withholdAcks();
  await fake.waitUntil(() => kindsOf(fake).includes('close'));
  release();
  await fake.waitUntil(() => kindsOf(fake).includes('resume'));
  expect(fake.gateway.sessions).toMatchObject([{ isConnected: true }]);
});

test('a wrong token and intents that were not granted end it for good', async () => {
  await using fake = await startFakeDiscord();
  await expect(makeClient(fake).login('wrong')).rejects.toThrow('An invalid token was provided');
  const greedy = makeClient(fake, { intents: [GatewayIntentBits.Guilds, GatewayIntentBits.MessageContent] });
  const refused = new Promise((resolve) => greedy.once(Events.ShardDisconnect, resolve));
  greedy.on(Events.ShardError, () => undefined);
  // discord.js tells of it by events alone: its login neither succeeds nor fails
  void greedy.login(fake.token).catch(() => undefined);
  expect(await refused).toMatchObject({ code: 4014 });

  const client = await connectClient(fake);
  const ended = new Promise((resolve) => client.once(Events.ShardDisconnect, resolve));
  client.on(Events.ShardError, () => undefined);
  fake.revokeToken();
  expect(await ended).toMatchObject({ code: 4004 });
  await expect(client.rest.get('/users/@me')).rejects.toMatchObject({ status: 401 });
});

test('guilds and what happens in them go to their shard', async () => {
  await using fake = await startFakeDiscord({ shards: 2 });
  const guilds = [fake.guild(), fake.guild(), fake.guild()];
  const other = guilds.find(({ id }) => shardOf(id, 2) === 1) ?? fake.guild({ id: String(5n << 22n) });
  const client = await connectClient(fake, { shards: 'auto' });
  expect(fake.gateway.notesOf('identify').map(({ shard }) => shard)).toEqual([
    [0, 2],
    [1, 2],
  ]);
  for (const { id } of guilds) expect(client.guilds.cache.get(id)?.shardId).toBe(shardOf(id, 2));
  const coming = nextInteraction(client);
  fake.gateway.drop(0);
  fake.slash('vibe', {}, { by: fake.user(), channel: other.general });
  fake.slash('vibe', {}, { by: fake.user() });
  expect(fake.gateway.events.slice(-2).map(({ fate }) => fate)).toEqual(['sent', 'kept']);
  expect((await coming).guildId).toBe(other.id);
});

test('shards may come from several programs: each gets what is its own', async () => {
  await using fake = await startFakeDiscord({ shards: 2 });
  const guilds = [fake.guild(), fake.guild()].toSorted(
    (one, other) => shardOf(one.id, 2) - shardOf(other.id, 2),
  );
  const clients = [];
  for (const shard of [0, 1]) {
    clients.push(await connectClient(fake, { shards: [shard], shardCount: 2 }));
  }
  expect(clients.map(({ guilds: { cache } }) => [...cache.keys()])).toEqual(guilds.map(({ id }) => [id]));
  const coming = clients.map(nextInteraction);
  for (const { general: channel } of guilds) fake.slash('vibe', {}, { by: fake.user(), channel });
  fake.slash('vibe', {}, { by: fake.user() });
  expect((await Promise.all(coming)).map(({ guildId }) => guildId)).toEqual(guilds.map(({ id }) => id));
  expect(fake.gateway.events.slice(-3).map(({ shards }) => shards)).toEqual([[0], [1], [0]]);
});

test('who identifies too soon gets an invalid session, and may try again', async () => {
  await using fake = await startFakeDiscord({ shards: 2, maxConcurrency: 1, identifyEveryMs: 200 });
  const buildIdentifyThrottler = () => ({ waitForIdentify: () => Promise.resolve() });
  const connect = (shard: number) =>
    connectClient(fake, { shards: [shard], shardCount: 2, ws: { buildIdentifyThrottler } });
  await Promise.all([connect(0), connect(1)]);
  expect(fake.gateway.notesOf('identify').length).toBeGreaterThan(2);
  expect(fake.gateway.sessions).toHaveLength(2);
});

test('a gateway that is down is tried until it is back', async () => {
  await using fake = await startFakeDiscord();
  const client = await connectClient(fake);
  client.on(Events.ShardError, () => undefined);
  fake.gateway.isDown = true;
  const failed = new Promise((resolve) => client.once(Events.ShardError, resolve));
  fake.gateway.drop();
  await failed;
  fake.gateway.isDown = false;
  await fake.waitUntil(() => fake.gateway.sessions.some(({ isConnected }) => isConnected));
});

test('guilds come and go', async () => {
  await using fake = await startFakeDiscord();
  const client = await connectClient(fake);
  const created = new Promise((resolve) => client.once(Events.GuildCreate, resolve));
  const guild = fake.guild({ name: 'New' });
  expect(await created).toMatchObject({ id: guild.id, name: 'New' });
  const deleted = new Promise((resolve) => client.once(Events.GuildDelete, resolve));
  fake.removeBot(guild);
  expect(await deleted).toMatchObject({ id: guild.id });
  fake.sendText('x', { from: fake.user(), channel: guild.general });
  expect(fake.gateway.events.at(-1)?.event).toBe('GUILD_DELETE');
});
