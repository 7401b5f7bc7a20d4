import type { HostMessage } from '../shared/hostMessage';
import type { Intent } from '../shared/intent';
import { translator } from '../shared/texts';
import { Announcer } from './announcer';
import { ChatView } from './chatView';
import { createFormats } from './formats';
import { h } from './dom';
import { FileStates } from './fileStates';
import { connectHost } from './host';
import { HostWatch } from './hostWatch';
import { interceptLinks } from './links';
import { canDraw, parserLoaded } from './markdown';
import { OncePerFrame } from './oncePerFrame';
import { Pictures } from './pictures';
import { Places } from './places';
import { createReading } from './reading';
import { Speech } from './speech';
import { registerToolkit } from './toolkit';
import type { ViewContext } from './viewContext';
import { ViewMemory } from './viewMemory';
import { ViewStore, type ViewModel } from './viewStore';
import './styles/base.css';
import './styles/frame.css';
import './styles/list.css';
import './styles/message.css';
import './styles/attachment.css';
import './styles/form.css';
import './styles/markdown.css';
import './styles/find.css';
import './styles/composer.css';

registerToolkit();

const store = new ViewStore();
const announcer = new Announcer();
const speech = new Speech();
const root = h('div', { class: 'root' });
const place = document.getElementById('root') ?? document.body;
place.append(root, announcer.element);

const host = connectHost(receive, () => store.model?.conversation?.key);
const memory = new ViewMemory(host);
const pictures = new Pictures((fileKey, agreedHost) => {
  host.post({ type: 'wantPicture', fileKey, agreedHost });
});
const files = new FileStates();
const places = new Places((paths) => {
  host.post({ type: 'wantPlaces', paths });
});
const reading = createReading();
const watch = new HostWatch(
  () => {
    host.post({ type: 'ping' });
  },
  (lost) => {
    view?.hostLost(lost);
  },
);
const drawing = new OncePerFrame(() => {
  draw(false);
});
let view: ChatView | null = null;
/** A snapshot has come that is not drawn yet. */
let wholeIsDue = false;
/** What the view was last given. */
let drawn: ViewModel | null = null;
let viewSettings: ViewContext['settings'] | null = null;
/** The last state that was drawn had a conversation. */
let isTalking = false;

interceptLinks(post);
window.addEventListener('online', () => {
  post({ type: 'networkReturned' });
});
// By what the person does, not by the focus: VS Code gives that back by itself when a list of its own
// closes, and what was chosen there leads to another chat.
let isInHand = false;
const workHere = (): void => {
  if (!isInHand) post({ type: 'workHere' });
  isInHand = true;
};
for (const type of ['pointerdown', 'keydown', 'input'])
  window.addEventListener(type, workHere, true);
window.addEventListener('blur', () => {
  isInHand = false;
});
host.post({ type: 'ready' });
// The frame does not wait for what is to be shown in it. Should the settings have changed since the
// document was written, the first state brings others, and another frame.
const { settings: ofDocument } = place.dataset;
if (ofDocument !== undefined)
  currentView(store.settingsLike(JSON.parse(ofDocument) as ViewContext['settings']));
place.removeAttribute('data-settings'); // read, and large
// The first message takes several times as long as the next: one that nobody sees comes before it,
// while the host reads.
void parserLoaded.then(() => {
  if (store.model === null) view?.warmUp();
});

function post(intent: Intent): void {
  host.post(intent);
  watch.spoke();
  // Its text comes into the composer: there one goes on.
  if (intent.type === 'editMessage') view?.focusComposer();
}

function receive(message: HostMessage): void {
  watch.heard();
  switch (message.type) {
    case 'alive':
      break;
    case 'picture':
      pictures.receive(message.fileKey, message.picture);
      break;
    case 'file':
      files.receive(message.fileKey, message.state);
      break;
    case 'places':
      places.receive(message.asked, message.found);
      break;
    case 'replyTo':
      view?.reply(message.messageKey);
      break;
    case 'focusComposer':
      onceDrawn(() => view?.focusComposer());
      break;
    case 'showMessage':
      readAll();
      onceDrawn(() => view?.showMessage(message.messageKey));
      break;
    case 'find':
      onceDrawn(() => view?.find());
      break;
    case 'snapshot':
      files.clear(); // the host says anew what there is to say
      receiveState(message);
      break;
    case 'patch':
      receiveState(message);
      break;
  }
}

/** Acts after the state that came before it, should that wait to be drawn. */
function onceDrawn(act: () => void): void {
  if (drawn !== store.model) void parserLoaded.then(act);
  else act();
}

function receiveState(message: Extract<HostMessage, { type: 'snapshot' | 'patch' }>): void {
  const applied = store.apply(message);
  if (applied === 'gap') host.post({ type: 'ready' });
  if (applied === 'snapshot') takeSnapshot();
  else if (applied === 'patch') drawing.wanted();
}

/** What is in sight is drawn first; what was before is read after that frame. */
function takeSnapshot(): void {
  if (memory.namesRows(store.model?.conversation?.key ?? '')) store.takeEarlier();
  draw(true);
  requestAnimationFrame(() => setTimeout(readAll));
}

function readAll(): void {
  store.takeEarlier();
  if (drawn !== store.model) draw(false);
}

/** @param whole true for a snapshot, false for a change of it */
function draw(whole: boolean): void {
  wholeIsDue ||= whole;
  const { model } = store;
  if (model === null) return;
  const hadFocus = document.hasFocus() && hasFocused();
  if (model.conversation === null && (isTalking || !memory.isEmpty)) forget();
  isTalking = model.conversation !== null;
  if (!canDraw(model.conversation)) {
    void parserLoaded.then(() => {
      draw(false);
    });
    return;
  }
  if (drawn?.conversation?.key !== model.conversation?.key) forgetKeys();
  const current = currentView(model.settings);
  current.update(model, wholeIsDue);
  drawn = model;
  wholeIsDue = false;
  // What had the focus went with the view that held it; who is elsewhere in VS Code stays there.
  if (hadFocus && !hasFocused()) current.takeFocus();
}

/** Whether anything in the view has the focus, should the view have it. */
function hasFocused(): boolean {
  return document.activeElement !== document.body;
}

/** Another conversation: its rows and files may have the keys of those before. */
function forgetKeys(): void {
  pictures.forgetSizes();
  reading.raw.clear();
  reading.shown.clear();
}

/** There is no conversation, or it was deleted: nothing of one may be left in the view. */
function forget(): void {
  view?.dispose();
  view = null;
  viewSettings = null;
  root.replaceChildren(); // what has the focus writes down what it held as it goes
  memory.clear();
}

/** The view for these settings; other words or keys need a new one. */
function currentView(settings: ViewContext['settings']): ChatView {
  if (view !== null && viewSettings === settings) return view;
  viewSettings = settings;
  view?.dispose();
  applySettings(settings);
  const context: ViewContext = {
    settings,
    isMac: navigator.userAgent.includes('Macintosh'),
    t: translator(settings.language, settings.texts),
    formats: createFormats(settings.language),
    pictures,
    files,
    places,
    reading,
    announcer,
    post,
    now: () => Date.now(),
  };
  view = new ChatView(root, context, memory, speech, readAll);
  view.hostLost(watch.isLost);
  return view;
}

function applySettings({ language, fontSize, fontFamily }: ViewContext['settings']): void {
  const { documentElement } = document;
  documentElement.lang = language;
  const set = (name: string, value: string | null): void => {
    if (value === null) documentElement.style.removeProperty(name);
    else documentElement.style.setProperty(name, value);
  };
  set('--twin-font-size', fontSize === null ? null : `${fontSize}px`);
  set('--twin-font-family', fontFamily);
}
