import { type App, CfnOutput, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { userData } from '../instance/user-data.ts';
import { addAddress } from './add-address.ts';
import { addAlarms } from './add-alarms.ts';
import { addInstanceGroup } from './add-instance-group.ts';
import { addInstanceRole } from './add-instance-role.ts';
import { addNetwork } from './add-network.ts';
import { addSnapshots } from './add-snapshots.ts';
import { addStateVolume } from './add-state-volume.ts';
import type { CloudContext } from './read-context.ts';
import { stateOrigin } from './state-origin.ts';
import type { Storage } from './storage-stack.ts';

export interface BotOptions extends StackProps {
  readonly context: CloudContext;
  readonly storage: Storage;
  /** The name of a file in releases/ of the artifacts bucket. */
  readonly release: string;
}

/** The Auto Scaling group's own name, which the rights of its instances go by. */
const GROUP_NAME = 'vibe-bot';

/** The machine that the bot runs on, with its network, disk, log and alarms. */
export function createBotStack(app: App, { context, storage, release, ...props }: BotOptions): Stack {
  const { zone, domain, alarmEmail: email } = context;
  const stack = new Stack(app, 'VibeBot', props);
  const network = addNetwork(stack, { zone, isOpen: domain !== null });
  const volume = addStateVolume(stack, { ...context, subnet: network.subnet });
  const logGroup = new LogGroup(stack, 'Log', {
    retention: RetentionDays.THREE_MONTHS,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  addSnapshots(stack, addAlarms(stack, { logGroup, email }));
  const role = addInstanceRole(stack, { storage, volume, logGroup, groupName: GROUP_NAME });
  const group = addInstanceGroup(stack, {
    name: GROUP_NAME,
    network,
    role,
    userData: userData({
      region: stack.region,
      volumeId: volume.volumeId,
      artifactsBucket: storage.artifacts.bucketName,
      release,
      logGroup: logGroup.logGroupName,
      settings: { ...settingsOf(storage, context), AWS_REGION: stack.region },
      domain: domain?.name ?? null,
      email,
    }),
  });
  // an instance that starts before it may do anything would fail its first start
  group.node.addDependency(role, volume);
  if (domain) {
    const { vpc } = network;
    group.node.addDependency(addAddress(stack, { domain, vpc, groupName: GROUP_NAME }));
  }
  const outputs = {
    LogGroupName: logGroup.logGroupName,
    StateVolumeId: volume.volumeId,
    StateOrigin: stateOrigin(context),
  };
  for (const [name, value] of Object.entries(outputs)) new CfnOutput(stack, name, { value });
  return stack;
}

/** The bot's settings, but for those that nobody may see. */
function settingsOf(
  { secret, functions, botTable }: Storage,
  { domain }: CloudContext,
): Readonly<Record<string, string>> {
  return {
    SECRETS_PREFIX: secret.secretArn,
    ARCHIVE_FUNCTION: functions.archive.functionName,
    ERASE_FUNCTION: functions.erase.functionName,
    STORE_TABLE: botTable.tableName,
    STATE_DIR: '/var/lib/vibe',
    ...(domain && { TELEGRAM_WEBHOOK_URL: `https://${domain.name}/telegram` }),
  };
}
