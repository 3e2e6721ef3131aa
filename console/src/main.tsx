import './start';
import './app/mantine-styles';
import '@mantine/notifications/styles.layer.css';
import '@fontsource-variable/inter/wght.css';
import './app/base.css';
import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { findSession } from './api/session';
import { startLanguage } from './app/language';
import { pageNonce } from './app/nonce';
import { queries } from './app/queries';
import { router } from './app/router';
import { cssVariablesResolver, theme } from './app/theme';

/** Draws the frame and its page in one piece; whoever is not in yet sees at once where to come in. */
async function open(root: HTMLElement) {
  const [door] = await Promise.all([findSession(), startLanguage()]);
  if (door.state === 'present') await router.load();
  createRoot(root).render(
    <StrictMode>
      <MantineProvider
        theme={theme}
        cssVariablesResolver={cssVariablesResolver}
        defaultColorScheme="auto"
        getStyleNonce={pageNonce}
      >
        <QueryClientProvider client={queries}>
          <RouterProvider router={router} />
          <Notifications position="bottom-center" autoClose={6000} />
        </QueryClientProvider>
      </MantineProvider>
    </StrictMode>,
  );
}

const root = document.getElementById('root');
if (root) void open(root);
