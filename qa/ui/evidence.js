// The evidence pane: brings what is cited into view inside the pane; on a narrow screen, where the pane lies
// under the chat, a click on a citation also brings the pane itself into view. An answer alone does not.
const pane = element.closest('#evidence') || element;
element.setAttribute('role', 'region');
element.setAttribute('aria-label', '出处的原表或原文');
const centre = (box, hit) => {
  const inner = hit.getBoundingClientRect();
  const outer = box.getBoundingClientRect();
  box.scrollTop += inner.top - outer.top - (outer.height - inner.height) / 2;
  box.scrollLeft += inner.left - outer.left - (outer.width - inner.width) / 2;
};
const show = () => {
  const hit = element.querySelector('.hit');
  if (!hit) return;
  const table = hit.closest('.scroll');
  if (table) centre(table, hit);
  centre(pane, hit);
};
const mark = () => {
  const shown = element.querySelector('[data-view]');
  const view = shown ? shown.dataset.view : 'evidence';
  document.querySelectorAll('#views button[data-view]').forEach((button) => {
    button.setAttribute('aria-selected', String(button.dataset.view === view));
  });
};
watch('value', () => {
  mark();
  if (element.querySelector('.hit')) show();
  else pane.scrollTop = 0;
});
const say = (button, text) => {
  const before = button.textContent;
  button.textContent = text;
  setTimeout(() => { button.textContent = before; }, 1500);
};
const copy = (button, text) => {
  const done = navigator.clipboard ? navigator.clipboard.writeText(text) : Promise.reject();
  done.then(() => say(button, '已复制'), () => window.prompt('请复制：', text));
};
// The server does not know under which address it is read: the page does.
const absolute = (text) => text.replaceAll('/?q=', `${location.origin}/?q=`);
const save = (name, content) => {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([content]));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
};
element.addEventListener('click', (event) => {
  const button = event.target.closest('button');
  if (!button) return;
  const data = button.dataset;
  if (data.fact !== undefined) trigger('placed', { fact: data.fact });
  else if (data.copy !== undefined) copy(button, absolute(JSON.parse(data.copy)));
  else if (data.save !== undefined) save(data.save, absolute(JSON.parse(data.content)));
  else if (data.address !== undefined) copy(button, element.querySelector('a.address').href);
});
pane.addEventListener('cited', () => {
  show();
  if (matchMedia('(max-width: 899px)').matches) pane.scrollIntoView({ block: 'start' });
});
