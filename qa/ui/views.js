// The bar over the pane beside the chat: which of its views is open. The pane itself says which one it shows.
element.setAttribute('role', 'tablist');
element.setAttribute('aria-label', '右侧内容');
element.addEventListener('click', (event) => {
  const button = event.target.closest('button[data-view]');
  if (button) trigger('viewed', { view: button.dataset.view });
});
