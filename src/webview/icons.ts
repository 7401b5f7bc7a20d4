// Icons in the manner of VS Code's: 16 units, one stroke, the colour of the text around them.

const PATHS = {
  send: 'M2.5 2.5 14 8 2.5 13.5 4 8Z M4 8h5.5',
  attach:
    'M13.2 7.3 8.1 12.4a3.3 3.3 0 0 1-4.7-4.7l5.4-5.4a2.2 2.2 0 0 1 3.1 3.1L6.6 10.7a1.1 1.1 0 0 1-1.5-1.5l4.6-4.7',
  close: 'M4 4l8 8 M12 4l-8 8',
  check: 'M3 8.5l3.5 3.5L13 4.5',
  checks: 'M1.5 8.5 4.7 11.7 11 4.5 M8 11.2l.5.5 6-7.2',
  clock: 'M8 2a6 6 0 1 0 0 12A6 6 0 1 0 8 2 M8 5v3.2l2.3 1.5',
  warning: 'M8 2.5 14.5 13.5h-13Z M8 6.5v3.5 M8 11.5v.6',
  error: 'M8 2a6 6 0 1 0 0 12A6 6 0 1 0 8 2 M8 5v3.7 M8 10.4v.7',
  question:
    'M8 2a6 6 0 1 0 0 12A6 6 0 1 0 8 2 M6.3 6.4a1.7 1.7 0 1 1 2.4 1.6c-.5.3-.7.6-.7 1.2 M8 10.7v.6',
  reply: 'M6.5 3.5 2.5 7.5l4 4 M2.5 7.5H9a4.5 4.5 0 0 1 4.5 4.5v.5',
  copy: 'M5.5 5.5h8v8h-8Z M10.5 5.5v-3h-8v8h3',
  insert: 'M2.5 3.5h11 M2.5 12.5h11 M5.5 8h8 M2.5 6l2 2-2 2',
  apply: 'M2.5 2.5h11v11h-11Z M8 4.5v4 M6 6.5h4 M6 11h4',
  raw: 'M5.5 4.5 2 8l3.5 3.5 M10.5 4.5 14 8l-3.5 3.5',
  newFile: 'M7.5 14.5h-4v-13H9L12.5 5v3 M9 1.5V5h3.5 M12 10v4.5 M9.7 12.2h4.6',
  file: 'M3.5 1.5H9L12.5 5v9.5h-9Z M9 1.5V5h3.5',
  download: 'M8 2v8.5 M4.5 7.2 8 10.7l3.5-3.5 M2.5 13.5h11',
  bot: 'M3 6h10v7.5H3Z M8 6V3 M6 9.2v1.2 M10 9.2v1.2 M7.5 2.5h1',
  person: 'M8 8.3a3 3 0 1 0 0-6 3 3 0 1 0 0 6 M2.5 14c.3-2.6 2.6-4 5.5-4s5.2 1.4 5.5 4',
  up: 'M8 13.5V3 M3.8 7.2 8 3l4.2 4.2',
  down: 'M8 2.5v10.5 M3.8 8.8 8 13l4.2-4.2',
  refresh: 'M13.2 8.5a5.2 5.2 0 1 1-1.5-4.2L13.5 6 M13.5 2.5V6H10',
  chat: 'M2 2.5h12v8.5H8L4.5 14v-3H2Z',
  data: 'M6 2.5H5A1.5 1.5 0 0 0 3.5 4v2.5L2 8l1.5 1.5V12A1.5 1.5 0 0 0 5 13.5h1 M10 2.5h1A1.5 1.5 0 0 1 12.5 4v2.5L14 8l-1.5 1.5V12a1.5 1.5 0 0 1-1.5 1.5h-1',
} as const;

export type IconName = keyof typeof PATHS;

const SVG = 'http://www.w3.org/2000/svg';

/** Draws an icon. It says nothing to a screen reader: what it stands for is in words beside it. */
export function icon(name: IconName): SVGSVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 16 16');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', PATHS[name]);
  svg.append(path);
  return svg;
}
