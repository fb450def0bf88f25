import { platformContract } from '../../support/platform-contract.ts';
import { openTelegramDriver } from '../../support/telegram-driver.ts';

platformContract('Telegram', openTelegramDriver);
