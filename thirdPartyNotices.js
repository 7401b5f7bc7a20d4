// The licences of what is bundled: most ask that their text goes along with every copy.
const { existsSync, readFileSync, readdirSync, writeFileSync } = require('node:fs');
const path = require('node:path');

/** The folder of the package that a bundled file lies in, or `null` for a file of this project. */
function packageFolder(file) {
  const parts = file.split('/');
  const at = parts.lastIndexOf('node_modules');
  if (at < 0) return null;
  const length = parts[at + 1].startsWith('@') ? 2 : 1;
  return parts.slice(0, at + 1 + length).join('/');
}

/** One package's name, version, licence and the text of the latter, where it comes with one. */
function notice(folder) {
  const manifest = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((name) => /^(licen[cs]e|copying)(\.|$)/i.test(name));
  const text = file === undefined ? '' : readFileSync(path.join(folder, file), 'utf8').trim();
  const { name, version, license, licenses } = manifest;
  // Old manifests name them in a list; the oldest leave it to the readme.
  const kind = license ?? licenses?.map(({ type }) => type).join(' OR ') ?? 'see its readme';
  return [`${name} ${version} (${kind})`, text].filter((part) => part !== '').join('\n\n');
}

/**
 * Writes the notices of all packages that went into the bundles beside them.
 *
 * @param {string} target the file to write; what lies in its folder counts
 * @param {readonly import('esbuild').Metafile[]} metafiles what esbuild tells of the bundles
 */
function writeThirdPartyNotices(target, metafiles) {
  const files = metafiles.flatMap(({ outputs }) =>
    Object.entries(outputs)
      .filter(([name]) => path.dirname(name) === path.dirname(target))
      .flatMap(([, { inputs }]) => Object.keys(inputs)),
  );
  const folders = new Set(files.map(packageFolder).filter((folder) => folder !== null));
  const notices = [...folders].filter((folder) => existsSync(folder)).map(notice);
  const unique = [...new Set(notices)].sort();
  writeFileSync(target, `${unique.join(`\n\n${'-'.repeat(80)}\n\n`)}\n`);
}

module.exports = { writeThirdPartyNotices };
