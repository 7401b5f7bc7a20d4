// Type-aware lint. The zones below say what each folder may import; its tsconfig says the same to
// the compiler, so that a border is kept by two guards.
import { builtinModules } from 'node:module';
import tseslint from 'typescript-eslint';

const nodeBuiltIns = [...builtinModules, 'node:*'];

/** Forbids `names` (or every package) and `folders` (paths) in `files`. */
function border(files, { names = [], packages = false, folders = [] }, message) {
  return {
    files,
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            ...(names.length ? [{ group: names, message }] : []),
            ...(packages ? [{ regex: '^[^.]', message }] : []),
            ...folders.map((folder) => ({ regex: `^\\.{1,2}/(.*/)?${folder}(/|$)`, message })),
          ],
        },
      ],
    },
  };
}

/** What VS Code shows of an object that is given to it. */
const SHOWN =
  '/^(title|placeHolder|placeholder|prompt|label|description|detail|tooltip|message|openLabel|saveLabel|accessibilityInformation)$/';
const WORDS = '/[A-Za-z]{2}|[А-яЁё]/u';
const WORDS_BESIDE_AN_ICON = String.raw`/^(?!\$\([a-z-]+\) $).*([A-Za-z]{2}|[А-яЁё])/u`;
const hardCoded = [
  // Asked of VS Code: `showWarningMessage('…')`, `withProgress({ title: '…' })`.
  `CallExpression[callee.property.name=/^show[A-Z]/] > Literal[value=${WORDS}]`,
  `CallExpression[callee.property.name=/^show[A-Z]/] > TemplateLiteral > TemplateElement[value.raw=${WORDS_BESIDE_AN_ICON}]`,
  // A notification makes links of `[label](address)`: what others wrote comes by the translator, which
  // takes them out.
  `CallExpression[callee.property.name=/^show(Information|Warning|Error)Message$/] > TemplateLiteral`,
  // Given to it: `{ label: '…' }`, `item.tooltip = '…'`.
  `Property[key.name=${SHOWN}] > Literal[value=${WORDS}]`,
  `Property[key.name=${SHOWN}] > TemplateLiteral > TemplateElement[value.raw=${WORDS_BESIDE_AN_ICON}]`,
  `AssignmentExpression[left.property.name=${SHOWN}] > Literal[value=${WORDS}]`,
  `AssignmentExpression[left.property.name=${SHOWN}] > TemplateLiteral > TemplateElement[value.raw=${WORDS_BESIDE_AN_ICON}]`,
];

export default tseslint.config(
  { ignores: ['dist/', 'out/', '.vscode-test/', 'node_modules/'] },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      'no-console': 'error',
      'no-restricted-exports': ['error', { restrictDefaultExports: { direct: true, named: true } }],
      eqeqeq: 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/naming-convention': [
        'error',
        {
          selector: 'memberLike',
          modifiers: ['private'],
          format: ['camelCase'],
          leadingUnderscore: 'forbid',
        },
        { selector: 'typeLike', format: ['PascalCase'] },
        {
          selector: 'interface',
          format: ['PascalCase'],
          custom: { regex: '^I[A-Z]', match: false },
        },
      ],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/prefer-nullish-coalescing': ['error', { ignorePrimitives: true }],
    },
  },
  border(
    ['src/shared/**'],
    { packages: true, folders: ['extension', 'markdown', 'webview', 'simulator'] },
    'shared/ imports nothing but itself.',
  ),
  border(
    ['src/markdown/**'],
    {
      names: ['vscode', ...nodeBuiltIns],
      folders: ['shared', 'extension', 'webview', 'simulator'],
    },
    'markdown/ imports its parser and nothing of the house.',
  ),
  border(
    ['src/extension/core/**'],
    {
      names: ['vscode', ...nodeBuiltIns],
      folders: ['twin', 'session', 'vscode', 'markdown', 'webview', 'simulator'],
    },
    'core/ imports nothing of the extension, no VS Code, no Node.',
  ),
  border(
    ['src/extension/twin/**'],
    {
      names: ['vscode', ...nodeBuiltIns],
      folders: ['session', 'vscode', 'markdown', 'webview', 'simulator'],
    },
    'twin/ sees core and shared only: no VS Code, no Node, so that it also runs in a browser.',
  ),
  border(
    ['src/extension/session/**'],
    {
      names: ['vscode', ...nodeBuiltIns, 'socket.io-client'],
      folders: ['vscode', 'webview', 'simulator'],
    },
    'session/ sees core, shared, markdown and twin only.',
  ),
  border(['src/extension/vscode/**'], { folders: ['webview'] }, 'The host never imports the view.'),
  border(
    ['src/webview/**'],
    { names: ['vscode', ...nodeBuiltIns], folders: ['extension', 'simulator'] },
    'The webview sees shared and markdown only.',
  ),
  border(
    ['src/simulator/**'],
    {
      names: ['vscode', 'socket.io-client'],
      folders: ['extension', 'markdown', 'webview', 'shared'],
    },
    "The simulator has its own copy of the wire types, so that a client's mistake cannot hide in it.",
  ),
  {
    files: ['src/extension/**/*.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        ...hardCoded.map((selector) => ({
          selector,
          message: 'Words on the screen: l10n/*.json.',
        })),
      ],
    },
  },
  {
    files: ['test/**/*.ts', 'src/simulator/command.ts'],
    rules: { 'no-console': 'off' },
  },
  {
    files: ['test/**/*.ts'],
    rules: { '@typescript-eslint/explicit-module-boundary-types': 'off' },
  },
);
