import { openDynamoStore } from '../support/dynamo-open-store.ts';
import { storeContract } from '../support/store-contract.ts';

storeContract('DynamoDB', () => openDynamoStore());
