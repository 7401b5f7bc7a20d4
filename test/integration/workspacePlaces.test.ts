// Which paths in a message are files of the workspace: none that lies outside of its folders.
import { equal, deepEqual } from 'node:assert/strict';
import path from 'node:path';
import { Position, Range, workspace, window } from 'vscode';
import { codeChange, linesOrWhole } from '../../src/extension/vscode/codeChange';
import { findInWorkspace, openPlace, whichExist } from '../../src/extension/vscode/workspacePlaces';
import { Desk } from './desk';

describe('a path in a message', () => {
  let desk: Desk;

  beforeEach(async () => {
    desk = await Desk.open();
  });

  afterEach(() => desk.close());

  it('is a file of the workspace, however it is written', async () => {
    const name = path.posix.basename(desk.folder.path);
    const wanted = `${desk.folder.path}/src/orderStatus.ts`;
    for (const written of [
      'src/orderStatus.ts',
      './src/orderStatus.ts',
      'src\\orderStatus.ts',
      'src/../src/orderStatus.ts',
      `${name}/src/orderStatus.ts`,
      wanted,
    ])
      equal((await findInWorkspace(written))?.path, wanted, written);
  });

  it('is none outside of the workspace, and no folder', async () => {
    const outside = path.posix.join(desk.folder.path, '..', 'outside.txt');
    const uri = desk.folder.with({ path: outside });
    await workspace.fs.writeFile(uri, Buffer.from('x'));
    try {
      const paths = [
        '../outside.txt',
        'src/../../outside.txt',
        outside,
        '/etc/hostname',
        'src',
        '',
      ];
      deepEqual(await whichExist(paths), []);
    } finally {
      await workspace.fs.delete(uri);
    }
  });

  it('opens at its line, and says when it is gone', async () => {
    await openPlace('src/orderStatus.ts', 4, 7);
    deepEqual(window.activeTextEditor?.selection.active, new Position(3, 6));
    await openPlace('src/gone.ts', 1, null);
    await desk.notice('src/gone.ts is no longer in the workspace');
  });
});

describe('a change by code', () => {
  let desk: Desk;

  beforeEach(async () => {
    desk = await Desk.open();
  });

  afterEach(() => desk.close());

  it('keeps the line ends of the file, and its last one', async () => {
    const document = await workspace.openTextDocument(
      await desk.write('crlf.txt', 'a\r\nb\r\nc\r\n'),
    );
    equal(codeChange(linesOrWhole(document, null), 'x\ny').after, 'x\r\ny\r\n');
    equal(
      codeChange(linesOrWhole(document, { first: 2, last: 2 }), 'x\ny').after,
      'a\r\nx\r\ny\r\nc\r\n',
    );
    equal(codeChange({ document, range: new Range(0, 0, 1, 0) }, 'x').after, 'x\r\nb\r\nc\r\n');
  });

  it('takes lines that the file does not have for as many as it has', async () => {
    const document = await workspace.openTextDocument(await desk.write('short.txt', 'a\nb'));
    equal(codeChange(linesOrWhole(document, { first: 2, last: 99 }), 'x').after, 'a\nx');
    equal(codeChange(linesOrWhole(document, { first: 50, last: 99 }), 'x').after, 'x');
  });
});
