// Texts under the pointer: the drawings carry them as titles, shown here at once and in the page's own dress.
const tip = Object.assign(document.createElement('div'), { id: 'tip', hidden: true });
document.body.append(tip);
for (const title of document.querySelectorAll('figure svg * > title')) {
  title.parentNode.dataset.tip = title.textContent;
  title.remove();
}
document.addEventListener('pointermove', event => {
  const mark = event.target.closest?.('[data-tip]');
  tip.hidden = !mark;
  if (!mark) return;
  tip.textContent = mark.dataset.tip;
  const left = Math.min(event.clientX + 14, innerWidth - tip.offsetWidth - 8);
  tip.style.left = left + 'px';
  tip.style.top = event.clientY + 18 + 'px';
});
// A click on a heading sorts by that column, a second click the other way; the reference row stays first.
for (const table of document.querySelectorAll('table.falw')) {
  const body = table.tBodies[0];
  [...table.tHead.rows[0].cells].forEach((head, column) => head.addEventListener('click', () => {
    const up = head.ariaSort !== 'ascending';
    for (const other of table.tHead.rows[0].cells) other.ariaSort = null;
    head.ariaSort = up ? 'ascending' : 'descending';
    const key = row => row.cells[column].dataset.sort;
    const text = row => row.cells[column].textContent;
    const rows = [...body.rows].filter(row => !row.classList.contains('reference'));
    rows.sort((a, b) => (key(a) !== undefined && key(b) !== undefined ? key(a) - key(b) : text(a).localeCompare(text(b))) * (up ? 1 : -1));
    body.append(...rows);
  }));
}
