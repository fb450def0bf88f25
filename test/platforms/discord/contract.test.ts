import { openDiscordDriver } from '../../support/discord-driver.ts';
import { platformContract } from '../../support/platform-contract.ts';

platformContract('Discord, asked by messages,', () => openDiscordDriver('message'));
platformContract('Discord, asked by /vibe,', () => openDiscordDriver('command'));
