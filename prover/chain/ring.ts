/** What the follower remembers of a block. */
export interface BlockLink {
  readonly number: number;
  readonly hash: string;
  readonly parentHash: string;
}

/**
 * The last blocks of the followed branch, gapless and linked by parent hash, the newest at the end.
 * A value: every change gives a new ring.
 */
export class BlockRing {
  readonly capacity: number;
  readonly links: readonly BlockLink[];

  constructor(capacity: number, links: readonly BlockLink[] = []) {
    this.capacity = capacity;
    this.links = links.slice(-capacity);
  }

  /** The newest block, or null when nothing was followed yet. */
  get head(): BlockLink | null {
    return this.links.at(-1) ?? null;
  }

  /** Whether the block continues the branch. */
  extendedBy(link: BlockLink): boolean {
    const head = this.head;
    return head === null || (link.number === head.number + 1 && link.parentHash === head.hash);
  }

  /** The ring with one more block; the oldest leaves when the capacity is reached. */
  push(link: BlockLink): BlockRing {
    return new BlockRing(this.capacity, [...this.links, link]);
  }

  /** The remembered block with this hash. */
  find(hash: string): BlockLink | null {
    return this.links.find((link) => link.hash === hash) ?? null;
  }

  /** The ring as it was when this block was its head. */
  cutAfter(number: number): BlockRing {
    return new BlockRing(
      this.capacity,
      this.links.filter((link) => link.number <= number),
    );
  }
}
