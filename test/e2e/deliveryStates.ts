// The states of a message on its way out: what holds it up, what becomes of it, and of the disk that
// is to know of it.
import { rm, writeFile } from 'node:fs/promises';
import {
  TALK,
  begin,
  journalsOf,
  languageOf,
  run,
  say,
  type Scene,
  type ScreenshotState,
} from './scene';

/** The server asks to wait, longer than the pictures take. */
async function sendToBusy(scene: Scene): Promise<void> {
  const headers = { 'Retry-After': '120' };
  scene.simulator.failNext({ route: 'send', status: 503, headers, body: '' });
  await scene.chat.send(TALK[languageOf(scene)].question);
  await scene.chat.find('[data-delivery="queued"] .fate-words').waitFor();
}

async function breakDisk(scene: Scene): Promise<void> {
  await rm(journalsOf(scene), { recursive: true });
  await writeFile(journalsOf(scene), 'no folder');
}

const mendDisk = (scene: Scene) => rm(journalsOf(scene));

export const DELIVERY_STATES: readonly ScreenshotState[] = [
  {
    name: 'sending',
    async show(scene) {
      const { simulator, chat } = scene;
      await begin(scene);
      simulator.setFaults([{ kind: 'drop', how: 'silent', routes: ['send'] }]);
      await chat.send(TALK[languageOf(scene)].question);
      await chat.find('.fate-buttons.sending:visible').waitFor();
    },
    restore: ({ simulator }) => {
      simulator.setFaults([]);
    },
  },
  {
    name: 'undelivered',
    async show(scene) {
      const { simulator, chat } = scene;
      const talk = TALK[languageOf(scene)];
      await begin(scene);
      simulator.failNext({ route: 'send', status: 400, body: { error: 'Invalid attachment' } });
      await chat.send(talk.question);
      await chat.find('[data-delivery="failed"]').waitFor();
      simulator.failNext({ route: 'send', status: 500, body: '<html>oops</html>' });
      await chat.send(talk.thanks);
      await chat.find('[data-delivery="unknown"]').waitFor();
      await sendToBusy(scene);
    },
  },
  {
    // The disk knows it as one that waits, and cannot be told that it goes.
    name: 'held',
    async show(scene) {
      const { api, chat } = scene;
      await begin(scene);
      await api.play('absent');
      await chat.untilConnection('reconnecting');
      await chat.send(TALK[languageOf(scene)].question);
      await chat.find('[data-delivery="queued"]').waitFor();
      await breakDisk(scene);
      await api.play('platform');
      await chat.untilConnection('online');
      await chat.find('[data-delivery="queued"] .fate-words').waitFor();
    },
    restore: mendDisk,
  },
  {
    name: 'frozen',
    async show(scene) {
      await begin(scene);
      await sendToBusy(scene);
      await run(scene, 'endChat');
      await scene.chat.untilConnection('ended');
    },
  },
  {
    name: 'storageFailed',
    async show(scene) {
      await begin(scene);
      await breakDisk(scene);
      await say(scene, TALK[languageOf(scene)].question);
      await scene.chat.find('[data-notice="storage"]').waitFor();
    },
    restore: mendDisk,
  },
];
