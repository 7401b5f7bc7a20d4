import type { Happening } from './conversation';
import { displayName } from './displayName';
import type { TextKey, Translate } from './texts';

const ENDED: Readonly<Record<Extract<Happening, { type: 'ended' }>['by'], TextKey>> = {
  bot: 'view.happening.endedByBot',
  person: 'view.happening.endedByPerson',
  server: 'view.happening.endedByServer',
};

/** Statuses as platforms of this kind commonly call them; TWIN lists none. */
const STATUSES: ReadonlyMap<string, TextKey> = new Map([
  ['online', 'view.status.online'],
  ['away', 'view.status.away'],
  ['busy', 'view.status.busy'],
  ['offline', 'view.status.offline'],
]);

/** How a time of day is written, from ms since the epoch. */
interface Times {
  time(at: number): string;
}

/** What happened, as a sentence. */
export function happeningText(happening: Happening, t: Translate, formats: Times): string {
  switch (happening.type) {
    case 'operatorRequested':
      return t('view.happening.operatorRequested');
    case 'operatorAssigned':
      return happening.name === null
        ? t('view.happening.operatorAssignedUnnamed')
        : t('view.happening.operatorAssigned', { name: displayName(happening.name) });
    case 'operatorReplaced':
      return happening.name === null || happening.previousName === null
        ? t('view.happening.operatorReplacedUnnamed')
        : t('view.happening.operatorReplaced', {
            name: displayName(happening.name),
            previousName: displayName(happening.previousName),
          });
    case 'operatorStatus':
      return t('view.happening.operatorStatus', {
        name: happening.name === null ? t('view.author.operator') : displayName(happening.name),
        status: statusWords(happening.status, t),
      });
    case 'operatorLeft':
      return happening.name === null
        ? t('view.happening.operatorLeftUnnamed')
        : t('view.happening.operatorLeft', { name: displayName(happening.name) });
    case 'ended':
      return t(ENDED[happening.by]);
    case 'gap':
      return gapText(formats.time(happening.from), formats.time(happening.to), t);
  }
}

function gapText(from: string, to: string, t: Translate): string {
  return from === to
    ? t('view.happening.gapAt', { time: from })
    : t('view.happening.gap', { from, to });
}

/** In words where it is known, else as it came. */
function statusWords(status: string, t: Translate): string {
  const key = STATUSES.get(status.trim().toLowerCase());
  return key === undefined ? displayName(status) : t(key);
}
