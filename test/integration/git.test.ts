// What Git says in the first moments of a window, before it has looked for repositories.
import { equal } from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { EventEmitter, Uri, extensions } from 'vscode';
import { isGitIgnored } from '../../src/extension/vscode/git';

describe('Git', () => {
  const { getExtension } = extensions;

  const stand = (value: unknown) => Object.defineProperty(extensions, 'getExtension', { value });

  afterEach(() => stand(getExtension));

  it('is asked once it has looked through the workspace, and not before', async () => {
    const changed = new EventEmitter<string>();
    const file = Uri.file('/place/dist/app.js');
    const repository = { checkIgnore: (paths: string[]) => Promise.resolve(new Set(paths)) };
    const api = {
      state: 'uninitialized',
      onDidChangeState: changed.event,
      getRepository: () => (api.state === 'initialized' ? repository : null),
    };
    const git = { enabled: true, getAPI: () => api };
    stand(() => ({ activate: () => Promise.resolve(git) }));
    let answered = false;
    const ignored = isGitIgnored(file).finally(() => {
      answered = true;
    });
    for (let turn = 0; turn < 100; turn += 1) await setImmediate();
    equal(answered, false);
    api.state = 'initialized';
    changed.fire(api.state);
    equal(await ignored, true);
  });
});
