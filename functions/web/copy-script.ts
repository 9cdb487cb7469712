/**
 * Shows the buttons that copy a feed's address, and makes them work. Without script they stay hidden, and the link
 * beside them does the job.
 */
export const copyScript = `for (const button of document.querySelectorAll('button[data-copy]')) {
  if (!navigator.clipboard) break;
  button.hidden = false;
  button.addEventListener('click', async () => {
    const status = button.parentElement.querySelector('[role=status]');
    try {
      await navigator.clipboard.writeText(button.dataset.copy);
      status.textContent = 'Adresse kopiert';
    } catch {
      status.textContent = 'Kopieren war nicht möglich';
    }
  });
}
`;
