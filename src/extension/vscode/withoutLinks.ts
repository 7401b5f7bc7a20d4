import type { TextArgs } from '../../shared/texts';

/**
 * Takes the link out of `[label](address)` in values that others wrote (names of files and people,
 * words of a message): VS Code makes links of these in notifications, and `command:` ones would run.
 */
export function withoutLinks(args: TextArgs): TextArgs {
  return Object.fromEntries(
    Object.entries(args).map(([name, value]) => [
      name,
      typeof value === 'string' ? value.replaceAll('](', '] (') : value,
    ]),
  );
}
