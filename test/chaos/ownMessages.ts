// What became of the person's own messages, by the ledger.

import type { MessageRow } from '../../src/shared/conversation';
import type { Evidence } from './evidence';
import type { OwnSend } from './person';

export function lostOnes({ world, own, deeds, events, isInMemory }: Evidence): string[] {
  const removed = new Set(events.flatMap((event) => (event.type === 'removed' ? event.key : [])));
  const isGone = (key: string): boolean => isInMemory || removed.has(key);
  const drafts = world.shown.map((session) => session.conversation.composer.draft.text).join('\n');
  // What came back into the composer may go with another.
  const isKept = ({ text }: OwnSend): boolean =>
    drafts.includes(text) ||
    world.leftBehind.some((left) => left.includes(text)) ||
    own.some((row) => row.text.includes(text));
  return deeds.sends
    .filter((send) => !isKept(send) && !send.mayBeGone)
    .filter((send) => !own.some((row) => row.key === send.key))
    .filter(({ key, withdrawn }) => !(isGone(key) && (withdrawn || deeds.handedOver)))
    .map((send) => `lost: "${send.text}" (${send.key}) is not shown`);
}

/** Failed, queued or taken back: the server has not got it. And nothing twice. */
export function lies(evidence: Evidence): string[] {
  const { own, taken, deeds, isForgotten } = evidence;
  const keys = new Set(own.map((row) => row.key));
  return textsOf(evidence).flatMap((text) => {
    const rows = own.filter((row) => row.text === text);
    const sends = deeds.sends.filter((send) => send.text === text);
    const again = sends.reduce((sum, send) => sum + send.again, 0);
    const count = taken.filter((entry) => entry.body === text).length;
    const mayBeTaken = rows.filter((row) => isShownTaken(row) || row.delivery === 'unknown').length;
    const states = rows.map((row) => row.delivery).join(', ');
    // What a bad disk has forgotten may have been taken.
    const gone = sends.filter((send) => isForgotten && send.mayBeGone && !keys.has(send.key));
    const found: string[] = [];
    if (count > sends.length + again) found.push(`doubled: "${text}" was taken ${count} times`);
    if (count > mayBeTaken + again + gone.length)
      found.push(`lie: "${text}" was taken ${count} times, and is shown as ${states || 'nothing'}`);
    return found;
  });
}

/** Sent or read: the server has it. */
export function falselySent(evidence: Evidence): string[] {
  const { own, taken, deeds } = evidence;
  return textsOf(evidence).flatMap((text) => {
    const rows = own.filter((row) => row.text === text && isShownTaken(row));
    const confirmed = deeds.sends.filter((send) => send.text === text && send.confirmed).length;
    const count = taken.filter((entry) => entry.body === text).length;
    const states = rows.map((row) => row.delivery).join(', ');
    return rows.length - confirmed > count
      ? [`lie: "${text}" is shown as ${states}, taken ${count} times`]
      : [];
  });
}

function textsOf({ deeds, taken }: Evidence): readonly string[] {
  return [...new Set([...deeds.sends.map((send) => send.text), ...taken.map((it) => it.body)])];
}

function isShownTaken(row: MessageRow): boolean {
  return row.delivery === 'sent' || row.delivery === 'read';
}

/**
 * What was sent once and never in doubt is taken in the person's order. Only one that waited for the
 * disk, and said so, may come after those behind it.
 */
export function disorder({ world, taken, deeds, events }: Evidence): string[] {
  const inDoubt = new Set(
    events.flatMap((event) => (event.type === 'becameUnknown' ? event.key : [])),
  );
  const texts = deeds.sends.map((send) => send.text);
  const isPlain = (send: OwnSend): boolean =>
    send.again === 0 &&
    !send.mayBeGone &&
    !inDoubt.has(send.key) &&
    !world.screens.doubted.has(send.key) &&
    texts.indexOf(send.text) === texts.lastIndexOf(send.text);
  const order = deeds.sends.filter(isPlain);
  const places = taken
    .map((entry) => order.findIndex((send) => send.text === entry.body))
    .filter((place) => place >= 0);
  const passed = places.flatMap((place, index) => {
    const key = order[place]?.key ?? '';
    const isLate = places.slice(0, index).some((before) => before > place);
    return isLate && !world.screens.heldByDisk.has(key) ? [order[place]?.text] : [];
  });
  return passed.length > 0 ? [`out of order: ${passed.join(' | ')}`] : [];
}

/** When all is healed and quiet, nothing waits any more. */
export function stuckOnes({ own, world }: Evidence, isOnline: boolean): string[] {
  const isHeld = (row: MessageRow): boolean =>
    world.disk.trouble !== null && row.problem?.reason === 'disk';
  return own
    .filter((row) => !isHeld(row))
    .filter((row) => row.delivery === 'sending' || (row.delivery === 'queued' && isOnline))
    .map((row) => `stuck: "${row.text}" is ${String(row.delivery)}`);
}

/** An unknown one that the other side has named is settled. */
export function unsettledOnes({ own, events, taken }: Evidence): string[] {
  const texts = own.map((row) => row.text);
  return own.flatMap((row) => {
    const isUnique = texts.indexOf(row.text) === texts.lastIndexOf(row.text);
    const once = taken.filter((entry) => entry.body === row.text).length === 1;
    if (row.delivery !== 'unknown' || !isUnique || !once) return [];
    const left = events.findLastIndex((it) => it.type === 'sending' && it.key === row.key);
    const evidence = events.slice(left + 1).find((event) => {
      if (event.type !== 'received' || event.event.type !== 'message') return false;
      const { message } = event.event;
      return (
        (message.author === 'client' && message.text === row.text) ||
        message.replyTo?.text === row.text
      );
    });
    return evidence === undefined
      ? []
      : [`unsettled: "${row.text}" is unknown, though the other side named it`];
  });
}
