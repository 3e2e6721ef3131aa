// The funnel as a drawing for documents.
import type { TFunction } from 'i18next';
import type { Tokens } from '@/app/tokens';
import { escapeXml, svgDocument } from '@/ui/save';
import type { Format } from '@/ui/use-format';
import { pointsText } from './compared';
import type { OtherFunnel, Step } from './funnel-steps';

const WIDTH = 720;
const MARGIN = 24;
const STEP_HEIGHT = 76;

export function funnelSvg({
  steps,
  other,
  tokens,
  format,
  t,
}: {
  steps: readonly Step[];
  other: OtherFunnel | null;
  tokens: Tokens;
  format: Format;
  t: TFunction;
}): string {
  const drawn = steps.map((step, index) => {
    const y = MARGIN + index * STEP_HEIGHT;
    const right = WIDTH - MARGIN;
    const full = WIDTH - 2 * MARGIN;
    const then = index > 0 ? other?.steps[index] : undefined;
    const change = index > 0 ? other?.changes[index] : null;
    const counts = [
      format.number(step.customers),
      format.share(step.ofFirst),
      ...(then && other ? [t('journeys.compare.side', { name: other.name, share: format.share(then.ofFirst) })] : []),
      ...(change && change.kind !== 'same' ? [pointsText(change.difference.difference, format)] : []),
    ].join(' · ');
    const lost =
      step.ofBefore === null
        ? ''
        : t('journeys.funnel.lost', { n: format.number(step.lost), share: format.share(1 - step.ofBefore) });
    return (
      `<text x="${MARGIN}" y="${y + 14}" font-size="13" font-weight="500" fill="${tokens.ink}">${escapeXml(step.activity)}</text>` +
      `<text x="${right}" y="${y + 14}" font-size="13" text-anchor="end" fill="${tokens.ink}">${escapeXml(counts)}</text>` +
      `<rect x="${MARGIN}" y="${y + 22}" width="${full}" height="20" rx="4" fill="${tokens.sunken}"/>` +
      `<rect x="${MARGIN}" y="${y + 22}" width="${Math.max(2, full * step.ofFirst)}" height="20" rx="4" fill="${tokens.accent}"/>` +
      (then
        ? `<rect x="${MARGIN + full * then.ofFirst - 1}" y="${y + 19}" width="2" height="26" fill="${tokens.ink}"/>`
        : '') +
      `<text x="${right}" y="${y - 4}" font-size="11" text-anchor="end" fill="${tokens.muted}">${escapeXml(lost)}</text>`
    );
  });
  return svgDocument(WIDTH, MARGIN + steps.length * STEP_HEIGHT, tokens.raised, drawn.join(''));
}
