// The conversation: hands clicks on questions and citations to Python, keeps the newest question in view.
element.setAttribute('role', 'log');
element.setAttribute('aria-label', '对话');
element.addEventListener('click', (event) => {
  const button = event.target.closest('button[data-ask], button[data-cite], button[data-finding], button[data-figure]');
  if (!button) return;
  if (button.dataset.ask !== undefined) {
    trigger('asked', { question: button.dataset.ask });
    return;
  }
  if (button.dataset.finding !== undefined) {
    document.getElementById('evidence').dispatchEvent(new Event('cited'));
    trigger('found', { turn: Number(button.dataset.turn), finding: Number(button.dataset.finding) });
    return;
  }
  if (button.dataset.figure !== undefined) {
    document.getElementById('evidence').dispatchEvent(new Event('cited'));
    trigger('quoted', { turn: Number(button.dataset.turn), figure: Number(button.dataset.figure) });
    return;
  }
  const open = document.querySelector('button.cite.open');
  if (open) open.classList.remove('open');
  button.classList.add('open');
  // The pane may show this citation already: then nothing changes there, and it must be told to bring it into view.
  document.getElementById('evidence').dispatchEvent(new Event('cited'));
  trigger('cited', { turn: Number(button.dataset.turn), citation: Number(button.dataset.cite) });
});
watch('value', () => {
  const turns = element.querySelectorAll('article.turn');
  const last = turns[turns.length - 1];
  if (last) last.scrollIntoView({ block: 'start' });
});
