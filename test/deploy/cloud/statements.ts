import type { Template } from './template.ts';

/** What a policy allows. */
export interface Statement {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly condition?: unknown;
}

interface RawStatement {
  readonly Effect: string;
  readonly Action: string | string[];
  readonly Resource: string | string[];
  readonly Condition?: unknown;
}

/** All that a role may do by the template's policies; it must have no managed ones, nor any of its own. */
export function mayOf(template: Template, role: string): readonly Statement[] {
  const { properties } = template.ofType('AWS::IAM::Role').find(({ name }) => name === role) ?? {};
  if (!properties || 'ManagedPolicyArns' in properties || 'Policies' in properties) {
    throw new Error(`${role} is not there, or has policies that this does not read`);
  }
  const policies = template.ofType('AWS::IAM::Policy');
  const ofRole = policies.filter(({ properties: { Roles } }) => (Roles as string[]).includes(`<${role}>`));
  return ofRole.flatMap((policy) => statementsOf(policy.properties));
}

/** Of an AWS::IAM::Policy. */
export function statementsOf(properties: Readonly<Record<string, unknown>>): readonly Statement[] {
  const { Statement } = properties['PolicyDocument'] as { readonly Statement: readonly RawStatement[] };
  return Statement.map(({ Effect, Action, Resource, Condition }) => {
    if (Effect !== 'Allow') throw new Error(`unexpected effect: ${Effect}`);
    const [actions, resources] = [[Action].flat(), [Resource].flat()];
    return { actions, resources, ...(Condition !== undefined && { condition: Condition }) };
  });
}
