// The evidence pane: brings what is cited into view, inside the pane; on a narrow screen also the pane itself,
// but only after a click on a citation (an answer that has just come must not be scrolled away).
watch('value', () => {
  const pane = element.closest('#evidence') || element;
  const hit = element.querySelector('.hit');
  if (hit) {
    const box = hit.getBoundingClientRect();
    const frame = pane.getBoundingClientRect();
    pane.scrollTop += box.top - frame.top - (frame.height - box.height) / 2;
    const table = hit.closest('.scroll');
    if (table) {
      const inner = table.getBoundingClientRect();
      table.scrollLeft += box.left - inner.left - (inner.width - box.width) / 2;
    }
  }
  if (document.documentElement.dataset.showEvidence === 'yes' && matchMedia('(max-width: 899px)').matches) {
    (hit || pane).scrollIntoView({ block: 'center' });
  }
  document.documentElement.dataset.showEvidence = '';
});
