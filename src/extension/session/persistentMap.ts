const BITS = 4;
const WIDTH = 1 << BITS;
const MASK = WIDTH - 1;

/** Entries whose hashes are the same as far down as the tree has been split. */
interface Leaf<V> {
  readonly hash: number;
  readonly entries: readonly (readonly [string, V])[];
}
type Node<V> = Leaf<V> | readonly (Node<V> | undefined)[];

/**
 * A map that is never changed: `set` gives a new one, which shares all but a few nodes with the old.
 * The reducer keeps its indexes in these, so that one more message costs the same at ten thousand as
 * at ten (a copied `Map` does not).
 */
export class PersistentMap<V> {
  private constructor(private readonly root: Node<V> | undefined) {}

  static empty<V>(): PersistentMap<V> {
    return new PersistentMap<V>(undefined);
  }

  get(key: string): V | undefined {
    const hash = hashOf(key);
    let node = this.root;
    for (let shift = 0; node !== undefined; shift += BITS) {
      if (!isBranch(node)) return node.entries.find(([name]) => name === key)?.[1];
      node = node[(hash >>> shift) & MASK];
    }
    return undefined;
  }

  has(key: string): boolean {
    return this.get(key) !== undefined;
  }

  set(key: string, value: V): PersistentMap<V> {
    const leaf = { hash: hashOf(key), entries: [[key, value]] as const };
    return new PersistentMap(insert(this.root, leaf, 0));
  }
}

function insert<V>(node: Node<V> | undefined, leaf: Leaf<V>, shift: number): Node<V> {
  if (node === undefined) return leaf;
  if (!isBranch(node)) {
    if (node.hash === leaf.hash) return merge(node, leaf);
    // Split: the old leaf goes one level down, and the new one after it.
    const branch = new Array<Node<V> | undefined>(WIDTH).fill(undefined);
    branch[(node.hash >>> shift) & MASK] = node;
    return insert(branch, leaf, shift);
  }
  const slot = (leaf.hash >>> shift) & MASK;
  const copy = node.slice();
  copy[slot] = insert(node[slot], leaf, shift + BITS);
  return copy;
}

function merge<V>(old: Leaf<V>, added: Leaf<V>): Leaf<V> {
  const [key] = added.entries[0] ?? [''];
  const others = old.entries.filter(([name]) => name !== key);
  return { hash: old.hash, entries: [...others, ...added.entries] };
}

function isBranch<V>(node: Node<V>): node is readonly (Node<V> | undefined)[] {
  return Array.isArray(node);
}

/** FNV-1a, 32 bits. */
function hashOf(key: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < key.length; index += 1)
    hash = Math.imul(hash ^ key.charCodeAt(index), 0x01000193);
  return hash >>> 0;
}
