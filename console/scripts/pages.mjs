import { ask, at, key } from './browser.mjs';

const funnel = encodeURIComponent(
  JSON.stringify(['Product Viewed', 'Product Added', 'Checkout Started', 'Order Completed']),
);
const element = (behind) => encodeURIComponent(JSON.stringify(behind));
/** Half a year beside the half before. */
const compared = 'from=2026-04-01&to=2026-10-01&against=before';
/** So that there is something to mend. */
const sendSomethingBroken = () =>
  fetch(`${at}/v1/track`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`${key}:`)}` },
    body: JSON.stringify({ userId: 'pages', event: 'Visit', timestamp: 'not a time' }),
  });

/** So that there is a segment; the first one that anybody makes is `seg_1`. */
async function makeSegment() {
  const { segments } = await ask('/api/v1/segments');
  if (segments.length > 0) return;
  const body = { name: 'Compradores', customers: 'activity=Order+Completed' };
  await ask('/api/v1/segments', { method: 'POST', body });
}

/** So that there is a survey that takes answers. */
async function makeSurvey() {
  const { surveys } = await ask('/api/v1/surveys');
  if (surveys.length > 0) return;
  const { examples } = await ask('/api/v1/surveys/examples');
  const { id } = await ask('/api/v1/surveys', { method: 'POST', body: examples[0] });
  await ask(`/api/v1/surveys/${id}/state`, { method: 'PUT', body: { state: 'open' } });
}

/** The page of a survey stands in a frame, which nothing else waits for. */
const previewed = async (page) => {
  await page.frameLocator('[data-look="preview"]').locator('.question.now').waitFor({ state: 'attached' });
  // A frame is drawn where it is in sight: then the whole page is.
  const { width } = page.viewportSize();
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.setViewportSize({ width, height });
  await page.waitForTimeout(300);
};

/** So that the survey has been answered, begun, and rushed through. */
async function makeAnswers() {
  await makeSurvey();
  const { counts } = await ask('/api/v1/surveys/srv_1');
  if (counts.invitations > 0) return;
  const people = Array.from({ length: 12 }, (_, number) => ({
    identifiers: { user_id: `pages-${number}` },
    touchpoint: number % 2 ? 'web:Order Completed' : 'store:Order Completed',
  }));
  const { links } = await ask('/api/v1/surveys/srv_1/invitations', { method: 'POST', body: { people } });
  const pathOf = (number) => `${at}${new URL(links[number].link).pathname}`;
  /** What the form of a page sends by itself. */
  const open = async (number) => {
    const page = await (await fetch(`${pathOf(number)}?language=es`)).text();
    return [...page.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)].map(([, ...field]) => field);
  };
  const pages = await Promise.all([0, 1, 2, 3, 4].map(open));
  // Nobody answers as soon as there is the page, but one does.
  await new Promise((done) => setTimeout(done, 8_000));
  pages[2] = await open(2);
  const send = async (number, fields, what = '') => {
    const body = new URLSearchParams([...(pages[number] ?? []), ...Object.entries(fields)]);
    await fetch(`${pathOf(number)}${what}`, { method: 'POST', body, redirect: 'manual' });
  };
  await send(0, { 'q.recommend': '9', 'q.why': 'Todo llegó a tiempo y la tienda estaba tranquila.' });
  await send(1, { 'q.recommend': '4', 'q.why': 'La espera fue larga.\nEl café, bueno.', 'q.purchase': '2' });
  await send(2, { 'q.recommend': '8', 'q.purchase': '4', again: '1' });
  await send(3, { 'q.recommend': '10', 'q.why': 'مرحبا ☕ <b>rápido</b>' });
  await send(4, { 'q.recommend': '7' }, '/partial');
  await send(5, {}, '/shown');
  await send(6, {}, '/refuse');
}

/** So that a survey invites by itself after what happens every day; it is open. */
async function makeInviting() {
  await makeDraft();
  const { surveys } = await ask('/api/v1/surveys');
  const known = surveys.find(({ name }) => name === 'after-order');
  if (known) return known.id;
  const { examples } = await ask('/api/v1/surveys/examples');
  const invite = { when: { event: 'Order Completed', after_minutes: 120 }, share: 40 };
  const { id } = await ask('/api/v1/surveys', {
    method: 'POST',
    body: { ...examples[0], name: 'after-order', invite },
  });
  await ask(`/api/v1/surveys/${id}/state`, { method: 'PUT', body: { state: 'open' } });
  return id;
}

/** So that there is a survey that nobody has answered; the second one that anybody makes is `srv_2`. */
async function makeDraft() {
  await makeSurvey();
  const { surveys } = await ask('/api/v1/surveys');
  if (surveys.length > 1) return;
  const { examples } = await ask('/api/v1/surveys/examples');
  await ask('/api/v1/surveys', { method: 'POST', body: examples[1] });
}

/** Every page once, as it opens. */
export const OPENING =
  'home customers customer map paths funnel retention lifeCycle attribution effort frictions scores comments topics surveys survey surveyEditor surveyNew keys connect import live dead reference organisation units rates people setUp invitation signIn nowhere'.split(
    ' ',
  );

/** Every state of every page: where it is, and what is done there before it is looked at. */
export const PAGES = {
  home: { path: '/?days=30' },
  homeQuiet: { path: '/' },
  customers: { path: '/customers' },
  found: { path: '/customers?q=cus_1' },
  foundByName: { path: '/customers?q=garc%20mari' },
  unknown: { path: '/customers?q=nadie%40example.org' },
  customer: { path: '/customers/cus_41' },
  customerFiltered: { path: '/customers/cus_41?channel=web&kind=track' },
  customerNothing: { path: '/customers/cus_41?from=2031-01-01' },
  relationTable: { path: '/customers/cus_41', after: (page) => page.locator('[data-look="twin"]').click() },
  merge: { path: '/customers/cus_41', after: (page) => page.locator('[data-look="undo"]').first().click() },
  event: { path: '/customers/cus_41', after: (page) => page.locator('[data-look="event"]').nth(2).click() },
  map: { path: '/journeys' },
  mapPicked: { path: '/journeys', after: (page) => page.locator('.react-flow__node').nth(3).click() },
  mapTime: { path: '/journeys?view=map&measure=time&detail=40' },
  mapMore: { path: '/journeys?view=map&detail=60' },
  mapAll: { path: '/journeys?view=map&detail=100' },
  mapTable: { path: '/journeys?view=map&table=true' },
  mapCompared: { path: `/journeys?view=map&detail=30&${compared}` },
  mapComparedPicked: {
    path: `/journeys?view=map&${compared}`,
    after: (page) => page.locator('.react-flow__node').nth(2).click(),
  },
  mapComparedTable: { path: `/journeys?view=map&table=true&${compared}` },
  mapEmpty: { path: '/journeys?from=2031-01-01' },
  paths: { path: '/journeys?view=paths&start=Product%20Viewed' },
  pathsTable: { path: '/journeys?view=paths&start=Product%20Viewed&table=true' },
  pathsCompared: { path: `/journeys?view=paths&start=Product%20Viewed&${compared}` },
  pathsComparedTable: { path: `/journeys?view=paths&start=Product%20Viewed&table=true&${compared}` },
  funnel: { path: `/journeys?view=funnel&steps=${funnel}` },
  funnelCompared: { path: `/journeys?view=funnel&${compared}&steps=${funnel}` },
  funnelComparedTable: { path: `/journeys?view=funnel&table=true&${compared}&steps=${funnel}` },
  funnelOptions: {
    path: `/journeys?view=funnel&steps=${funnel}&betweenSteps=true&entries=true&breakdown=channel&without=%5B%22Product%20Removed%22%5D`,
  },
  funnelAnyOrder: { path: `/journeys?view=funnel&steps=${funnel}&stepOrder=any-order&breakdown=unit` },
  breakdown: {
    path: `/journeys?view=funnel&steps=${funnel}`,
    after: async (page) => {
      await page.locator('[data-look="more"]').click();
      await page.getByRole('button', { name: /^(Desglose|Breakdown):/ }).click();
    },
  },
  pathsTo: { path: '/journeys?view=paths&start=Order%20Completed&anchor=to&length=4' },
  pathsThrough: { path: '/journeys?view=paths&start=Product%20Added&anchor=through&inVisit=true&collapsed=true' },
  pathsStart: { path: '/journeys?view=paths&anchor=start&length=4&inVisit=true' },
  afterDropping: { path: `/journeys?view=funnel&after=1&steps=${funnel}` },
  funnelTable: { path: `/journeys?view=funnel&table=true&steps=${funnel}` },
  condition: {
    path: `/journeys?view=funnel&steps=${funnel}`,
    after: (page) => page.locator('[data-look="condition"]').first().click(),
  },
  funnelEmpty: { path: '/journeys?view=funnel' },
  funnelRefused: { path: '/journeys?view=paths&start=Nothing' },
  retention: { path: '/journeys?view=retention' },
  retentionLater: {
    path: '/journeys?view=retention&start=Order%20Completed&back=Order%20Completed&by=month&later=true',
  },
  retentionWhole: {
    path: '/journeys?view=retention',
    after: (page) => page.locator('[data-look="rows"]').click(),
  },
  retentionTable: { path: '/journeys?view=retention&by=month&table=true' },
  retentionCompared: { path: `/journeys?view=retention&${compared}` },
  retentionComparedTable: { path: `/journeys?view=retention&table=true&${compared}` },
  retentionNobody: { path: '/journeys?view=retention&from=2031-01-01' },
  retentionEarly: { path: '/journeys?view=retention&by=month&from=2026-10-01&to=2026-10-20' },
  lifeCycle: { path: '/journeys?view=retention&lifeCycle=true' },
  lifeCycleMonths: { path: '/journeys?view=retention&lifeCycle=true&by=month&start=Order%20Completed' },
  lifeCycleTable: { path: '/journeys?view=retention&lifeCycle=true&by=month&table=true' },
  attribution: { path: '/journeys?view=attribution&outcome=Order%20Completed' },
  attributionTouchpoints: {
    path: '/journeys?view=attribution&outcome=Order%20Completed&touch=touchpoint&model=last&lookBack=7d',
  },
  attributionTable: { path: '/journeys?view=attribution&outcome=Order%20Completed&table=true' },
  attributionCompared: {
    path: `/journeys?view=attribution&outcome=Order%20Completed&${compared}`,
  },
  attributionComparedTable: {
    path: `/journeys?view=attribution&outcome=Order%20Completed&table=true&${compared}`,
  },
  attributionEmpty: { path: '/journeys?view=attribution' },
  attributionHelp: {
    path: '/journeys?view=attribution&outcome=Order%20Completed',
    after: (page) => page.locator('thead [data-look="help"]').last().click(),
  },
  effort: { path: '/journeys?view=effort&outcome=Order%20Completed' },
  effortFrom: { path: '/journeys?view=effort&outcome=Order%20Completed&start=Product%20Viewed&effort=steps' },
  effortTable: { path: '/journeys?view=effort&outcome=Order%20Completed&table=true' },
  effortCompared: {
    before: makeSegment,
    path: '/journeys?view=effort&outcome=Product%20Added&segment=seg_1&against=rest',
  },
  effortComparedTable: {
    before: makeSegment,
    path: '/journeys?view=effort&outcome=Product%20Added&segment=seg_1&against=rest&table=true',
  },
  effortComparedNobody: {
    before: makeSegment,
    path: '/journeys?view=effort&outcome=Order%20Completed&segment=seg_1&against=rest',
  },
  effortEmpty: { path: '/journeys?view=effort' },
  frictions: { path: '/journeys?view=frictions' },
  frictionsAbandoned: {
    path: '/journeys?view=frictions&outcome=Order%20Completed&begins=Product%20Added&horizon=90d',
  },
  frictionsTable: { path: '/journeys?view=frictions&table=true' },
  frictionsCompared: { before: makeSegment, path: '/journeys?view=frictions&segment=seg_1&against=rest' },
  frictionsComparedTable: {
    before: makeSegment,
    path: '/journeys?view=frictions&segment=seg_1&against=rest&table=true',
  },
  behindActivity: { path: `/journeys?behind=${element({ kind: 'activity', activity: 'Product Viewed' })}` },
  behindBand: {
    path: `/journeys?behind=${element({ kind: 'connection', from: 'Product Viewed', to: 'Product Added' })}`,
  },
  behindPassing: {
    path: `/journeys?view=paths&start=Product%20Viewed&behind=${element({ kind: 'passing', position: 1, activities: ['Product Added'] })}`,
  },
  behindTail: { path: `/journeys?view=paths&start=Product%20Viewed&behind=${element({ kind: 'tail' })}` },
  behindDropped: {
    path: `/journeys?view=funnel&steps=${funnel}&behind=${element({ kind: 'dropped', step: 1 })}`,
  },
  behindNobody: {
    path: `/journeys?from=2031-01-01&behind=${element({ kind: 'activity', activity: 'Product Viewed' })}`,
  },
  behindGone: { path: `/journeys?view=funnel&behind=${element({ kind: 'reached', step: 4 })}` },
  channels: { path: '/journeys', after: (page) => page.locator('header button').nth(1).click() },
  channelsCompared: { path: '/journeys?view=map&channel=web&against=channels&others=%5B%22app%22%5D' },
  keepSegment: {
    path: `/journeys?behind=${element({ kind: 'activity', activity: 'Order Completed' })}`,
    after: (page) => page.locator('[data-look="keep-segment"]').click(),
  },
  segment: {
    before: makeSegment,
    path: '/journeys?segment=seg_1',
    after: (page) => page.locator('[data-look="segment"]').click(),
  },
  segmentCompared: { before: makeSegment, path: '/journeys?view=map&segment=seg_1&against=rest' },
  segmentGone: { path: '/journeys?segment=seg_999' },
  help: { path: '/journeys', after: (page) => page.locator('[data-look="help"]').first().click() },
  saved: { path: '/journeys', after: (page) => page.locator('[data-look="saved"]').click() },
  saveQuestion: {
    path: '/journeys',
    after: async (page) => {
      await page.locator('[data-look="saved"]').click();
      await page.locator('[data-look="keep"]').click();
    },
  },
  period: { path: '/journeys', after: (page) => page.locator('header button').first().click() },
  palette: {
    path: '/',
    after: async (page) => {
      await page.keyboard.press('Control+k');
      await page.waitForTimeout(600);
      await page.keyboard.type('cus_1');
    },
  },
  scores: { path: '/listening' },
  scoresTable: { path: '/listening?metric=csat&every=month&by=channel&table=true' },
  scoresUnits: { path: '/listening?metric=ces&by=unit&from=2026-07-01&to=2026-10-01' },
  scoresStars: { path: '/listening?metric=rating&every=day' },
  scoresHelp: { path: '/listening', after: (page) => page.locator('main [data-look="help"]').first().click() },
  scoresAnnotation: {
    path: '/listening',
    after: (page) => page.locator('[data-look="new-annotation"]').click(),
  },
  scoresMetrics: { path: '/listening', after: (page) => page.locator('[data-look="metrics"]').click() },
  scoresMetric: {
    path: '/listening',
    after: async (page) => {
      await page.locator('[data-look="metrics"]').click();
      await page.locator('[data-look="new-metric"]').click();
    },
  },
  scoresNothing: { path: '/listening?from=2031-01-01' },
  scoresUnanswered: { path: '/listening?metric=ces&channel=store' },
  drivers: { path: '/listening/drivers' },
  driversTable: { path: '/listening/drivers?of=csat&among=lived&before=30&table=true' },
  driversReturn: { path: '/listening/drivers?of=return_30d&from=2026-03-01&to=2026-07-01' },
  driversHelp: {
    path: '/listening/drivers',
    after: (page) => page.locator('main [data-look="help"]').nth(1).click(),
  },
  driversNothing: { path: '/listening/drivers?from=2031-01-01' },
  driversFew: { path: '/listening/drivers?of=ces&channel=store' },
  comments: { path: '/listening/comments' },
  commentsFound: { path: '/listening/comments?q=espera%20OR%20wait&sentiment=negative' },
  commentsOfGroup: { path: '/listening/comments?topic=waiting&group=detractors' },
  commentsSimilar: {
    path: '/listening/comments?q=espera',
    after: (page) => page.locator('[data-look="similar"]').first().click(),
  },
  commentsNothing: { path: '/listening/comments?q=zzzzz' },
  commentsRefused: { path: '/listening/comments?q=%22abierta' },
  commentThemes: { path: '/listening/comments?view=themes&every=month' },
  commentNews: { path: '/listening/comments?view=news&to=2026-07-01' },
  commentNewsFew: { path: '/listening/comments?view=news&to=2020-01-01' },
  topics: { path: '/listening/topics' },
  topicShipped: { path: '/listening/topics?topic=waiting' },
  topicNew: {
    path: '/listening/topics?isNew=true',
    after: async (page) => {
      await page.locator('main form input').first().fill('Puntos del club');
      await page.locator('main form input').nth(1).fill('Loyalty points');
      await page.locator('main form textarea:not([aria-hidden])').first().fill('puntos\ncafé\nzzzz');
      await page.locator('main form textarea:not([aria-hidden])').nth(2).fill('La tarjeta no funciona');
      await page.locator('main section table').waitFor();
    },
  },
  topicRefused: {
    path: '/listening/topics?isNew=true',
    after: async (page) => {
      await page.locator('main form input').first().fill('Puntos');
      await page.locator('main form input').nth(1).fill('Points');
      await page.locator('main form textarea:not([aria-hidden])').first().fill('pu*');
      await page.locator('main section [role=alert]').waitFor();
    },
  },
  topicUnknown: { path: '/listening/topics?topic=nowhere' },
  surveys: { path: '/listening/surveys', before: makeSurvey },
  newSurvey: { path: '/listening/surveys', after: (page) => page.locator('[data-look="new-survey"]').click() },
  survey: { path: '/listening/surveys/srv_1', before: makeAnswers, after: previewed },
  surveyAnswers: { path: '/listening/surveys/srv_1?part=answers', before: makeAnswers },
  surveyWithoutAnswers: { path: `/listening/surveys/srv_2?part=answers`, before: makeDraft },
  surveyMarked: { path: '/listening/surveys/srv_1?part=answers&marks=with', before: makeAnswers },
  surveyNoneMarked: { path: '/listening/surveys/srv_2?part=answers&marks=with', before: makeDraft },
  surveyPlanned: { path: '/listening/surveys/srv_3?part=planned', before: makeInviting },
  surveyPlannedNobody: { path: '/listening/surveys/srv_2?part=planned', before: makeDraft },
  contactRule: {
    path: '/listening/surveys/srv_1?part=planned',
    before: makeSurvey,
    after: (page) => page.locator('[data-look="contact-rule"]').click(),
  },
  surveyInviting: {
    path: '/listening/surveys/srv_3/edit',
    before: makeInviting,
    after: async (page) => {
      await page.locator('[data-inviting] dl').waitFor();
      await previewed(page);
    },
  },
  surveyLinks: {
    path: '/listening/surveys/srv_1?part=links',
    before: makeSurvey,
    after: async (page) => {
      await page.locator('main textarea').fill('user_id,first_name,sobra\nc-1042,Lucía,sí\nc-1043,Ana,no\n,Nadie,');
    },
  },
  surveyVersions: {
    path: '/listening/surveys/srv_1?part=versions',
    before: makeSurvey,
    after: async (page) => {
      const file = {
        format: 1,
        name: 'after-purchase',
        kind: 'transactional',
        languages: ['es'],
        title: {},
        quests: [],
      };
      await page.locator('input[type=file]').setInputFiles({
        name: 'cambiada.json',
        mimeType: 'application/json',
        buffer: Buffer.from(JSON.stringify(file)),
      });
      await page.getByText('$.quests').waitFor();
    },
  },
  surveyDraft: { path: '/listening/surveys/srv_2', before: makeDraft, after: previewed },
  surveyClosing: {
    path: '/listening/surveys/srv_1',
    before: makeSurvey,
    after: (page) => page.locator('[data-look="state"]').click(),
  },
  surveyUnknown: { path: '/listening/surveys/srv_999' },
  surveyEditor: { path: '/listening/surveys/srv_1/edit', before: makeSurvey, after: previewed },
  surveyEditorQuestion: {
    path: '/listening/surveys/srv_1/edit',
    before: makeSurvey,
    after: async (page) => {
      await page.locator('[data-question="2"] [aria-expanded]').click();
      await previewed(page);
    },
  },
  surveyEditorJson: {
    path: '/listening/surveys/srv_1/edit',
    before: makeSurvey,
    after: (page) => page.getByRole('radio', { name: 'JSON' }).locator('..').click(),
  },
  surveyNew: { path: '/listening/surveys/new' },
  keys: { path: '/settings/sources' },
  newKey: { path: '/settings/sources', after: (page) => page.locator('[data-look="new-key"]').click() },
  connect: { path: '/settings/sources?tab=connect' },
  import: { path: '/settings/sources?tab=import' },
  live: { path: '/settings/sources?tab=live' },
  dead: { path: '/settings/sources?tab=dead', before: sendSomethingBroken },
  mend: {
    before: sendSomethingBroken,
    path: '/settings/sources?tab=dead',
    after: (page) => page.locator('[data-look="mend"]').first().click(),
  },
  reference: { path: '/docs' },
  organisation: { path: '/settings/organisation' },
  units: { path: '/settings/organisation?part=units' },
  newUnit: {
    path: '/settings/organisation?part=units',
    after: (page) => page.locator('[data-look="new-unit"]').click(),
  },
  rates: { path: '/settings/organisation?part=rates' },
  nowhere: { path: '/nowhere' },
  people: { path: '/settings/people' },
  invite: { path: '/settings/people', after: (page) => page.locator('[data-look="invite"]').click() },
  me: { path: '/', after: (page) => page.locator('[data-look="me"]').click() },
  setUp: { path: '/setup', withoutKey: true },
  invitation: { path: '/invitation#token=viv_nothing', withoutKey: true },
  signIn: { path: '/', withoutKey: true },
};
