// One question after the other, in the order that the answers ask for. Without this script the page is a form with all
// questions, and the server follows the same logic.
(function () {
  'use strict';
  var root = document.documentElement;
  root.classList.add('live');

  // Whoever shows the page in a frame learns how far it is, and nothing of what is answered.
  function tellFrame(state, more) {
    if (window.parent === window) return;
    var message = { vivencia: state };
    for (var name in more) message[name] = more[name];
    window.parent.postMessage(message, '*');
  }
  document.addEventListener('keydown', function (event) {
    if (event.key === 'Escape') tellFrame('escape');
  });

  document.addEventListener('DOMContentLoaded', function () {
    try {
      start();
    } catch (error) {
      // A form that can be read as a whole is better than none.
      root.classList.remove('live');
      throw error;
    }
  });

  function start() {
    var form = document.querySelector('form[data-address]');
    var message = document.querySelector('[data-message]');
    if (message) tellFrame(message.dataset.message);
    document.addEventListener('click', function (event) {
      var link = event.target.closest ? event.target.closest('.languages a') : null;
      if (!link || !document.querySelector('[data-preview]')) return;
      event.preventDefault();
      tellFrame('language', { language: link.hreflang });
    });
    if (!form) return;
    // A preview shows everything and sends nothing.
    var isPreview = form.hasAttribute('data-preview');
    var words = JSON.parse(form.dataset.words);
    var address = form.dataset.address;
    var draft = 'vivencia.survey ' + address;
    var questions = Array.prototype.map.call(form.querySelectorAll('.question'), readQuestion);
    var back = form.querySelector('.back');
    var main = form.querySelector('.main');
    var intro = document.querySelector('.intro');
    var progress = form.querySelector('.progress');
    var said = progress.querySelector('[role=status]');
    var bar = progress.querySelector('.bar');
    var notice = document.getElementById('notice');
    var seen = {};
    var now = null;
    var isSending = false;

    form.noValidate = true;
    progress.hidden = false;
    restore();
    var wrong = shown().filter(function (each) { return each.box.querySelector('.wrong:not([hidden])'); })[0];
    // What came back with the page was on the way to what is wrong.
    if (wrong) shown().slice(0, shown().indexOf(wrong)).forEach(function (each) { seen[each.id] = true; });
    // Whoever chose the first answer in a message has answered it, and goes on with what follows.
    var brought = !wrong && form.hasAttribute('data-brought') && answerOf(questions[0]) !== null;
    if (brought) {
      seen[questions[0].id] = true;
      // Loading the page again must not choose it again, in place of what may have been chosen since.
      history.replaceState(null, '', address + '?language=' + encodeURIComponent(root.lang));
    }
    // Whoever writes a survey sees the question that they are writing.
    var begin = isPreview && questions.filter(function (each) { return each.id === form.dataset.preview; })[0];
    show(wrong || begin || (brought && after(questions[0])) || shown()[0], false);
    if (!notice.hidden) notice.focus();
    tellFrame('asked', { height: heightOf() });

    // Only a browser gets here, and not what looks at mail.
    if (!isPreview) {
      fetch(address + '/shown', { method: 'POST', credentials: 'same-origin', keepalive: true })
        .catch(function () {})
        .then(function () { if (brought) sendPart(); });
    }

    form.addEventListener('input', function () {
      keep();
      label();
    });
    form.addEventListener('submit', function (event) {
      event.preventDefault();
      if (isSending || !check(now)) return;
      var following = after(now);
      if (following) {
        sendPart();
        show(following, true);
      } else {
        send();
      }
    });
    back.addEventListener('click', function () {
      var way = shown();
      var before = way[way.indexOf(now) - 1];
      if (before) show(before, true);
    });
    window.addEventListener('pagehide', function () {
      if (!isSending && now) {
        keep();
      }
    });
    // A link of the summary leads to a question that may not be the one on the page.
    document.addEventListener('click', function (event) {
      var link = event.target.closest ? event.target.closest('.notice a[href^="#"]') : null;
      var asked = link && questions.filter(function (each) { return '#' + each.box.id === link.getAttribute('href'); })[0];
      if (!asked || shown().indexOf(asked) < 0) return;
      event.preventDefault();
      show(asked, true);
    });

    function readQuestion(box) {
      return {
        box: box,
        id: box.dataset.id,
        type: box.dataset.type,
        isRequired: box.hasAttribute('data-required'),
        most: Number(box.dataset.most || 0),
        when: box.dataset.when ? JSON.parse(box.dataset.when) : null,
        skips: box.dataset.skips ? JSON.parse(box.dataset.skips) : [],
      };
    }

    // What is chosen or typed: a number, a text, a list; null for nothing.
    function answerOf(question) {
      var text = question.box.querySelector('textarea');
      if (text) return text.value.trim() ? text.value : null;
      var checked = Array.prototype.map.call(question.box.querySelectorAll('input:checked'), function (input) { return input.value; });
      if (!checked.length) return null;
      if (question.type === 'choices') return checked;
      return question.box.hasAttribute('data-scale') ? Number(checked[0]) : checked[0];
    }

    function holds(condition, answers) {
      if (condition.all) return condition.all.every(function (each) { return holds(each, answers); });
      if (condition.any) return condition.any.some(function (each) { return holds(each, answers); });
      if (condition.not) return !holds(condition.not, answers);
      var answer = answers[condition.question];
      var isAnswered = answer !== undefined && answer !== null;
      if ('answered' in condition) return isAnswered === condition.answered;
      if (!isAnswered) return false;
      if ('is' in condition) {
        var wanted = [].concat(condition.is);
        return [].concat(answer).some(function (word) { return wanted.indexOf(word) >= 0; });
      }
      return !(answer < condition.at_least) && !(answer > condition.at_most);
    }

    // The questions on the way that the answers lead.
    function shown() {
      var answers = {};
      var way = [];
      var until = null;
      questions.forEach(function (question) {
        if (until === question.id) until = null;
        if (until !== null || (question.when && !holds(question.when, answers))) return;
        way.push(question);
        answers[question.id] = answerOf(question);
        var skip = question.skips.filter(function (each) { return !each.when || holds(each.when, answers); })[0];
        if (skip) until = skip.to;
      });
      return way;
    }

    function after(question) {
      var way = shown();
      return way[way.indexOf(question) + 1];
    }

    function show(question, moves) {
      questions.forEach(function (each) { each.box.classList.toggle('now', each === question); });
      now = question;
      seen[question.id] = true;
      label();
      keep();
      if (!moves) return;
      tellFrame('moved', { height: heightOf() });
      var ask = question.box.querySelector('.ask, input');
      if (ask.tabIndex < 0) ask.setAttribute('tabindex', '-1');
      ask.focus({ preventScroll: true });
      window.scrollTo(0, 0);
    }

    function heightOf() {
      return Math.ceil(document.querySelector('main').getBoundingClientRect().bottom + window.scrollY);
    }

    function label() {
      var way = shown();
      var at = way.indexOf(now);
      var text = words.progress.replace('{at}', at + 1).replace('{of}', way.length);
      if (said.textContent !== text) said.textContent = text;
      progress.hidden = at < 0;
      bar.max = way.length;
      bar.value = at + 1;
      back.hidden = at < 1;
      if (intro) intro.hidden = at > 0;
      main.textContent = isSending ? words.sending : at + 1 < way.length ? words.on : words.send;
    }

    function check(question) {
      var answer = answerOf(question);
      var message = '';
      if (question.isRequired && answer === null) message = question.type === 'consent' ? words.not_ticked : words.missing;
      else if (question.type === 'text' && answer && Array.from(answer.replace(/\r\n?/g, '\n')).length > 10000) message = words.too_long;
      else if (question.most && answer && answer.length > question.most) message = words.too_many.replace('{most}', question.most);
      var wrong = question.box.querySelector('.wrong');
      wrong.textContent = message;
      wrong.hidden = !message;
      var field = question.box.querySelector('textarea, input');
      if (message) {
        field.setAttribute('aria-invalid', 'true');
        field.focus();
      } else {
        field.removeAttribute('aria-invalid');
      }
      return !message;
    }

    // Only what was seen on the way: what nobody was asked is not passed over.
    function fields() {
      var sent = new URLSearchParams();
      sent.append('language', root.lang);
      ['page', 'proof', 'version', 'touchpoint', 'unit', 'device', 'more_about_you'].forEach(function (name) {
        if (form.elements[name]) sent.append(name, form.elements[name].value);
      });
      if (wasAnsweredHere()) sent.append('again', '1');
      shown().forEach(function (question) {
        if (!seen[question.id]) return;
        var answer = answerOf(question);
        [].concat(answer === null ? '' : answer).forEach(function (each) { sent.append('q.' + question.id, each); });
      });
      return sent;
    }

    function sendPart() {
      if (isPreview) return;
      var body = fields();
      // What is lost on the way comes with the next part, and at the end.
      fetch(address + '/partial', { method: 'POST', body: body, credentials: 'same-origin', keepalive: body.toString().length < 60000 }).catch(function () {});
    }

    function send() {
      if (isPreview) return tellFrame('answered');
      isSending = true;
      main.setAttribute('aria-disabled', 'true');
      tell('');
      label();
      fetch(address, { method: 'POST', body: fields(), credentials: 'same-origin', headers: { Accept: 'text/html' } })
        .then(function (response) {
          if (response.ok) {
            forget();
            remember();
            location.replace(response.url);
          } else if (response.status >= 400 && response.status < 500 && response.status !== 408 && response.status !== 429) {
            // The server says what is wrong on a page of its own.
            form.submit();
          } else {
            failed();
          }
        })
        .catch(failed);
    }

    function failed() {
      isSending = false;
      main.removeAttribute('aria-disabled');
      label();
      tell(words.not_saved);
    }

    function tell(message) {
      notice.textContent = message;
      notice.hidden = !message;
      if (message) notice.focus();
    }

    // That the survey was answered here stays in this browser. With an answer goes no more than that there was one before.
    function remember() {
      try {
        if (form.dataset.survey) localStorage.setItem('vivencia.answered ' + form.dataset.survey, Date.now());
      } catch (error) {
        // Then it is not known.
      }
    }

    function wasAnsweredHere() {
      try {
        var at = form.dataset.survey && Number(localStorage.getItem('vivencia.answered ' + form.dataset.survey));
        return at > 0 && Date.now() - at < Number(form.dataset.repeatDays) * 86400000;
      } catch (error) {
        return false;
      }
    }

    // The tab remembers what was typed: a language may be changed, a page may be closed by mistake.
    function keep() {
      try {
        var answers = questions.map(function (each) { return [each.id, answerOf(each)]; });
        sessionStorage.setItem(draft, JSON.stringify({ at: Date.now(), page: form.elements.page.value, proof: form.elements.proof.value, answers: answers }));
      } catch (error) {
        // Without storage nothing is remembered, and everything else works.
      }
    }

    function forget() {
      try {
        sessionStorage.removeItem(draft);
      } catch (error) {
        // Nothing was kept.
      }
      now = null;
    }

    function restore() {
      var kept = null;
      try {
        kept = JSON.parse(sessionStorage.getItem(draft));
      } catch (error) {
        return;
      }
      // A tablet of a shop goes from hand to hand: what somebody left there is not shown to the next one.
      if (!kept || !(Date.now() - kept.at < 180000)) return;
      form.elements.page.value = kept.page;
      // The time counts from the page on which it was begun.
      form.elements.proof.value = kept.proof;
      kept.answers.forEach(function (pair) {
        var question = questions.filter(function (each) { return each.id === pair[0]; })[0];
        if (!question || pair[1] === null || answerOf(question) !== null) return;
        var text = question.box.querySelector('textarea');
        if (text) {
          text.value = pair[1];
          return;
        }
        var values = [].concat(pair[1]).map(String);
        Array.prototype.forEach.call(question.box.querySelectorAll('input'), function (input) {
          if (values.indexOf(input.value) >= 0) input.checked = true;
        });
      });
    }
  }
})();
