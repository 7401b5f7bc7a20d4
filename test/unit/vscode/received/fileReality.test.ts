import assert from 'node:assert/strict';
import { fileFacts } from '../../../../src/extension/vscode/received/fileReality';
import { jpeg, png } from '../../../support/pictureFiles';

const PROGRAM = Buffer.concat([Buffer.from('MZ'), Buffer.alloc(200)]);
const LINUX_PROGRAM = Buffer.concat([Buffer.from('\x7fELF', 'latin1'), Buffer.alloc(60)]);
const PDF = Buffer.from('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n', 'latin1');
const ZIP = Buffer.concat([Buffer.from('PK\x05\x06', 'latin1'), Buffer.alloc(18)]);
const PAGE = Buffer.from('<!DOCTYPE html><title>Sign in</title>');
const TEXT = Buffer.from('just words');
const SHORTCUT = Buffer.from('4c0000000114020000000000c000000000000046', 'hex');
const CLASS_FILE = Buffer.from('cafebabe00000034', 'hex');
const UNKNOWN = Buffer.from([0, 1, 2, 3, 254, 255, 0, 9]);

/** The beginning of an archive, up to the name of the first file in it. */
function archiveOf(name: string): Buffer {
  const header = Buffer.alloc(30);
  header.write('PK\x03\x04', 'latin1');
  header.writeUInt16LE(20, 4); // the version that unpacks it
  header.writeUInt16LE(name.length, 26);
  return Buffer.concat([header, Buffer.from(name), Buffer.alloc(8)]);
}

describe('fileFacts', () => {
  const belying: readonly (readonly [string, string | null, Uint8Array, string])[] = [
    ['invoice.pdf', 'application/pdf', PROGRAM, 'program'],
    ['invoice.pdf', null, PAGE, 'page'],
    ['invoice.pdf', null, TEXT, 'text'],
    ['invoice.pdf', null, UNKNOWN, 'data'],
    ['photo.png', 'image/png', PDF, 'pdf'],
    ['photo.jpg', null, ZIP, 'archive'],
    ['photo', 'image/png', PAGE, 'page'],
    ['notes.txt', 'text/plain', png(1, 1), 'picture'],
    ['notes.md', null, LINUX_PROGRAM, 'program'],
    ['data.json', null, ZIP, 'archive'],
    ['archive.zip', null, PROGRAM, 'program'],
    ['report.docx', null, PAGE, 'page'],
    ['setup', null, PROGRAM, 'program'],
    ['main.ts', 'video/mp2t', PROGRAM, 'program'],
    ['report.docx', null, archiveOf('META-INF/MANIFEST.MF'), 'program'], // Java's
    ['archive.zip', 'application/zip', archiveOf('classes.dex'), 'program'], // Android's
    ['photo.png', null, Buffer.from('cffaedfe07000001', 'hex'), 'program'], // of macOS
    ['report.pdf', null, SHORTCUT, 'program'],
    ['notes.txt', null, Buffer.from('!<arch>\ndebian-binary   '), 'program'],
    ['notes.txt', null, Buffer.from('edabeedb03000000', 'hex'), 'program'], // an RPM package
    ['photo.png', null, CLASS_FILE, 'program'],
    ['film.mp4', null, Buffer.from('FWS\x0a\0\0\0\0'), 'program'], // Flash
    ['archive.zip', null, Buffer.from('Cr24\x03\0\0\0'), 'program'], // of Chrome
  ];
  for (const [name, type, data, kind] of belying)
    it(`finds that ${name} (${type ?? 'no type'}) is really ${kind}`, async () => {
      assert.deepEqual(await fileFacts(name, type, data), { kind, asClaimed: false });
    });

  const honest: readonly (readonly [string, string | null, Uint8Array])[] = [
    ['invoice.pdf', 'application/pdf', PDF],
    ['invoice.PDF', 'application/octet-stream', PDF],
    ['invoice', null, PDF],
    ['photo.jpg', 'image/jpeg', jpeg(1, 1)],
    ['photo.png', 'image/png', jpeg(1, 1)],
    ['report.docx', null, ZIP],
    ['archive.zip', 'application/zip', ZIP],
    ['setup.exe', 'application/octet-stream', PROGRAM],
    ['main.ts', 'text/plain; charset=utf-8', TEXT],
    ['main.ts', 'video/mp2t', TEXT],
    ['page.html', 'text/html', PAGE],
    ['part.html', 'text/html', TEXT],
    ['page.txt', 'text/plain', PAGE],
    ['data.csv', 'text/csv', TEXT],
    ['prices.csv', 'text/csv', Buffer.from('\ufeffЦена;1', 'utf16le')],
    ['data.json', 'application/json', Buffer.from('{"a":1}')],
    ['icon.svg', 'image/svg+xml', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')],
    ['feed.xml', 'application/xml', Buffer.from('<?xml version="1.0"?><a/>')],
    ['empty.txt', null, new Uint8Array()],
    ['empty.pdf', 'application/pdf', new Uint8Array()],
    ['run.sh', null, Buffer.from('#!/bin/sh\nls\n')],
    ['Makefile', null, TEXT],
    ['model.bin', null, UNKNOWN],
    ['dump.xyz', null, UNKNOWN],
  ];
  for (const [name, type, data] of honest)
    it(`believes ${name} (${type ?? 'no type'})`, async () => {
      assert.equal((await fileFacts(name, type, data)).asClaimed, true);
    });
});
