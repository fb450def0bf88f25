import { expect, onTestFinished } from 'vitest';
import type { Explainer, TrackSource } from '../../src/core/ports.ts';
import { LANGUAGES } from '../../src/languages/languages.ts';
import { createLocalExplainer } from '../../src/services/local-explainer.ts';
import { openState } from './open-state.ts';
import { type Core, startCore } from './platform-core.ts';
import type { PlatformDriver, SeenCall } from './platform-driver.ts';

export type Open = () => Promise<PlatformDriver>;

export interface SceneOptions {
  /** What the words of an answer wait for. */
  readonly words?: Promise<void>;
  readonly trackSource?: TrackSource;
}

/** The program on the driver's platform; it has no songs unless told. */
export async function startScene(open: Open, { words, ...options }: SceneOptions = {}) {
  const driver = await open();
  onTestFinished(() => driver.close());
  const state = openState(() => Date.now());
  const local = createLocalExplainer();
  const explainer: Explainer = {
    wantsPreviews: false,
    async explain(request, signal) {
      await words;
      return local.explain(request, signal);
    },
  };
  const cores: Core[] = [];
  const begin = async () => {
    const adapter = driver.adapter();
    const core = await startCore({ name: driver.name, adapter, ...state, explainer, ...options });
    cores.push(core);
    return core;
  };
  onTestFinished(async () => {
    for (const core of cores) await core.stop();
    expect(driver.violations()).toEqual([]);
  });
  const of = (kind: SeenCall['kind']) => driver.calls().filter((call) => call.kind === kind);
  /** Resolves with the message that shows the first whole answer. */
  const answered = async () => {
    await driver.until(() => driver.calls().some(isWhole));
    return driver.calls().find(isWhole)?.messageId ?? '';
  };
  /** Resolves with the first edit that shows it, those before the number `since` left out. */
  const edited = async (shows: (call: SeenCall) => boolean, since = 0) => {
    const found = () => of('edit').slice(since).find(shows);
    await driver.until(found);
    return found() as SeenCall;
  };
  return { driver, begin, core: await begin(), person: driver.person(), of, answered, edited };
}

/** The words have come. */
export function isWhole({ text }: SeenCall): boolean {
  return text.includes(LANGUAGES.en.card.heatmapHeading);
}
