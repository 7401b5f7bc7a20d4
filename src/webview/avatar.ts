import type { FileView, Peer } from '../shared/conversation';
import { h } from './dom';
import { icon } from './icons';
import type { OnGone } from './slot';
import type { ViewContext } from './viewContext';

/** The small round picture of a bot or operator; what he is, as an icon, until it is there. */
export function avatar(
  kind: Peer,
  file: FileView | null,
  context: ViewContext,
  onGone: OnGone,
): HTMLElement {
  const place = h('span', { class: 'avatar', attrs: { 'aria-hidden': 'true' } });
  place.append(icon(kind === 'bot' ? 'bot' : 'person'));
  if (file?.available !== true) return place;
  onGone(
    context.pictures.show(place, file.key, (picture) => {
      if (picture.state !== 'ready') return;
      const image = h('img', { attrs: { src: picture.url, alt: '' } });
      image.addEventListener('load', () => {
        place.replaceChildren(image);
      });
    }),
  );
  return place;
}
