// The list of the page: sorted, filtered and opened. Texts are set as text, never as markup.
(() => {
  'use strict';

  // What is folded on the screen is open on paper.
  const folded = [];
  addEventListener('beforeprint', () => {
    for (const one of document.querySelectorAll('details:not([open])')) {
      one.open = true;
      folded.push(one);
    }
  });
  addEventListener('afterprint', () => {
    while (folded.length) folded.pop().open = false;
  });

  const source = document.getElementById('data');
  if (!source) return;
  const data = JSON.parse(source.textContent);
  source.remove();

  const PART = 100;
  const by = (id) => document.getElementById(id);
  const fields = data.fields;
  // Values that are all the same are not written.
  for (const field of [...fields, data.circumstances]) {
    field.values ||= new Array(data.leads).fill(field.texts ? 0 : null);
  }
  const inTable = fields.filter((field) => field.table);
  const named = (name) => fields.find((field) => field.name === name);
  const classes = new Map();
  data.temperatures.forEach((names, place) => {
    for (const name of [...names].reverse()) if (!classes.has(name)) classes.set(name, 't' + place);
  });

  const element = (tag, className, text) => {
    const made = document.createElement(tag);
    if (className) made.className = className;
    if (text !== undefined) made.textContent = text;
    return made;
  };
  const signed = (points) => (points > 0 ? '+' : points < 0 ? '\u2212' : '') + Math.abs(points);
  // A label's number is written in letters, as the digits of a number to the base of 52.
  const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
  const ledgers = data.leads ? data.ledger.split(';') : [];
  const ledgerOf = (row) => {
    const entries = [];
    for (const [, letters, points, mark] of ledgers[row].matchAll(/([a-zA-Z]+)([-0-9.]+)(!?)/g)) {
      let number = 0;
      for (const letter of letters) number = number * 52 + LETTERS.indexOf(letter);
      const [kind, label] = data.labels[number];
      entries.push({ kind, label, points: Number(points), isReason: mark !== '' });
    }
    return entries;
  };
  const sum = (ledger) => ledger.reduce((all, entry) => all + Math.round(entry.points * 1000), 0) / 1000;
  const grouped = (count) => String(count).replace(/\B(?=(\d{3})+$)/g, ',');

  // What a lead has in a field, as text.
  const text = (field, row) => {
    if (field.holds === 'why') return why(row);
    const value = field.values[row];
    if (field.texts) return field.texts[value];
    if (value === null) return '';
    if (field.holds === 'time') return new Date(value * 60000).toISOString().slice(0, 16).replace('T', ' ');
    if (field.name === 'change') return signed(value);
    return String(value);
  };
  const why = (row) => {
    const reasons = ledgerOf(row).filter((entry) => entry.isReason);
    reasons.sort((a, b) => b.points - a.points);
    const said = text(data.circumstances, row);
    return (said ? [said] : []).concat(reasons.map((entry) => entry.label + ' ' + signed(entry.points))).join('; ');
  };

  // Keys to sort a field by, a number for each lead, NaN where nothing is known.
  const keysOf = (field) => {
    const keys = new Float64Array(data.leads).fill(NaN);
    if (field.holds === 'number' || field.holds === 'time') {
      field.values.forEach((value, row) => {
        if (value !== null) keys[row] = value;
      });
      return keys;
    }
    const texts = field.texts || Array.from(keys, (_, row) => text(field, row));
    const heat = (one) => Number((classes.get(one) || 't999').slice(1));
    const places = field.holds === 'temperature' ? texts.map(heat) : ranks(texts);
    for (let row = 0; row < data.leads; row++) {
      const place = field.texts ? field.values[row] : row;
      if (texts[place] !== '') keys[row] = places[place];
    }
    return keys;
  };
  // The place of each text among all of them; numbers by their size if all are numbers.
  const ranks = (texts) => {
    if (texts.every((one) => /^\d{0,15}$/.test(one))) return texts.map(Number);
    const places = Uint32Array.from(texts.keys());
    const { compare } = new Intl.Collator('en');
    places.sort((a, b) => compare(texts[a], texts[b]) || a - b);
    const ranked = new Float64Array(texts.length);
    let rank = 0;
    places.forEach((place, at) => {
      if (at && texts[places[at - 1]] !== texts[place]) rank = at;
      ranked[place] = rank;
    });
    return ranked;
  };

  // What is shown, and how.
  const state = { field: null, down: false, first: 0, open: new Set() };
  let order = Uint32Array.from({ length: data.leads }, (_, row) => row);
  let shown = order;

  // A lead's place among the different keys of a field is one part of a number and its rank the other, so that numbers
  // alone are sorted, fast and with equals in rank order; nothing known is always last.
  const placesOf = (field) => {
    if (field.places) return field.places;
    const keys = keysOf(field);
    const known = keys.filter((key) => !Number.isNaN(key)).sort();
    const different = known.filter((key, at) => key !== known[at - 1]);
    const place = (key) => {
      let [low, high] = [0, different.length];
      while (low < high) {
        const middle = (low + high) >> 1;
        if (different[middle] < key) low = middle + 1;
        else high = middle;
      }
      return low;
    };
    field.places = { of: Int32Array.from(keys, (key) => (Number.isNaN(key) ? -1 : place(key))), count: different.length };
    return field.places;
  };
  const sort = () => {
    if (!state.field) return;
    const { of, count } = placesOf(state.field);
    const numbers = Float64Array.from(of, (place, row) => {
      const turned = place < 0 ? count : state.down ? count - 1 - place : place;
      return turned * data.leads + row;
    });
    order = Uint32Array.from(numbers.sort(), (one) => one % data.leads);
  };

  // Texts in which the search looks, made when it is first needed.
  let hay = null;
  const searched = ['name', 'account', 'contact_id', 'email', 'owner', 'source'].map(named).filter(Boolean);
  const find = by('find');
  const choices = [];
  const filter = () => {
    const words = find.value.toLowerCase().split(/\s+/).filter(Boolean);
    if (words.length && !hay) {
      hay = Array.from({ length: data.leads }, (_, row) => searched.map((field) => text(field, row)).join('\n').toLowerCase());
    }
    const asked = choices.filter((choice) => choice.select.value !== '');
    if (!words.length && !asked.length) {
      shown = order;
      return;
    }
    const wanted = asked.map((choice) => ({ field: choice.field, value: choice.values[choice.select.value] }));
    shown = order.filter((row) =>
      wanted.every(({ field, value }) => text(field, row) === value) && words.every((word) => hay[row].includes(word)));
  };

  const table = by('leads');
  const body = table.tBodies[0];
  const rowId = (row) => {
    const id = named('contact_id') || named('account');
    return 'lead-' + (id ? encodeURIComponent(text(id, row)) : row + 1);
  };
  const nameOf = (row) => {
    for (const field of ['name', 'account', 'contact_id'].map(named)) {
      if (field && text(field, row)) return text(field, row);
    }
    return (data.who === 'accounts' ? 'account ' : 'lead ') + (row + 1);
  };

  const temperature = (name) => {
    const chip = element('span', 'temperature ' + (classes.get(name) || ''));
    chip.append(element('i'), name);
    return chip;
  };
  const layout = (field) => {
    if (field.holds === 'number') return 'number';
    if (field.holds === 'time') return 'time';
    if (field.holds === 'why') return 'why';
    return field.name === 'name' || field.name === 'account' ? 'who' : 'text';
  };
  const cell = (field, row) => {
    const made = element('td', layout(field));
    made.setAttribute('role', 'cell');
    made.dataset.heading = field.heading;
    const said = text(field, row);
    if (field.holds === 'temperature' && said) made.append(temperature(said));
    else made.textContent = said;
    return made;
  };

  const lead = (row) => {
    const made = element('tr');
    made.id = rowId(row);
    made.setAttribute('role', 'row');
    const first = element('td', 'open');
    first.setAttribute('role', 'cell');
    const button = element('button', 'opener');
    button.type = 'button';
    button.setAttribute('aria-label', 'Points of ' + nameOf(row));
    button.setAttribute('aria-expanded', 'false');
    button.addEventListener('click', () => turn(row, made, button));
    first.append(button);
    made.append(first, ...inTable.map((field) => cell(field, row)));
    if (state.open.has(row)) turn(row, made, button, true);
    return made;
  };
  const turn = (row, made, button, anew) => {
    const opens = anew || !state.open.has(row);
    button.setAttribute('aria-expanded', String(opens));
    made.classList.toggle('opened', opens);
    if (!opens) {
      state.open.delete(row);
      button.removeAttribute('aria-controls');
      made.nextElementSibling.remove();
      return;
    }
    state.open.add(row);
    const below = opened(row);
    button.setAttribute('aria-controls', below.id);
    // A row that is not in the table yet is followed when it is.
    if (made.parentNode) made.after(below);
    else made.below = below;
  };

  // Where the points of a lead come from, and what else is known of it.
  const opened = (row) => {
    const below = element('tr', 'below');
    below.id = 'points-' + row;
    below.setAttribute('role', 'row');
    const wide = element('td');
    wide.colSpan = inTable.length + 1;
    wide.setAttribute('role', 'cell');
    const box = element('div', 'ledger');
    box.append(points(row), facts(row));
    wide.append(box);
    below.append(wide);
    return below;
  };
  const points = (row) => {
    const ledger = ledgerOf(row);
    const made = element('table', 'points');
    made.append(element('caption', '', 'Points of ' + nameOf(row)));
    const head = made.createTHead().insertRow();
    for (const [name, className] of [['Rule', ''], ['Points', 'number'], ['', 'bars']]) {
      const heading = element(name ? 'th' : 'td', className, name);
      if (name) heading.scope = 'col';
      head.append(heading);
    }
    const lines = made.createTBody();
    const most = ledger.reduce((largest, entry) => Math.max(largest, Math.abs(entry.points)), 0);
    for (const { kind, label, points } of ledger) {
      const line = lines.insertRow();
      line.className = kind === 'rule' || kind === 'contact' ? '' : 'change';
      const name = element('th', '', label);
      name.scope = 'row';
      const bar = element('td', 'bars');
      const length = element('i', points < 0 ? 'below' : '');
      length.style.width = (most ? (100 * Math.abs(points)) / most : 0).toFixed(1) + '%';
      bar.append(length);
      line.append(name, element('td', 'number', signed(points)), bar);
    }
    const foot = made.createTFoot().insertRow();
    const name = element('th', '', 'Score');
    name.scope = 'row';
    foot.append(name, element('td', 'number', String(sum(ledger))), element('td', 'bars'));
    return made;
  };
  // What needs not be said again below a row, where all else stands at full length.
  const above = ['rank', 'name', 'account', 'people', 'score', 'temperature'];
  const facts = (row) => {
    const made = element('div', 'facts');
    const list = element('dl');
    const add = (heading, said) => {
      if (said) list.append(element('dt', '', heading), element('dd', '', said));
    };
    for (const field of fields) {
      if (field.holds === 'checklist') {
        const met = text(field, row);
        if (!met) continue;
        const items = element('ul', 'checklist');
        field.items.forEach((label, place) => {
          const isMet = met[place] === '1';
          const item = element('li', isMet ? 'met' : 'missing', label);
          item.prepend(element('b', '', isMet ? 'Met: ' : 'Missing: '));
          items.append(item);
        });
        list.append(element('dt', '', field.heading));
        const said = element('dd');
        said.append(items);
        list.append(said);
      } else if (!above.includes(field.name)) {
        add(field.heading, text(field, row));
      }
    }
    made.append(list);
    if (named('contact_id') || named('account')) {
      const link = element('a', 'link', 'Link to this ' + (data.who === 'accounts' ? 'account' : 'lead'));
      link.href = '#' + rowId(row);
      made.append(link);
    }
    return made;
  };

  const pages = by('pages');
  const draw = () => {
    if (state.first >= shown.length) state.first = 0;
    const end = Math.min(state.first + PART, shown.length);
    const rows = [];
    for (let at = state.first; at < end; at++) {
      const made = lead(shown[at]);
      rows.push(made);
      if (made.below) rows.push(made.below);
    }
    body.replaceChildren(...rows);
    const all = grouped(data.leads) + ' ' + data.who;
    const some = shown.length === data.leads ? all : grouped(shown.length) + ' of ' + all;
    by('shown').textContent = shown.length
      ? some + ', shown ' + grouped(state.first + 1) + ' to ' + grouped(end)
      : 'None of ' + all + ' fits the filter';
    pages.hidden = shown.length <= PART;
    by('earlier').disabled = state.first === 0;
    by('later').disabled = end === shown.length;
    by('part').textContent = 'Part ' + (Math.floor(state.first / PART) + 1) + ' of ' + Math.max(1, Math.ceil(shown.length / PART));
  };
  const refresh = () => {
    state.first = 0;
    filter();
    draw();
  };

  // Headings become buttons.
  const headings = [...table.tHead.rows[0].cells].slice(1);
  const sorter = by('sort');
  const sortBy = (field, down) => {
    state.field = field;
    state.down = down;
    sort();
    inTable.forEach((one, place) => {
      if (one === field) headings[place].setAttribute('aria-sort', down ? 'descending' : 'ascending');
      else headings[place].removeAttribute('aria-sort');
    });
    sorter.value = inTable.indexOf(field) + (down ? ' down' : ' up');
    refresh();
  };
  // Figures of which more is better begin with the largest.
  const beginsDown = (field) => ['score', 'change', 'people', 'last_event'].includes(field.name);
  headings.forEach((heading, place) => {
    const field = inTable[place];
    const button = element('button', '', heading.textContent);
    button.type = 'button';
    button.addEventListener('click', () => {
      sortBy(field, state.field === field ? !state.down : beginsDown(field));
    });
    heading.replaceChildren(button);
  });
  inTable.forEach((field, place) => {
    for (const down of [false, true]) {
      const option = element('option', '', field.heading + (down ? ' \u2193' : ' \u2191'));
      option.value = place + (down ? ' down' : ' up');
      sorter.append(option);
    }
  });
  sorter.addEventListener('change', () => {
    const [place, way] = sorter.value.split(' ');
    sortBy(inTable[place], way === 'down');
  });

  // A choice for each of these that the list has, if there are few enough to choose from.
  const MOST_CHOICES = 500;
  for (const name of ['temperature', 'owner', 'stage', 'source']) {
    const field = named(name);
    if (!field) continue;
    const values = [...new Set(field.texts || field.values)];
    if (values.length < 2 || values.length > MOST_CHOICES) continue;
    const key = (one) => (field.holds === 'temperature' ? classes.get(one) || '' : '');
    values.sort((a, b) => key(a).localeCompare(key(b), 'en', { numeric: true }) || a.localeCompare(b, 'en'));
    const label = element('label', '', field.heading + ' ');
    const select = element('select');
    select.append(new Option('all', ''));
    values.forEach((value, place) => select.append(new Option(value || '(none)', String(place))));
    select.addEventListener('change', refresh);
    label.append(select);
    by('choices').append(label);
    choices.push({ field, select, values });
  }
  const clear = () => {
    find.value = '';
    for (const { select } of choices) select.value = '';
  };
  let waiting = 0;
  find.addEventListener('input', () => {
    clearTimeout(waiting);
    waiting = setTimeout(refresh, 80);
  });
  by('clear').addEventListener('click', () => {
    clear();
    refresh();
    find.focus();
  });
  by('controls').addEventListener('submit', (event) => event.preventDefault());
  const go = (step) => {
    state.first += step;
    draw();
    by('list').scrollIntoView();
  };
  by('earlier').addEventListener('click', () => go(-PART));
  by('later').addEventListener('click', () => go(PART));

  // Whoever points at a row opens it, unless they mark text.
  body.addEventListener('click', (event) => {
    const row = event.target.closest('tr');
    if (!row || row.className === 'below' || event.target.closest('button, a')) return;
    if (getSelection().isCollapsed) row.querySelector('.opener').click();
  });

  // A link to a lead shows it, whatever was filtered before.
  const follow = () => {
    if (!location.hash.startsWith('#lead-')) return;
    const id = location.hash.slice(1);
    let row = -1;
    for (let at = 0; at < data.leads && row < 0; at++) if (rowId(at) === id) row = at;
    if (row < 0) return;
    if (!shown.includes(row)) {
      clear();
      filter();
    }
    state.first = PART * Math.floor(shown.indexOf(row) / PART);
    state.open.add(row);
    draw();
    const made = by(id);
    made.scrollIntoView({ block: 'center' });
    made.querySelector('.opener').focus({ preventScroll: true });
  };
  addEventListener('hashchange', follow);

  for (const [made, role] of [[table, 'table'], [table.tHead, 'rowgroup'], [body, 'rowgroup'], [table.tHead.rows[0], 'row']]) {
    made.setAttribute('role', role);
  }
  for (const heading of table.tHead.rows[0].cells) heading.setAttribute('role', 'columnheader');
  by('controls').hidden = false;
  const rank = inTable.find((field) => field.name === 'rank');
  if (rank) sortBy(rank, false);
  else {
    sorter.selectedIndex = -1;
    refresh();
  }
  follow();
})();
