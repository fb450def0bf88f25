import { type CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import type { Outputs, StackName } from './cdk-deploy.ts';

/** What a stack puts out as it is now; nothing where there is none. Rejects with the SDK's errors. */
export async function deployedOutputs(client: CloudFormationClient, stack: StackName): Promise<Outputs> {
  try {
    const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName: stack }));
    const outputs = Stacks.flatMap(({ Outputs = [] }) => Outputs);
    return Object.fromEntries(
      outputs.map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]),
    );
  } catch (error) {
    if (saysThatThereIsNone(error, stack)) return {};
    throw error;
  }
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeStacks.html has no error of its own for it. */
function saysThatThereIsNone(error: unknown, stack: StackName): boolean {
  const { name, message } = error as Error;
  return name === 'ValidationError' && message === `Stack with id ${stack} does not exist`;
}
