// Shows a survey on a site: <script src="https://…/vivencia.js" data-survey-link="https://…/s/…" async></script>
// The survey is a page of its server in a frame; this script sees nothing of what is answered, and sets no cookie.
(function () {
  'use strict';
  var DAY_MS = 86400000;
  var PATIENCE_MS = 10000;
  var TEXTS = {
    es: { title: 'Encuesta', close: 'Cerrar la encuesta', never: 'No volver a preguntar', button: 'Dar una opinión', open: 'Abrir la encuesta' },
    en: { title: 'Survey', close: 'Close the survey', never: 'Do not ask again', button: 'Give feedback', open: 'Open the survey' },
  };
  var STYLE =
    ':host{all:initial}*{box-sizing:border-box}' +
    '.box{display:flex;flex-direction:column;overflow:hidden;padding:0;color:#22201c;background:#fbfaf7;border:1px solid #857d71;border-radius:10px;font:14px/20px system-ui,sans-serif}' +
    '.box[hidden]{display:none}' +
    '.inline.box[hidden]{display:flex;visibility:hidden;height:0;border:0}' +
    '.popover{position:fixed;z-index:2147483000;inset-block-end:16px;inset-inline-end:16px;width:min(400px,calc(100vw - 32px));height:min(580px,calc(100vh - 32px));animation:in .15s ease-out}' +
    'dialog.box:not([open]){display:none}' +
    'dialog.box{width:min(560px,calc(100vw - 32px));height:min(640px,calc(100vh - 32px));margin:auto}' +
    'dialog::backdrop{background:rgb(0 0 0/.45)}' +
    '.inline{width:100%}' +
    '.bar{display:flex;align-items:center;justify-content:space-between;gap:8px;padding:4px 4px 4px 14px;border-bottom:1px solid #e6e1d8}' +
    '.bar b{font-weight:600}' +
    'button{font:inherit;color:inherit;cursor:pointer;background:none;border:0;border-radius:6px;min-height:44px;padding:6px 12px}' +
    'button:hover{text-decoration:underline}' +
    'button:focus-visible{outline:3px solid #3d4f8f;outline-offset:-3px}' +
    '.x{min-width:44px;font-size:20px;line-height:1;padding:0}' +
    '.never{align-self:center;color:#6a645a;font-size:13px}' +
    '.open{background:#3d4f8f;color:#fff;font-weight:600;padding:10px 18px;border-radius:8px}' +
    '.open:focus-visible{outline-offset:2px}' +
    '.instead{margin:auto;padding:12px;color:inherit;font-size:16px}' +
    'iframe{flex:1;width:100%;min-height:0;border:0;display:block}' +
    '.inline iframe{flex:none}' +
    '@keyframes in{from{opacity:0}}' +
    '@media (prefers-reduced-motion:reduce){*{animation:none!important}}' +
    '@media (prefers-color-scheme:dark){.box{background:#171614;color:#f1ede6;border-color:#8f877a}.bar{border-color:#38342e}.never{color:#a8a094}button:focus-visible{outline-color:#a9b8f0}.open{background:#a9b8f0;color:#171614}}';

  var script = document.currentScript;
  if (!script) return;
  var given = script.dataset;

  function say(text) {
    console.warn('Vivencia: ' + text);
  }

  var link;
  try {
    link = new URL(given.surveyLink);
  } catch (error) {
    return say('data-survey-link is missing, or is no address.');
  }
  if (link.origin !== new URL(script.src, location.href).origin || link.pathname.indexOf('/s/') !== 0)
    return say('data-survey-link is no survey of the server that this script comes from.');
  if (!('adoptedStyleSheets' in document)) return say('this browser is too old to show the survey.');

  // Once on a page, whatever includes the script again.
  var shown = (window.vivenciaSurveys = window.vivenciaSurveys || {});
  if (shown[link.pathname]) return;
  shown[link.pathname] = true;

  var language = given.language || document.documentElement.lang || navigator.language || 'en';
  var texts = /^es/i.test(language) ? TEXTS.es : TEXTS.en;
  link.searchParams.set('language', language);
  if (given.touchpoint) link.searchParams.set('touchpoint', given.touchpoint);
  if (given.unit) link.searchParams.set('unit', given.unit);

  var mode = given.mode || 'popover';
  if (['popover', 'inline', 'button'].indexOf(mode) < 0) return say('data-mode is popover, inline or button.');
  function number(text, otherwise) {
    var value = Number(text);
    return text === undefined || text === '' || !(value >= 0) ? otherwise : value;
  }
  var again = number(given.again, 30) * DAY_MS;
  var memory = 'vivencia.survey ' + link.pathname;

  // What a visitor did is remembered in this browser; where it cannot be, nobody is asked twice on a page.
  function recall() {
    try {
      return JSON.parse(localStorage.getItem(memory)) || {};
    } catch (error) {
      return {};
    }
  }
  function remember(change) {
    try {
      localStorage.setItem(memory, JSON.stringify(Object.assign(recall(), change)));
    } catch (error) {
      // A browser that keeps nothing is asked again on its next visit.
    }
  }
  function isWanted() {
    var known = recall();
    if (known.never || Date.now() - known.closed < again) return false;
    if (known.draw === undefined) remember((known = { draw: Math.random() * 100 }));
    return known.draw < number(given.share, 100);
  }

  function element(name, classes, text) {
    var made = document.createElement(name);
    if (classes) made.className = classes;
    if (text) made.textContent = text;
    return made;
  }

  var host = element('div');
  host.setAttribute('lang', texts === TEXTS.es ? 'es' : 'en');
  var root = host.attachShadow({ mode: 'open' });
  var sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLE);
  root.adoptedStyleSheets = [sheet];

  var isModal = mode === 'button';
  var box = element(isModal ? 'dialog' : 'section', 'box ' + mode);
  var frame = null;
  var before = null;
  var waiting = 0;

  function build() {
    frame = element('iframe');
    frame.title = given.title || texts.title;
    frame.src = link.href;
    box.setAttribute('aria-label', frame.title);
    if (mode === 'popover') box.setAttribute('role', 'dialog');
    if (mode !== 'inline') {
      var bar = element('div', 'bar');
      bar.append(element('b', '', frame.title));
      var close = element('button', 'x', '×');
      close.type = 'button';
      close.setAttribute('aria-label', texts.close);
      close.addEventListener('click', function () { leave({ closed: Date.now() }); });
      bar.append(close);
      box.append(bar);
    }
    box.append(frame);
    if (mode === 'popover') {
      var never = element('button', 'never', texts.never);
      never.type = 'button';
      never.addEventListener('click', function () { leave({ never: true }); });
      box.append(never);
    }
    // Nobody sees a frame before the survey in it says that it is there.
    if (mode !== 'button') box.hidden = true;
    root.append(box);
    waiting = setTimeout(function () {
      say('the survey is not shown. Either ' + link.origin + ' does not list ' + location.origin + ' in its setting survey_sites, or the survey cannot be reached, or the policy of this page has no frame-src ' + link.origin + '.');
      if (isModal) offerLink();
      else discard();
    }, PATIENCE_MS);
    window.addEventListener('message', hear);
    document.addEventListener('focusin', follow);
  }

  // What had the focus before the survey got it.
  function follow(event) {
    if (event.target !== host) before = event.target;
  }

  // Somebody asked for the survey: where it cannot stand here, there is still its page.
  function offerLink() {
    var open = element('a', 'instead', texts.open);
    open.href = link.href;
    open.target = '_blank';
    open.rel = 'noopener';
    frame.replaceWith(open);
    open.focus();
  }

  function discard() {
    clearTimeout(waiting);
    window.removeEventListener('message', hear);
    document.removeEventListener('focusin', follow);
    if (isModal && box.open) box.close();
    box.replaceChildren();
    box.remove();
    frame = null;
    if (!isModal) host.remove();
  }

  function leave(what) {
    remember(what);
    var hadFocus = root.activeElement !== null;
    discard();
    if (!isModal && hadFocus && before && before.isConnected) before.focus();
  }

  function hear(event) {
    if (!frame || event.source !== frame.contentWindow || event.origin !== link.origin) return;
    var state = event.data && event.data.vivencia;
    var height = Number(event.data && event.data.height);
    if (mode === 'inline' && height > 0) frame.style.height = Math.min(Math.max(height, 240), 2000) + 'px';
    if (state === 'asked' || state === 'answered') clearTimeout(waiting);
    if (state === 'asked' && box.hidden) {
      before = before || document.activeElement;
      box.hidden = false;
    }
    if (state === 'answered') remember({ closed: Date.now() });
    if (state === 'refused') remember({ never: true });
    if (state === 'escape' && mode !== 'inline') leave({ closed: Date.now() });
    if (state === 'closed') {
      console.info('Vivencia: the survey takes no answers at this moment.');
      if (!isModal) discard();
    }
  }

  root.addEventListener('keydown', function (event) {
    if (event.key === 'Escape' && mode === 'popover' && frame) leave({ closed: Date.now() });
  });

  function begin() {
    if (mode === 'button') {
      var opener = element('button', 'open', given.label || texts.button);
      opener.type = 'button';
      opener.addEventListener('click', function () {
        if (frame) return;
        build();
        box.showModal();
      });
      box.addEventListener('close', function () { if (frame) discard(); });
      root.append(opener);
      script.after(host);
      return;
    }
    if (!isWanted()) return;
    if (mode === 'inline') {
      script.after(host);
      build();
      return;
    }
    setTimeout(function () {
      // Two at once would be one too many.
      if (shown.popover) return;
      shown.popover = true;
      document.body.append(host);
      build();
    }, number(given.after, 5) * 1000);
  }

  if (document.body) begin();
  else document.addEventListener('DOMContentLoaded', begin);
})();
