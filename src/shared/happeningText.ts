import type { Happening } from './conversation';
import { displayName } from './displayName';
import type { TextKey, Translate } from './texts';

const ENDED: Readonly<Record<Extract<Happening, { type: 'ended' }>['by'], TextKey>> = {
  bot: 'view.happening.endedByBot',
  person: 'view.happening.endedByPerson',
  server: 'view.happening.endedByServer',
};

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
        status: displayName(happening.status),
      });
    case 'operatorLeft':
      return happening.name === null
        ? t('view.happening.operatorLeftUnnamed')
        : t('view.happening.operatorLeft', { name: displayName(happening.name) });
    case 'ended':
      return t(ENDED[happening.by]);
    case 'gap':
      return t('view.happening.gap', {
        from: formats.time(happening.from),
        to: formats.time(happening.to),
      });
  }
}
