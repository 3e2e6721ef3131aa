import {
  type CSSVariablesResolver,
  createTheme,
  defaultVariantColorsResolver,
  type MantineColorsTuple,
  type VariantColorsResolver,
} from '@mantine/core';
import { cssVariables, DARK, LIGHT, type Tokens } from './tokens';

const accent: MantineColorsTuple = [
  '#EEF0F8',
  '#E8EAF4',
  '#C3CAE6',
  '#A9B8F0',
  '#8C9CDA',
  '#6274B8',
  '#3D4F8F',
  '#35457E',
  '#2C3969',
  '#222C52',
];
const bad: MantineColorsTuple = [
  '#F9E9E2',
  '#F2D3C6',
  '#F2B49C',
  '#E39477',
  '#C87455',
  '#BF5B3C',
  '#9C3D26',
  '#863420',
  '#6F2B1A',
  '#582214',
];
const gray: MantineColorsTuple = [
  '#F8F6F1',
  '#F4F1EA',
  '#E6E1D8',
  '#D9D2C6',
  '#C9C1B3',
  '#9A9184',
  '#6A645A',
  '#4B463E',
  '#35312B',
  '#22201C',
];
const dark: MantineColorsTuple = [
  '#F1EDE6',
  '#D9D3C8',
  '#A8A094',
  '#8F877A',
  '#4A453D',
  '#2E2B26',
  '#211F1C',
  '#171614',
  '#121110',
  '#0D0C0B',
];

/** What stands on the accent changes with the scheme, as the accent does. */
const variantColorResolver: VariantColorsResolver = (input) => {
  const colors = defaultVariantColorsResolver(input);
  return input.variant === 'filled' ? { ...colors, color: 'var(--on-accent)' } : colors;
};

export const theme = createTheme({
  fontFamily: '"Inter Variable", Inter, system-ui, sans-serif',
  fontFamilyMonospace: 'ui-monospace, "SFMono-Regular", Menlo, Consolas, monospace',
  headings: { fontWeight: '600' },
  primaryColor: 'accent',
  primaryShade: { light: 6, dark: 3 },
  variantColorResolver,
  colors: { accent, bad, gray, dark },
  defaultRadius: 6,
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '19px' },
  lineHeights: { xs: '1.35', sm: '1.4', md: '1.45', lg: '1.5', xl: '1.5' },
  respectReducedMotion: true,
  cursorType: 'pointer',
  components: {
    Button: { defaultProps: { size: 'sm', fw: 500 } },
    Popover: { defaultProps: { shadow: 'none', transitionProps: { duration: 150 } } },
    Menu: { defaultProps: { shadow: 'none', transitionProps: { duration: 150 } } },
    // Locking the page behind a dialog would write styles into it, which the policy of the server forbids.
    Modal: { defaultProps: { lockScroll: false } },
    ModalRoot: {
      defaultProps: { centered: true, lockScroll: false, transitionProps: { duration: 150 } },
    },
    ModalOverlay: { defaultProps: { backgroundOpacity: 0.35 } },
    Tooltip: { defaultProps: { openDelay: 300, events: { hover: true, focus: true, touch: false } } },
  },
});

function mantineVariables(tokens: Tokens): Record<string, string> {
  return {
    ...cssVariables(tokens),
    '--mantine-color-body': tokens.paper,
    '--mantine-color-text': tokens.ink,
    '--mantine-color-dimmed': tokens.muted,
    '--mantine-color-placeholder': tokens.muted,
    '--mantine-color-default': tokens.raised,
    '--mantine-color-default-hover': tokens.sunken,
    '--mantine-color-default-color': tokens.ink,
    '--mantine-color-default-border': tokens.line,
    '--mantine-color-anchor': tokens.accent,
    '--mantine-color-error': tokens.bad,
    '--mantine-color-accent-text': tokens.accent,
    '--mantine-color-accent-light': tokens.accentSoft,
    '--mantine-color-accent-light-color': tokens.accent,
    '--mantine-primary-color-light': tokens.accentSoft,
    '--mantine-primary-color-light-color': tokens.accent,
  };
}

export const cssVariablesResolver: CSSVariablesResolver = () => ({
  variables: {},
  light: mantineVariables(LIGHT),
  dark: mantineVariables(DARK),
});
