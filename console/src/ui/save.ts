// Puts what is on the screen into files.
import typeface from '@fontsource-variable/inter/files/inter-latin-wght-normal.woff2?url';
import { type Sheet, toCsv } from './sheet';

// As the style sheets of the page call it, so that drawings made by libraries find it too.
const TYPEFACE = 'Inter Variable';
const SCALE = 2;

export function saveBlob(name: string, blob: Blob) {
  const address = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** A drawing carries its typeface along: a picture has no access to the fonts of a page. */
async function withTypeface(svg: string): Promise<string> {
  const response = await fetch(typeface).catch(() => null);
  if (!response?.ok) return svg;
  const bytes = new Uint8Array(await response.arrayBuffer());
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  const face = `@font-face{font-family:"${TYPEFACE}";font-weight:100 900;src:url(data:font/woff2;base64,${btoa(binary)})}`;
  return svg.replace('>', `><style>${face}</style>`);
}

export async function saveSvg(name: string, svg: string) {
  saveBlob(name, new Blob([await withTypeface(svg)], { type: 'image/svg+xml' }));
}

/** Draws an SVG at twice its size, so that it stays sharp in a document. */
export async function savePng(name: string, svg: string) {
  const image = new Image();
  const address = URL.createObjectURL(new Blob([await withTypeface(svg)], { type: 'image/svg+xml' }));
  try {
    image.src = address;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = image.naturalWidth * SCALE;
    canvas.height = image.naturalHeight * SCALE;
    const context = canvas.getContext('2d');
    if (!context) return;
    context.scale(SCALE, SCALE);
    context.drawImage(image, 0, 0);
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
    if (blob) saveBlob(name, blob);
  } finally {
    URL.revokeObjectURL(address);
  }
}

export function saveCsv(sheet: Sheet) {
  // The mark at the beginning tells spreadsheets that accents are UTF-8.
  saveBlob(`${sheet.name}.csv`, new Blob(['\uFEFF', toCsv(sheet)], { type: 'text/csv;charset=utf-8' }));
}

export async function saveParquet(sheet: Sheet) {
  const { toParquet } = await import('./parquet');
  saveBlob(`${sheet.name}.parquet`, new Blob([toParquet(sheet)], { type: 'application/vnd.apache.parquet' }));
}

export function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

/** The frame of a drawing that stands by itself. */
export function svgDocument(width: number, height: number, background: string, content: string): string {
  const size = `width="${Math.ceil(width)}" height="${Math.ceil(height)}"`;
  return `<svg xmlns="http://www.w3.org/2000/svg" ${size} viewBox="0 0 ${Math.ceil(width)} ${Math.ceil(height)}" font-family="'${TYPEFACE}', Inter, system-ui, sans-serif"><rect width="100%" height="100%" fill="${background}"/>${content}</svg>`;
}
