import { h } from './dom';
import type { Place } from './placesInText';
import type { ViewContext } from './viewContext';
import { whenNear } from './whenNear';

/**
 * Makes the text that names a place a link, once it is near the window and if the workspace has
 * such a file. A click becomes an intent in `links.ts`, as for every link.
 */
export function placeLink(
  text: HTMLElement,
  place: Place,
  { places, t }: ViewContext,
): HTMLElement {
  const { path, line, column } = place;
  whenNear(text, () => {
    places.whenFound(path, () => {
      const link = h(
        'a',
        {
          attrs: { href: '#', title: t('view.place.opens', { name: path }) },
          data: { path, line: `${line ?? ''}`, column: `${column ?? ''}` },
        },
        ...text.childNodes,
      );
      text.replaceChildren(link);
    });
  });
  return text;
}
