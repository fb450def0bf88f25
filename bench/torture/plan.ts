/** What somebody is going to do. */
export interface Plan {
  /** What they say when they are asked whether their photos may be kept; silent: nothing. */
  readonly will: 'yes' | 'no' | 'silent';
  /** Where they say it: under their first answer, or by themselves before that. */
  readonly saysIt: 'under an answer' | 'with /privacy';
  /** Whether they ask to be forgotten: when all is answered, or while photos are on their way, with more to come. */
  readonly forgets: 'never' | 'at the end' | 'and goes on';
  /** The numbers of their pictures, message by message. */
  readonly messages: readonly (readonly number[])[];
}

const WILLS = ['yes', 'no', 'silent'] as const;
/** Of those who say yes, in turn; an odd number, so that each kind comes on both platforms. */
const FORGETTING = ['never', 'never', 'at the end', 'and goes on', 'never'] as const;
/** Which of ten pictures of a person are one of another's, too: of somebody of the same will, and of another one. */
const SHARED: Readonly<Record<number, number>> = { 2: WILLS.length, 4: WILLS.length, 6: WILLS.length, 8: 1 };
const LARGEST_ALBUM = 3;

/** One for each of `people`, whose pictures are `each` by number: person 0 has 0 … each − 1, and so on. */
export function makePlans(people: number, each: number, random: (limit: number) => number): Plan[] {
  return Array.from({ length: people }, (_, person) => {
    const will = WILLS[person % WILLS.length] ?? 'silent';
    const turn = Math.floor(person / WILLS.length);
    return {
      will,
      saysIt: turn % 4 < 2 ? 'with /privacy' : 'under an answer',
      forgets: will === 'yes' ? (FORGETTING[turn % FORGETTING.length] ?? 'never') : 'never',
      messages: intoMessages(picturesOf(person, people, each), random),
    };
  });
}

function picturesOf(person: number, people: number, each: number): number[] {
  return Array.from({ length: each }, (_, index) => {
    const further = SHARED[index % 10];
    if (further === undefined || index + 1 === each) return person * each + index;
    // the one after, which its owner does not have from somebody else
    return ((person + further) % people) * each + index + 1;
  });
}

/** Most of them alone, a few in albums. */
function intoMessages(pictures: readonly number[], random: (limit: number) => number): number[][] {
  const messages: number[][] = [];
  for (let begun = 0; begun < pictures.length; ) {
    const isAlbum = begun > 0 && random(6) === 0;
    const size = isAlbum ? 2 + random(LARGEST_ALBUM - 1) : 1;
    messages.push(pictures.slice(begun, begun + size));
    begun += size;
  }
  return messages;
}
