/** Names that people and bots give a fence, where VS Code has another id for the language. */
const IDS: Readonly<Record<string, string>> = {
  bash: 'shellscript',
  'c#': 'csharp',
  'c++': 'cpp',
  cc: 'cpp',
  console: 'shellscript',
  cs: 'csharp',
  docker: 'dockerfile',
  golang: 'go',
  gql: 'graphql',
  h: 'c',
  hpp: 'cpp',
  htm: 'html',
  js: 'javascript',
  json5: 'jsonc',
  jsx: 'javascriptreact',
  kt: 'kotlin',
  make: 'makefile',
  md: 'markdown',
  mjs: 'javascript',
  objc: 'objective-c',
  objectivec: 'objective-c',
  pl: 'perl',
  ps1: 'powershell',
  py: 'python',
  python3: 'python',
  rb: 'ruby',
  rs: 'rust',
  sh: 'shellscript',
  shell: 'shellscript',
  ts: 'typescript',
  tsx: 'typescriptreact',
  yml: 'yaml',
  zsh: 'shellscript',
};

/**
 * VS Code's id of the language that a fence names.
 *
 * @param known the ids of this VS Code
 * @returns `plaintext` for one that it does not know
 */
export function fenceLanguage(name: string | null, known: readonly string[]): string {
  const asked = name?.toLowerCase() ?? '';
  const id = Object.hasOwn(IDS, asked) ? IDS[asked] : asked;
  return known.find((each) => each.toLowerCase() === id) ?? 'plaintext';
}
