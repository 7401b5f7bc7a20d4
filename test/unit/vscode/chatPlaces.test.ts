import assert from 'node:assert/strict';
import { Emitter } from '../../../src/extension/core/event';
import type { ChatSession } from '../../../src/extension/session/chatSession';
import type { SessionManager } from '../../../src/extension/session/sessionManager';
import type { ChatPlace } from '../../../src/extension/vscode/chatPlace';
import { ChatPlaces } from '../../../src/extension/vscode/chatPlaces';
import type { ChatSurface, SurfaceIntent } from '../../../src/extension/vscode/chatSurface';
import type { ChatTabs } from '../../../src/extension/vscode/chatTabs';
import type { ChatViewProvider } from '../../../src/extension/vscode/chatViewProvider';
import type { Intent } from '../../../src/shared/intent';
import { useLeakCheck } from '../../support/leakCheck';

useLeakCheck();

describe('The places of a chat', () => {
  const session = (key: string) => ({ key }) as unknown as ChatSession;
  const a = session('a');
  const b = session('b');
  let current: ChatSession | null;
  let revealed: string[];
  let intents: Emitter<SurfaceIntent>;
  let visibility: Emitter<ChatPlace>;
  let activity: Emitter<ChatPlace>;
  let tabs: (ChatPlace & { isVisible: boolean; isActive: boolean })[];
  let view: ChatPlace & { isVisible: boolean };
  let places: ChatPlaces;

  const place = (name: string, shown: () => ChatSession | null) => ({
    get session() {
      return shown();
    },
    isVisible: true,
    isActive: false,
    surface: {
      replyTo: (key: string) => revealed.push(`${name} ${key}`),
    } as unknown as ChatSurface,
    reveal: ({ type }: { readonly type: string }) => {
      revealed.push(`${name} ${type}`);
      return Promise.resolve();
    },
  });

  const says = (where: ChatPlace, type: Intent['type']) => {
    const { surface, session: shown } = where;
    assert.ok(surface);
    intents.fire({ intent: { type } as Intent, session: shown, surface });
  };

  beforeEach(() => {
    [current, revealed] = [a, []];
    [intents, visibility, activity] = [new Emitter(), new Emitter(), new Emitter()];
    view = place('view', () => current);
    tabs = [place('tab a', () => a), place('tab b', () => b)];
    const sessions = {
      get current() {
        return current;
      },
      show: (key: string) => {
        current = key === 'a' ? a : b;
      },
    } as unknown as SessionManager;
    const events = { onIntent: intents.event, onDidChangeVisibility: visibility.event };
    const ofView = Object.assign(view, {
      onIntent: new Emitter<SurfaceIntent>().event,
      onDidChangeVisibility: new Emitter<ChatPlace>().event,
    }) as unknown as ChatViewProvider;
    const ofTabs = { ...events, all: tabs, onDidBecomeActive: activity.event };
    places = new ChatPlaces(sessions, ofView, ofTabs as unknown as ChatTabs);
  });

  afterEach(() => {
    places.dispose();
  });

  const [tabA, tabB] = [() => tabs[0] as ChatPlace, () => tabs[1] as ChatPlace];

  it('lead commands to where the person works, with what that shows', async () => {
    says(tabB(), 'workHere');
    await places.reveal({ type: 'find' });
    says(tabA(), 'workHere');
    await places.replyTo('m');
    says(view, 'workHere');
    await places.reveal();
    const expected = ['tab b find', 'tab a m', 'tab a focusComposer', 'view focusComposer'];
    assert.deepEqual([revealed, current], [expected, a]);
  });

  it('turn to the tab that has become active, and to where files are dropped', () => {
    activity.fire(tabB());
    assert.equal(current, b);
    says(tabA(), 'attachUris');
    assert.equal(current, a);
    says(tabB(), 'attachData');
    assert.equal(current, b);
    says(tabA(), 'seen');
    assert.equal(current, b);
  });

  it('turn to the tab under the title bar whose button was pressed, if there is one', () => {
    const [, second] = tabs;
    assert.ok(second);
    says(view, 'workHere');
    places.turnToActiveTab();
    assert.equal(current, a);
    second.isActive = true;
    places.turnToActiveTab();
    assert.equal(current, b);
  });

  it('lead to one that is seen, where the person worked is out of sight or shows another', async () => {
    says(tabB(), 'workHere');
    current = a; // taken from the list
    await places.reveal();
    const [first] = tabs;
    assert.ok(first);
    first.isVisible = false;
    await places.reveal();
    view.isVisible = false;
    await places.reveal();
    current = null;
    await places.reveal();
    assert.deepEqual(
      revealed.map((it) => it.replace(' focusComposer', '')),
      ['tab a', 'view', 'tab a', 'view'],
    );
  });

  it('have in sight what any of them shows that is visible', () => {
    const shown: ChatSession[] = [];
    const subscription = places.onDidShow((it) => shown.push(it));
    assert.deepEqual([places.isInSight(a), places.isInSight(b)], [true, true]);
    for (const tab of tabs) tab.isVisible = false;
    assert.deepEqual([places.isInSight(a), places.isInSight(b)], [true, false]);
    visibility.fire(tabB());
    for (const tab of tabs) tab.isVisible = true;
    visibility.fire(tabB());
    assert.deepEqual(shown, [b]);
    subscription.dispose();
  });
});
