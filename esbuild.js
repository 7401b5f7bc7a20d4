// Makes every bundle: `node esbuild.js [--watch] [--tests]`. Tests are bundled too, so that one
// tool turns TypeScript into something Node, the extension host and Chromium can run.
const { readdirSync, rmSync } = require('node:fs');
const path = require('node:path');
const esbuild = require('esbuild');
const { writeThirdPartyNotices } = require('./thirdPartyNotices');

const watch = process.argv.includes('--watch');
const tests = process.argv.includes('--tests');

/** Modules of the extension that are bundles of their own, read only when first needed. */
const LOADED_ON_DEMAND = {
  socketIoTransport: 'src/extension/twin/socketIoTransport.ts',
  inspector: 'src/extension/vscode/guard/inspector.ts',
  typeTables: 'src/extension/vscode/typeTables.ts',
  patch: 'src/extension/vscode/patch.ts',
  inspectPicture: 'src/extension/vscode/received/inspectPicture.ts',
  simulator: 'src/simulator/simulator.ts',
  renderTranscript: 'src/extension/session/transcript/renderTranscript.ts',
};

/** The same of the view. They share no code with it, and bring no styles. */
const LOADED_BY_THE_VIEW = {
  highlighter: 'src/webview/highlighter.ts',
  parseMarkdown: 'src/markdown/parseMarkdown.ts',
};

/** Points `import('…/socketIoTransport')` at the bundle beside the one that asks for it. */
const loadOnDemand = (bundles) => ({
  name: 'load-on-demand',
  setup(build) {
    const names = Object.keys(bundles).join('|');
    build.onResolve({ filter: new RegExp(`/(${names})$`) }, ({ path: asked, kind }) =>
      kind === 'dynamic-import' ? { path: `./${path.basename(asked)}.js`, external: true } : null,
    );
  },
});

/**
 * VS Code's API as one module of the bundle. Else esbuild copies the names of the API, some 300, for
 * each file that imports it as a whole, and that took half of the time in which the extension loads.
 */
const vscodeOnce = {
  name: 'vscode-once',
  setup(build) {
    build.onResolve({ filter: /^vscode$/ }, ({ namespace }) =>
      namespace === 'vscode-once'
        ? { path: 'vscode', external: true }
        : { path: 'vscode', namespace: 'vscode-once' },
    );
    build.onLoad({ filter: /.*/, namespace: 'vscode-once' }, () => ({
      contents: "export * from 'vscode';",
    }));
  },
};

/** The licences of what is bundled. */
const NOTICES = 'dist/THIRD_PARTY_NOTICES.txt';

const common = { bundle: true, sourcemap: 'linked', logLevel: 'warning', legalComments: 'none' };

/** The 252 named characters of HTML 4 do; all 2,125 of HTML 5 are a fifth of the view's bundle. */
const markdown = { 'character-entities': './src/markdown/namedCharacters.ts' };

const node = {
  ...common,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  // `import()` becomes `require()`: what is loaded when can then be seen in `require.cache`.
  supported: { 'dynamic-import': false },
  external: ['vscode'],
  plugins: [loadOnDemand(LOADED_ON_DEMAND)],
  alias: markdown,
};

const extension = {
  ...node,
  plugins: [vscodeOnce, ...node.plugins],
  entryPoints: { extension: 'src/extension/main.ts', ...LOADED_ON_DEMAND },
  outdir: 'dist',
  minify: !watch,
  keepNames: true,
};

const simulatorCommand = {
  ...node,
  entryPoints: { simulator: 'src/simulator/command.ts' },
  outdir: 'out',
};

const webview = {
  ...common,
  entryPoints: { webview: 'src/webview/main.ts', ...LOADED_BY_THE_VIEW },
  outdir: 'dist',
  platform: 'browser',
  target: 'chrome132',
  // A module may `import()` another one under the nonce that it came with itself.
  format: 'esm',
  plugins: [loadOnDemand(LOADED_BY_THE_VIEW)],
  // "worker" picks the variants that do not build markup from strings to decode an entity.
  conditions: ['worker'],
  alias: {
    ...markdown,
    // The toolkit would take its whole: of this form only what is used comes along.
    tslib: './node_modules/tslib/tslib.es6.mjs',
  },
  minify: !watch,
};

/** Every `*.test.ts`, `*.main.ts` and `*.bench.ts` below test/, at the same place below out/test/. */
function testBundles() {
  const found = readdirSync('test', { recursive: true, encoding: 'utf8' });
  const entryPoints = found
    .filter((name) => /\.(test|main|bench)\.ts$/.test(name))
    .map((name) => path.posix.join('test', name.replaceAll(path.sep, '/')));
  return {
    ...node,
    plugins: [],
    entryPoints,
    outdir: 'out/test',
    outbase: 'test',
    packages: 'external',
  };
}

/** What esbuild tells of the files that it made. */
async function build(bundle) {
  const { metafile } = await esbuild.build({ ...bundle, metafile: true });
  return metafile;
}

/**
 * What an earlier build made and this one did not would go into the package. Only that is removed,
 * and last: a VS Code that runs from dist/ never finds it empty.
 */
function removeStale(metafiles) {
  const made = metafiles.flatMap(({ outputs }) => Object.keys(outputs));
  const kept = new Set([...made, NOTICES]);
  for (const name of readdirSync('dist').filter((file) => !kept.has(`dist/${file}`))) {
    rmSync(path.join('dist', name), { recursive: true });
  }
}

async function main() {
  const bundles = [extension, simulatorCommand, webview];
  if (tests) {
    rmSync('out/test', { recursive: true, force: true });
    bundles.push(testBundles());
  }
  if (!watch) {
    const metafiles = await Promise.all(bundles.map(build));
    writeThirdPartyNotices(NOTICES, metafiles);
    removeStale(metafiles);
    return;
  }
  for (const bundle of bundles) {
    const context = await esbuild.context(bundle);
    await context.watch();
  }
}

main().catch(() => {
  process.exitCode = 1; // esbuild has said what is wrong
});
