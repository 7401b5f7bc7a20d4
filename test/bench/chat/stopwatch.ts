import type { Author } from '../../vscode/chat';

declare global {
  interface Window {
    stopwatch: {
      /** When the first new row of this author was painted after the last click or Enter; in ms. */
      painted(author: Author): Promise<number>;
      /** How long a frame takes at rest, ms. */
      frame(): Promise<number>;
    };
  }
}

/**
 * Runs in the view. A row is painted when the frame that follows its arrival has been rendered: its
 * first `requestAnimationFrame` comes just before that, the task after it just after.
 */
export function installStopwatch(): void {
  const FRAMES = 61;
  const PATIENCE = 30_000;
  let began = 0;
  let known = new Set<string | undefined>();
  let took = new Map<string | undefined, number>();
  let look = (): void => undefined;
  const rows = (): readonly HTMLElement[] => [
    ...document.querySelectorAll<HTMLElement>('.log > article'),
  ];
  const ids = (): readonly (string | undefined)[] =>
    rows().map(({ dataset }) => dataset['messageId']);
  const begin = (event: Event): void => {
    began = event.timeStamp;
    known = new Set(ids());
    took = new Map();
  };
  const rendered = (then: () => void): void => {
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = then;
      channel.port2.postMessage(null);
    });
  };
  const note = (): void => {
    const now = performance.now();
    for (const { dataset } of rows())
      if (!known.has(dataset['messageId']) && !took.has(dataset['author']))
        took.set(dataset['author'], now - began);
    look();
  };
  window.addEventListener('click', begin, true);
  window.addEventListener(
    'keydown',
    (event) => {
      if (event.key === 'Enter') begin(event);
    },
    true,
  );
  // Behind the view's own listener: what it draws of a message stands when this is called.
  window.addEventListener('message', () => {
    // Each chat calls its greeting the same: of one that is gone the next may come.
    known = new Set(ids().filter((id) => known.has(id)));
    rendered(note);
  });
  window.stopwatch = {
    painted: (author) =>
      new Promise((resolve, reject) => {
        const before = look;
        look = () => {
          before();
          const ms = took.get(author);
          if (ms !== undefined) resolve(ms);
        };
        look();
        setTimeout(reject, PATIENCE, new Error(`no row of the ${author} has come`));
      }),
    frame: async () => {
      const at: number[] = [];
      while (at.length < FRAMES) at.push(await new Promise(requestAnimationFrame));
      return ((at.at(-1) ?? NaN) - (at[0] ?? NaN)) / (FRAMES - 1);
    },
  };
}
