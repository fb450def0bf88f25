import type { TrackSource } from '../../src/core/ports.ts';
import { flat } from './pictures.ts';
import type { SeenCall } from './platform-driver.ts';
import { isWhole, type Open, startScene } from './platform-scene.ts';
import { trackSource } from './reading-ports.ts';

export const PHOTO = await flat(40, 30, 'teal').jpeg().toBuffer();

/** The program with songs, and the message with them once it is posted. */
export async function startWithSongs(open: Open, source: TrackSource = trackSource) {
  const scene = await startScene(open, { trackSource: source });
  const { driver, person, of } = scene;
  const posted = async (): Promise<SeenCall> => {
    const found = () => of('post').find(hasSongs);
    await driver.until(found);
    return found() as SeenCall;
  };
  /** Resolves with the whole answer to a photo in the group. */
  const answeredAmongOthers = async () => {
    person.sendPhoto(PHOTO, 'among others');
    await driver.until(() => driver.calls().some(isWhole));
    return driver.calls().find(isWhole) as SeenCall;
  };
  return { ...scene, posted, answeredAmongOthers };
}

function hasSongs({ previews }: SeenCall): boolean {
  return previews.length > 0;
}

/** The songs of reading-ports’ source. */
export function titlesIn({ text }: SeenCall): readonly string[] {
  return text.split('\n').filter((line) => /^\d\. .*jazz (?:global|khaleeji), seed/.test(line));
}
