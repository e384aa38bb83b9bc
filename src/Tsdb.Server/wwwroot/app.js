'use strict';

const form = document.getElementById('query-form');
const status = document.getElementById('status');
const chart = document.getElementById('chart');
const table = document.getElementById('result');
const mostSeries = 50;

document.getElementById('example').textContent =
  `curl ${location.origin}/write --data-binary 'weather,city=Berlin temperature=21.5'\n` +
  `curl '${location.origin}/api/v1/query?query=weather_temperature'`;

loadMetricNames();
restoreFromLink();

form.addEventListener('submit', event => {
  event.preventDefault();
  const link = new URLSearchParams(new FormData(form));
  history.replaceState(null, '', `?${link}`);
  run();
});

async function run() {
  const range = Number(form.range.value);
  const end = form.end.value ? new Date(form.end.value).getTime() / 1000 : Date.now() / 1000;
  const step = Math.max(1, Math.round(range / 500));
  const body = new URLSearchParams({ query: form.query.value, start: end - range, end, step });
  if (step > 300) {
    body.set('lookback_delta', step); // looks back to the step before, so that no sample is lost between two steps
  }
  const began = performance.now();
  try {
    const response = await fetch('api/v1/query_range', { method: 'POST', body });
    const answer = await response.json();
    if (answer.status !== 'success') {
      throw new Error(answer.error);
    }
    show(answer.data.result, end - range, end, Math.round(performance.now() - began));
  } catch (error) {
    hideResult(true);
    say(error.message, true);
  }
}

function show(series, start, end, milliseconds) {
  const shown = series.slice(0, mostSeries);
  const cut = series.length > shown.length ? `, the first ${shown.length} shown` : '';
  say(`${series.length} series in ${milliseconds} ms${cut}`, false);
  hideResult(shown.length === 0);
  document.getElementById('start').hidden = true;
  draw(shown, start, end);
  table.tBodies[0].replaceChildren(...shown.map(row));
}

function hideResult(isHidden) {
  table.hidden = isHidden;
  chart.toggleAttribute('hidden', isHidden); // an SVG element has the attribute, not the property
}

function row(series, index) {
  const cells = document.createElement('tr');
  const mark = document.createElement('i');
  mark.style.setProperty('background', color(index));
  cells.insertCell().append(mark);
  cells.insertCell().textContent = nameOf(series.metric);
  cells.insertCell().textContent = series.values.at(-1)[1];
  return cells;
}

function draw(series, start, end) {
  const values = series.flatMap(one => one.values.map(point => Number(point[1]))).filter(Number.isFinite);
  let low = values.reduce((a, b) => Math.min(a, b), Infinity);
  let high = values.reduce((a, b) => Math.max(a, b), -Infinity);
  if (low === high) {
    [low, high] = [low - 1, high + 1];
  }
  const x = time => 60 + (time - start) / (end - start) * 930;
  const y = value => 290 - (value - low) / (high - low) * 270;
  const parts = [];
  for (let i = 0; i <= 4; i++) {
    const value = low + (high - low) * i / 4;
    parts.push(element('line', { x1: 60, x2: 990, y1: y(value), y2: y(value) }));
    parts.push(element('text', { x: 54, y: y(value) + 4, 'text-anchor': 'end' }, Number(value.toPrecision(4))));
    const time = start + (end - start) * i / 4;
    parts.push(element('text', { x: x(time), y: 312, 'text-anchor': i === 0 ? 'start' : i === 4 ? 'end' : 'middle' }, new Date(time * 1000).toLocaleString()));
  }
  series.forEach((one, index) => {
    const points = one.values.filter(point => Number.isFinite(Number(point[1]))).map(point => `${x(point[0]).toFixed(1)},${y(Number(point[1])).toFixed(1)}`);
    if (points.length === 1) {
      points.push(points[0]); // a line of one point is invisible, one of no length is a dot
    }
    parts.push(element('polyline', { points: points.join(' '), stroke: color(index) }));
  });
  chart.replaceChildren(...parts);
}

function element(name, attributes, text) {
  const made = document.createElementNS('http://www.w3.org/2000/svg', name);
  Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
  if (text !== undefined) {
    made.textContent = text;
  }
  return made;
}

function nameOf(metric) {
  const { __name__: name = '', ...labels } = metric;
  const list = Object.entries(labels).map(([key, value]) => `${key}=${JSON.stringify(value)}`);
  return list.length > 0 || !name ? `${name}{${list.join(', ')}}` : name;
}

function color(index) {
  return `hsl(${(index * 137.5 + 210) % 360} 60% 50%)`;
}

function say(text, isWrong) {
  status.textContent = text;
  status.className = isWrong ? 'wrong' : '';
}

async function loadMetricNames() {
  const response = await fetch('api/v1/label/__name__/values?limit=1000');
  if (response.ok) {
    const options = (await response.json()).data.map(name => Object.assign(document.createElement('option'), { value: name }));
    document.getElementById('metrics').replaceChildren(...options);
  }
}

function restoreFromLink() {
  const link = new URLSearchParams(location.search);
  for (const [name, value] of link) {
    if (form.elements[name]) {
      form.elements[name].value = value;
    }
  }
  if (link.get('query')) {
    run();
  }
}
