/** How each line begins that a suite prints from inside the extension host. */
export const SUITE_MARK = '\u2502';
