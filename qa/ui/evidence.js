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
watch('value', show);
pane.addEventListener('cited', () => {
  show();
  if (matchMedia('(max-width: 899px)').matches) pane.scrollIntoView({ block: 'start' });
});
