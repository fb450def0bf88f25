import {
  isSecret,
  isSettingName,
  type SettingName,
  settingSchemas,
  surroundingSchemas,
} from './settings-schema.ts';

/** Where a setting's value was found, in the order of precedence. */
export const ORIGINS = ['environment', '.env', 'secret'] as const;
export type Origin = (typeof ORIGINS)[number];

export type Found = Readonly<Record<string, string | undefined>>;

export interface MergedSettings {
  readonly values: Found;
  readonly origins: ReadonlyMap<SettingName, Origin>;
}

/** What says where the secret is, and what was said by whoever started the program. */
const NEVER_IN_SECRET = /^(SECRETS_PREFIX|INIT_CWD|AWS_.*|npm_.*)$/;

/** Each setting from the first place that has it; an empty value is none. */
export function mergeSettings(places: Readonly<Record<Origin, Found>>): MergedSettings {
  const values: Record<string, string | undefined> = {};
  for (const name of Object.keys(surroundingSchemas)) values[name] = places.environment[name];
  const origins = new Map<SettingName, Origin>();
  for (const name of Object.keys(settingSchemas).filter(isSettingName)) {
    const origin = ORIGINS.find((one) => isSet(places[one][name]));
    if (!origin) continue;
    values[name] = places[origin][name];
    origins.set(name, origin);
  }
  return { values, origins };
}

export function isSet(value: string | undefined): value is string {
  return value !== undefined && value.trim() !== '';
}

export interface SortedSecret {
  /** By their names. */
  readonly settings: ReadonlyMap<string, string>;
  /** Keys that are no settings, or none that may come from there. */
  readonly unused: readonly string[];
  /** What nobody may see, of keys that are not used, too. */
  readonly hidden: readonly string[];
}

export function sortSecret(values: ReadonlyMap<string, string>): SortedSecret {
  const isUsed = (key: string) => isSettingName(key) && !NEVER_IN_SECRET.test(key);
  const all = [...values];
  return {
    settings: new Map(all.filter(([key]) => isUsed(key))),
    unused: all.flatMap(([key]) => (isUsed(key) ? [] : [key])),
    hidden: all.flatMap(([key, value]) => (isSecret(key) ? [value, value.trim()] : [])),
  };
}
