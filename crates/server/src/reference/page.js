
const filter = document.getElementById('filter');
const status = document.querySelector('.none');
const operations = [...document.querySelectorAll('nav li')].map((item) => {
  const article = document.getElementById(decodeURIComponent(item.querySelector('a').hash.slice(1)));
  return { item, article, text: article.textContent.toLowerCase() };
});
filter.closest('.filter').hidden = false;
filter.addEventListener('input', () => {
  const words = filter.value.toLowerCase().split(/\s+/).filter(Boolean);
  let shown = 0;
  for (const { item, article, text } of operations) {
    const fits = words.every((word) => text.includes(word));
    item.hidden = article.hidden = !fits;
    shown += fits ? 1 : 0;
  }
  for (const list of document.querySelectorAll('nav ul')) {
    const isEmpty = [...list.children].every((item) => item.hidden);
    list.hidden = list.previousElementSibling.hidden = isEmpty;
    document.querySelector(list.previousElementSibling.querySelector('a').hash).closest('section').hidden = isEmpty;
  }
  status.textContent = words.length === 0 ? '' : `${shown} of ${operations.length} operations`;
});
