import { useComputedColorScheme } from '@mantine/core';
import { DARK, LIGHT, type Tokens } from './tokens';

/** The colours of the scheme in use, for what is drawn without CSS. */
export function useTokens(): Tokens {
  return useComputedColorScheme('light') === 'dark' ? DARK : LIGHT;
}
