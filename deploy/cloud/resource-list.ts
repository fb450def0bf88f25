/** What a synth gives. */
export interface Synthesised {
  readonly stacks: readonly { readonly stackName: string; readonly template: unknown }[];
}

interface Template {
  readonly Resources: Readonly<Record<string, { readonly Type: string }>>;
}

/** What each stack would make: a line a type, with how many of it and their names in the template. */
export function resourceList({ stacks }: Synthesised): readonly string[] {
  return stacks.flatMap(({ stackName, template }) => {
    const { Resources } = template as Template;
    const names = Map.groupBy(Object.keys(Resources), (name) => Resources[name]?.Type ?? '');
    const lines = [...names].map(([type, ofType]) => `  ${ofType.length} ${type}: ${ofType.join(', ')}`);
    const count = Object.keys(Resources).length;
    return [`${stackName}: ${count} resources`, ...lines.sort((a, b) => typeOf(a).localeCompare(typeOf(b)))];
  });
}

function typeOf(line: string): string {
  return line.slice(line.indexOf('AWS::'));
}
