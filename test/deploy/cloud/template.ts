/** A template of CloudFormation, read for tests. */
export interface Template {
  /** All that is made. */
  readonly resources: readonly Resource[];
  /** By their names, as a resource's properties are. */
  readonly outputs: Readonly<Record<string, unknown>>;
  /** Of this type. */
  ofType(type: string): readonly Resource[];
  /** The one of this type. */
  only(type: string): Resource;
}

export interface Resource {
  readonly type: string;
  /** Without what the CDK hangs onto it. */
  readonly name: string;
  /** Every reference is a text: `<Name>`, `<Name.Attribute>`. */
  readonly properties: Readonly<Record<string, unknown>>;
  readonly deletionPolicy: string | undefined;
  readonly replacePolicy: string | undefined;
  readonly dependsOn: readonly string[];
  readonly updatePolicy: unknown;
}

type Raw = Readonly<Record<string, unknown>>;
type Exports = ReadonlyMap<string, unknown>;

/** `exporter` is the template that it imports from. */
export function templateOf(raw: Raw, exporter: Raw = {}): Template {
  const exports = exportsOf(exporter);
  const all = Object.entries(raw['Resources'] as Record<string, Raw>);
  const resources = all.map(([id, resource]) => resourceOf(id, resource, exports));
  const ofType = (type: string) => resources.filter((resource) => resource.type === type);
  const outputs = Object.entries((raw['Outputs'] ?? {}) as Record<string, { Value: unknown }>);
  return {
    resources,
    outputs: Object.fromEntries(outputs.map(([name, { Value }]) => [name, plain(Value, exports)])),
    ofType,
    only(type) {
      const [one, ...others] = ofType(type);
      if (!one || others.length > 0) throw new Error(`not one ${type}, but ${others.length + (one ? 1 : 0)}`);
      return one;
    },
  };
}

function exportsOf({ Outputs = {} }: Raw): Exports {
  const outputs = Object.values(Outputs as Record<string, { Value: unknown; Export?: { Name: string } }>);
  return new Map(outputs.flatMap(({ Value, Export }) => (Export ? [[Export.Name, Value] as const] : [])));
}

function resourceOf(id: string, raw: Raw, exports: Exports): Resource {
  return {
    type: String(raw['Type']),
    name: shortName(id),
    properties: plain(raw['Properties'] ?? {}, exports) as Raw,
    deletionPolicy: raw['DeletionPolicy'] as string | undefined,
    replacePolicy: raw['UpdateReplacePolicy'] as string | undefined,
    dependsOn: [raw['DependsOn'] ?? []].flat().map((name) => shortName(String(name))),
    updatePolicy: raw['UpdatePolicy'],
  };
}

/** The CDK makes names unique with eight hexadecimal digits. */
function shortName(id: string): string {
  return id.replace(/[\dA-F]{8}$/, '');
}

function plain(value: unknown, exports: Exports): unknown {
  if (Array.isArray(value)) return value.map((each) => plain(each, exports));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const [[key, argument] = []] = entries;
  const text = entries.length === 1 && key !== undefined ? reference(key, argument, exports) : undefined;
  return text ?? Object.fromEntries(entries.map(([name, each]) => [name, plain(each, exports)]));
}

/** undefined: it is none. */
function reference(key: string, argument: unknown, exports: Exports): string | undefined {
  switch (key) {
    case 'Ref':
      return `<${shortName(String(argument))}>`;
    case 'Fn::GetAtt': {
      const [id, attribute] = argument as [string, string];
      return `<${shortName(id)}.${attribute}>`;
    }
    case 'Fn::ImportValue':
      return String(plain(exports.get(String(argument)), exports));
    case 'Fn::Join': {
      const [separator, parts] = argument as [string, unknown[]];
      return parts.map((part) => plain(part, exports)).join(separator);
    }
    case 'Fn::Base64':
      return String(plain(argument, exports));
    default:
      return undefined;
  }
}
