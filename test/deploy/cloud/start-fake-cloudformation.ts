import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Outputs, StackName } from '../../../deploy/cloud/cdk-deploy.ts';
import { LocalServer } from '../../support/local-server/local-server.ts';
import { readBody } from '../../support/local-server/read-form.ts';

/** CloudFormation, as far as it describes stacks. */
export interface FakeCloudFormation {
  readonly url: string;
  /** What there is, and what each puts out. */
  readonly stacks: Map<StackName, Outputs>;
  /** The code of an error that it answers with, whatever is asked; null: none. */
  refusal: string | null;
  close(): Promise<void>;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeStacks.html */
export async function startFakeCloudFormation(): Promise<FakeCloudFormation> {
  const server = new LocalServer(async (request, response) => answer(fake, request, response));
  await server.listen();
  const fake: FakeCloudFormation = {
    url: server.origin,
    stacks: new Map(),
    refusal: null,
    close: () => server.close(),
  };
  return fake;
}

async function answer(
  { stacks, refusal }: FakeCloudFormation,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const asked = new URLSearchParams((await readBody(request)).toString());
  const isSigned = request.headers.authorization?.includes('/cloudformation/aws4_request') ?? false;
  const name = asked.get('StackName') as StackName;
  const outputs = stacks.get(name);
  const send = (status: number, xml: string) =>
    response.writeHead(status, { 'content-type': 'text/xml' }).end(xml);
  if (refusal !== null || !isSigned) send(403, error(refusal ?? 'MissingAuthenticationToken', 'No.'));
  else if (asked.get('Action') !== 'DescribeStacks') send(400, error('InvalidAction', 'No.'));
  else if (outputs) send(200, description(name, outputs));
  else send(400, error('ValidationError', `Stack with id ${name} does not exist`));
}

function description(name: string, outputs: Outputs): string {
  const members = Object.entries(outputs).map(
    ([key, value]) =>
      `<member><OutputKey>${key}</OutputKey><OutputValue>${value.replaceAll('"', '&quot;')}</OutputValue></member>`,
  );
  const stack = `<StackName>${name}</StackName><Outputs>${members.join('')}</Outputs>`;
  const result = `<DescribeStacksResult><Stacks><member>${stack}</member></Stacks></DescribeStacksResult>`;
  return `<DescribeStacksResponse>${result}</DescribeStacksResponse>`;
}

function error(code: string, message: string): string {
  const inner = `<Type>Sender</Type><Code>${code}</Code><Message>${message}</Message>`;
  return `<ErrorResponse><Error>${inner}</Error><RequestId>1</RequestId></ErrorResponse>`;
}
