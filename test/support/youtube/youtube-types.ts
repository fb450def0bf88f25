/** A video as somebody has put it up. */
export interface FakeVideo {
  /** 11 characters. */
  readonly id: string;
  title: string;
  channel: string;
  seconds: number;
  /** deleted and private ones stay entries of their lists. */
  state: 'public' | 'deleted' | 'private' | 'uploaded';
  /** Countries, as YouTube has them: at most one of the two. */
  blocked?: readonly string[];
  allowed?: readonly string[];
}

export interface FakeList {
  readonly id: string;
  videos: FakeVideo[];
  isPrivate: boolean;
}
