import { isShape, isString } from '../../shared/guards';

/** What VS Code gives a command of the view's context menu that was opened on a message. */
export const isOnMessage = isShape<{ messageKey: string }>({ messageKey: isString });
