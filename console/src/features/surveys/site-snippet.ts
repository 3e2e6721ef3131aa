// What a site includes to show a survey. Pure.

export const SITE_MODES = ['popover', 'inline', 'button'] as const;
export type SiteMode = (typeof SITE_MODES)[number];

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

export function siteSnippet(link: string, mode: SiteMode, about: { touchpoint?: string; unit?: string }): string {
  const attributes = [
    ['src', new URL('/vivencia.js', link).href],
    ['data-survey-link', link],
    ['data-mode', mode],
    ...(mode === 'popover'
      ? [
          ['data-after', '10'],
          ['data-share', '100'],
        ]
      : []),
    ...(about.touchpoint ? [['data-touchpoint', about.touchpoint]] : []),
    ...(about.unit ? [['data-unit', about.unit]] : []),
  ];
  const lines = attributes.map(([name, value = '']) => `  ${name}="${escaped(value)}"`);
  return `<script\n${lines.join('\n')}\n  async\n></script>`;
}
