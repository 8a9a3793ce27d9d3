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
// A picture can be pointed at where plotly.js is found: beside the page or on the web. It is looked for on the first click, so the page by itself asks nobody for anything.
const places = ['plotly.min.js', 'https://cdn.plot.ly/plotly-2.35.2.min.js'];
const load = place => new Promise((done, failed) => document.head.append(Object.assign(document.createElement('script'), { src: place, onload: done, onerror: failed })));
let plotly;
for (const figure of document.querySelectorAll('figure')) {
  const button = Object.assign(document.createElement('button'), { textContent: 'interactive' });
  figure.querySelector('figcaption').append(' ', button);
  button.addEventListener('click', async () => {
    const [plate, data] = [figure.querySelector('.plate'), JSON.parse(figure.querySelector('script').textContent)];
    button.disabled = true;
    try {
      await (plotly ??= load(places[0]).catch(() => load(places[1])));
      const drawn = document.createElement('div');
      await Plotly.newPlot(drawn, data.data, { ...data.layout, autosize: true }, { responsive: true, displaylogo: false });
      plate.replaceChildren(drawn);
      Plotly.Plots.resize(drawn);
      button.remove();
    } catch {
      [plotly, button.disabled, button.textContent] = [undefined, false, 'plotly.js was not reached; try again'];
    }
  });
}
