export interface StoredObject {
  readonly bytes: Buffer;
  readonly contentType: string;
  /** `AES256`; null: nobody asked for it. */
  readonly serverSideEncryption: string | null;
}

/** A version of an object, or, without one, the mark of its deletion. */
export interface StoredVersion {
  readonly key: string;
  /** `null` where the bucket keeps no versions. */
  readonly versionId: string;
  readonly object: StoredObject | null;
}

/** Where a listing goes on: behind this version. */
export interface Mark {
  readonly key: string;
  readonly versionId: string | null;
}

const WITHOUT_VERSIONS = 'null';

/** Objects in a bucket of S3, with all their versions. */
export class Bucket {
  isVersioned = true;
  /** At most so many versions are listed at once. */
  pageSize = 1000;
  /** The newest first. */
  readonly #versions = new Map<string, readonly StoredVersion[]>();
  #made = 0;

  versions(key: string): readonly StoredVersion[] {
    return this.#versions.get(key) ?? [];
  }

  object(key: string): StoredObject | null {
    return this.versions(key)[0]?.object ?? null;
  }

  objects(): ReadonlyMap<string, StoredObject> {
    const keys = [...this.#versions.keys()].sort();
    return new Map(
      keys.flatMap((key) => {
        const object = this.object(key);
        return object ? [[key, object] as const] : [];
      }),
    );
  }

  put(key: string, object: StoredObject): StoredVersion {
    return this.#add(key, object);
  }

  /** Without a version it only marks what is there as deleted, in a bucket with versions. */
  delete(key: string, versionId: string | null): void {
    if (versionId === null && this.isVersioned) this.#add(key, null);
    else
      this.#keep(
        key,
        this.versions(key).filter((each) => each.versionId !== (versionId ?? WITHOUT_VERSIONS)),
      );
  }

  /** All versions of the keys that begin so, in S3's order; after the mark, where one is given. */
  list(prefix: string, mark: Mark | null): readonly StoredVersion[] {
    const keys = [...this.#versions.keys()].filter((key) => key.startsWith(prefix)).sort();
    const all = keys.flatMap((key) => this.versions(key));
    if (!mark) return all;
    const { key, versionId } = mark;
    // by its name, for it may have been deleted since
    const older = this.versions(key).filter((each) => versionId !== null && each.versionId < versionId);
    return [...older, ...all.filter((each) => each.key > key)];
  }

  #add(key: string, object: StoredObject | null): StoredVersion {
    this.#made += 1;
    const versionId = this.isVersioned ? `v${String(this.#made).padStart(9, '0')}` : WITHOUT_VERSIONS;
    const version = { key, versionId, object };
    this.#keep(key, [version, ...this.versions(key).filter((each) => each.versionId !== versionId)]);
    return version;
  }

  #keep(key: string, versions: readonly StoredVersion[]): void {
    if (versions.length > 0) this.#versions.set(key, versions);
    else this.#versions.delete(key);
  }
}
