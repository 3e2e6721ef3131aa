// Runs before the libraries do: what the first page waits for is on its way while they are read.
import { beginToAskForSession } from './api/session-request';
import { modulesAt } from './app/page-modules';
import { importEnglish, preferredLanguage } from './app/preferred-language';
import { textFont } from './app/text-font';

beginToAskForSession();
void textFont();
const early = [...modulesAt(window.location), ...(preferredLanguage() === 'en' ? [importEnglish] : [])];
// Whoever needs one of them asks for it again, and says what went wrong.
for (const importEarly of early) importEarly().catch(() => undefined);
