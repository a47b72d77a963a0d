// Opens pages that hotlist wrote in a browser and looks for what is promised of them:
//
//     node .ci/page.mjs MODULES SCREENSHOTS PAGE… [--large PAGE]
//
// MODULES is the folder that holds the packages playwright-core and axe-core; screenshots go to the other folder. Each
// page is loaded by file://, in light and dark, at phone width, on paper and without its script: no request leaves the
// file, nothing is an error, axe-core finds nothing serious. A page with a list is sorted, filtered and opened, by mouse
// and by keyboard, and held against its own data as read here. A large page is loaded, sorted and filtered, and how long
// that took is said. The first thing that does not hold ends it.

import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const words = process.argv.slice(2);
const at = words.indexOf('--large');
const [large] = at < 0 ? [] : words.splice(at, 2).slice(1);
const [modules, screenshots, ...pages] = words;
assert(pages.length || large, 'node page.mjs MODULES SCREENSHOTS PAGE… [--large PAGE]');
const require = createRequire(resolve(modules, 'node_modules', '_'));
const { chromium } = require('playwright-core');
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
mkdirSync(screenshots, { recursive: true });

const PHONE = { width: 375, height: 812 };
const DESK = { width: 1280, height: 900 };
// A bound that only something broken reaches, in milliseconds.
const SLOWEST = 20_000;

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
  args: [
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
});

// A tab that must neither ask for anything but its page nor complain.
const open = async (path, { hash = '', ...options } = {}) => {
  const context = await browser.newContext({ viewport: DESK, ...options });
  const tab = await context.newPage();
  tab.setDefaultTimeout(SLOWEST);
  const url = pathToFileURL(resolve(path)).href;
  const wrong = [];
  tab.on('request', (request) => {
    if (request.url().split('#')[0] !== url) wrong.push('a request for ' + request.url());
  });
  tab.on('console', (message) => {
    if (message.type() === 'error') wrong.push('the console: ' + message.text());
  });
  tab.on('dialog', (dialog) => {
    wrong.push('a dialog: ' + dialog.message());
    dialog.dismiss();
  });
  tab.on('pageerror', (error) => wrong.push('an error: ' + error.message));
  await tab.goto(url + hash);
  return {
    tab,
    close: async () => {
      assert.deepEqual(wrong, []);
      await context.close();
    },
  };
};

// The list's data as it stands in the file: texts of a field, and ledgers.
const read = (path) => {
  const found = /<script type="application\/json" id="data">([^]*?)<\/script>/.exec(readFileSync(path, 'utf8'));
  if (!found) return null;
  const data = JSON.parse(found[1]);
  const field = (name) => data.fields.find((one) => one.name === name);
  const text = (name, row) => {
    const { texts, values } = field(name);
    if (!values) return texts ? texts[0] : '';
    return texts ? texts[values[row]] : values[row] === null ? '' : String(values[row]);
  };
  const all = (name) => Array.from({ length: data.leads }, (_, row) => text(name, row));
  const sums = data.ledger.split(';').map((ledger) => {
    const points = ledger.match(/-?[0-9.]+/g) || [];
    return points.reduce((sum, one) => sum + Math.round(Number(one) * 1000), 0) / 1000;
  });
  return { data, field, all, sums };
};

const number = (text) => Number(text.replace('\u2212', '-').replace('+', ''));
const shown = (tab) => tab.locator('#shown').textContent();
const column = (tab, heading) =>
  tab.locator(`#leads > tbody > tr:not(.below) > td[data-heading="${heading}"]`).allTextContents();

const looksGood = async (path, name, scheme) => {
  const { tab, close } = await open(path, { colorScheme: scheme });
  const opener = tab.locator('.opener').first();
  if (await opener.count()) await opener.click();
  for (const summary of (await tab.locator('summary').all()).slice(0, 2)) await summary.click();
  await tab.screenshot({ path: `${screenshots}/${name}-${scheme}.png`, fullPage: true });
  await close();
  // What looks into the page may complain of its policy.
  const again = await open(path, { colorScheme: scheme });
  if (await again.tab.locator('.opener').count()) await again.tab.locator('.opener').first().click();
  await again.tab.evaluate(axe);
  const { violations } = await again.tab.evaluate(() => axe.run(document, { resultTypes: ['violations'] }));
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  const told = serious.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map((node) => node.html).join(' | ')}`);
  assert.deepEqual(told, [], `axe-core, ${scheme}`);
  const lesser = violations.filter((one) => !serious.includes(one)).map(({ id }) => id);
  console.log(`  ${scheme}: axe-core finds nothing serious${lesser.length ? ', but ' + lesser.join(', ') : ''}`);
  await again.tab.context().close();
};

const fitsAPhone = async (path, name) => {
  const { tab, close } = await open(path, { viewport: PHONE, isMobile: true, hasTouch: true, deviceScaleFactor: 2 });
  const wide = () => tab.evaluate(() => document.scrollingElement.scrollWidth);
  assert.equal(await wide(), PHONE.width, 'the page is as wide as the phone');
  for (const summary of await tab.locator('summary').all()) await summary.click();
  const opener = tab.locator('.opener').first();
  if (await opener.count()) await opener.tap();
  assert.equal(await wide(), PHONE.width, 'and with everything opened too');
  await tab.evaluate(() => scrollTo(0, 0));
  await tab.screenshot({ path: `${screenshots}/${name}-phone.png` });
  if (await opener.count()) {
    await tab.locator('#list').scrollIntoViewIfNeeded();
    await opener.evaluate((one) => one.closest('tr').scrollIntoView());
    await tab.screenshot({ path: `${screenshots}/${name}-phone-list.png` });
  }
  await close();
  console.log('  phone: nothing is wider than the screen');
};

const prints = async (path, name) => {
  const { tab, close } = await open(path);
  const hasList = (await tab.locator('.opener').count()) > 0;
  if (hasList) await tab.locator('.opener').first().click();
  await tab.emulateMedia({ media: 'print' });
  for (const gone of ['#controls', '#pages', '.skip', 'body > header nav']) {
    const one = tab.locator(gone);
    if (await one.count()) assert(!(await one.isVisible()), `${gone} is not on paper`);
  }
  if (hasList) assert(await tab.locator('table.points').isVisible(), 'an opened ledger is on paper');
  const pdf = await tab.pdf({ path: `${screenshots}/${name}.pdf`, format: 'A4', printBackground: true });
  assert(pdf.length > 10_000, 'there is something on paper');
  const before = await tab.locator('details[open]').count();
  await tab.evaluate(() => dispatchEvent(new Event('beforeprint')));
  assert.equal(await tab.locator('details:not([open])').count(), 0, 'tables behind charts are on paper');
  await tab.evaluate(() => dispatchEvent(new Event('afterprint')));
  assert.equal(await tab.locator('details[open]').count(), before, 'and folded again after it');
  await close();
  console.log('  paper: charts, tables and opened ledgers, no controls');
};

const standsWithoutScript = async (path, list) => {
  const { tab, close } = await open(path, { javaScriptEnabled: false });
  assert.equal(await tab.locator('h1').count(), 1);
  if (list) {
    const rows = await tab.locator('#leads > tbody > tr').count();
    assert.equal(rows, Math.min(100, list.data.leads), 'the first leads stand in the page');
    assert(await tab.locator('noscript').first().isVisible());
    assert(!(await tab.locator('#controls').isVisible()));
  }
  await close();
  console.log('  without script: still a page');
};

const sorts = async (path, list) => {
  const { tab, close } = await open(path);
  const button = (heading) => tab.locator('#leads thead th', { hasText: heading }).locator('button');
  const state = (heading) => tab.locator('#leads thead th', { hasText: heading }).getAttribute('aria-sort');
  const compare = new Intl.Collator('en').compare;
  // The script's own rule, written again: blank cells last, equals in rank order.
  const expected = (name, order, down) => {
    const rows = list.all(name).map((text, row) => ({ text, row }));
    rows.sort((a, b) => (a.text === '') - (b.text === '') || (down ? -1 : 1) * order(a.text, b.text) || a.row - b.row);
    return rows.slice(0, 100).map(({ row }) => list.all('contact_id')[row]);
  };
  const numeric = (a, b) => (a === '' || b === '' ? 0 : Number(a) - Number(b));
  const checks = [['score', 'Score', numeric]];
  if (list.field('name')) checks.push(['name', 'Lead', compare]);
  if (list.field('owner')) checks.push(['owner', 'Owner', compare]);
  for (const [name, heading, order] of checks) {
    await button(heading).click();
    for (let way = 0; way < 2; way++) {
      const down = (await state(heading)) === 'descending';
      assert.deepEqual(await column(tab, 'Id'), expected(name, order, down), `${heading}, ${down ? 'down' : 'up'}`);
      await button(heading).click();
    }
  }
  assert.equal(await tab.locator('#leads thead [aria-sort]').count(), 1, 'one heading says that it sorts');
  await close();
  console.log('  sorted by score, name and owner, both ways');
};

const filters = async (path, list) => {
  const { tab, close } = await open(path);
  const all = await shown(tab);
  const name = list.field('name') ? 'name' : 'contact_id';
  const names = list.all(name).filter(Boolean);
  const wanted = names[Math.min(7, names.length - 1)].split(' ')[0];
  const searched = ['name', 'contact_id', 'email', 'owner', 'source'].filter((one) => list.field(one));
  const texts = searched.map((one) => list.all(one));
  const has = (row) => texts.map((one) => one[row]).join('\n').toLowerCase().includes(wanted.toLowerCase());
  const count = list.all(name).filter((_, row) => has(row)).length;
  await tab.locator('#find').fill(wanted);
  await tab
    .waitForFunction((count) => document.getElementById('shown').textContent.replaceAll(',', '').startsWith(count + ' '), count)
    .catch(async () => assert.fail(`${count} leads with ${wanted}, not ${await shown(tab)}`));
  await tab.locator('#clear').click();
  assert.equal(await shown(tab), all, 'cleared');

  const select = tab.locator('#choices label', { hasText: 'Temperature' }).locator('select');
  if (await select.count()) {
    const option = await select.locator('option').nth(1).textContent();
    await select.selectOption({ label: option });
    const some = list.all('temperature').filter((one) => one === option).length;
    assert.equal(Number((await shown(tab)).split(' ')[0].replaceAll(',', '')), some, option);
    assert.deepEqual([...new Set(await column(tab, 'Temperature'))], [option]);
  }
  await tab.locator('#find').fill('nobody is called so');
  await tab.waitForFunction(() => document.getElementById('shown').textContent.startsWith('None of'));
  assert.equal(await tab.locator('#leads > tbody > tr').count(), 0);
  await tab.locator('#clear').click();
  if (list.data.leads > 100) {
    await tab.locator('#later').click();
    assert.deepEqual((await column(tab, 'Id'))[0], list.all('contact_id')[100], 'the second part begins with the 101st');
  }
  await close();
  console.log('  filtered by text and temperature, in parts of 100');
};

const opens = async (path, list) => {
  const { tab, close } = await open(path);
  const scores = await column(tab, 'Score');
  for (let row = 0; row < Math.min(10, list.data.leads); row++) {
    const opener = tab.locator('.opener').nth(row);
    await opener.click();
    assert.equal(await opener.getAttribute('aria-expanded'), 'true');
    const below = tab.locator('#' + (await opener.getAttribute('aria-controls')));
    const points = await below.locator('.points tbody td.number').allTextContents();
    const sum = points.reduce((all, one) => all + Math.round(number(one) * 1000), 0) / 1000;
    assert.equal(sum, number(scores[row]), 'the points of a ledger sum to the score');
    assert.equal(number(await below.locator('.points tfoot td.number').textContent()), sum);
    assert.equal(list.sums[row], sum);
    await opener.click();
    assert.equal(await opener.getAttribute('aria-expanded'), 'false');
    assert.equal(await tab.locator('tr.below').count(), 0);
  }
  await close();
  const last = list.data.leads - 1;
  const id = list.all('contact_id')[last];
  const linked = await open(path, { hash: '#lead-' + encodeURIComponent(id) });
  const row = linked.tab.locator(`tr[id="lead-${encodeURIComponent(id)}"]`);
  assert.equal(await row.locator('.opener').getAttribute('aria-expanded'), 'true');
  assert(await row.isVisible());
  await linked.close();
  console.log('  ledgers opened and summed; a link leads to a lead');
};

const worksByKeyboard = async (path) => {
  const { tab, close } = await open(path);
  const focused = () => tab.evaluate(() => {
    const one = document.activeElement;
    return { tag: one.tagName, id: one.id, className: one.className, text: one.textContent, label: one.getAttribute('aria-label') };
  });
  const tabTo = async (is) => {
    for (let step = 0; step < 80; step++) {
      await tab.keyboard.press('Tab');
      const one = await focused();
      if (is(one)) return one;
    }
    throw new Error('the keyboard does not lead there');
  };
  await tab.keyboard.press('Tab');
  assert.equal((await focused()).className, 'skip', 'the first stop skips to the content');
  await tab.keyboard.press('Enter');
  assert.equal((await focused()).id, 'main');
  await tabTo((one) => one.id === 'find');
  await tabTo((one) => one.tag === 'BUTTON' && one.text === 'Score');
  const outline = await tab.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
  assert.notEqual(outline, 'none', 'focus is seen');
  await tab.keyboard.press('Enter');
  assert.equal(await tab.locator('th[aria-sort="descending"]').textContent(), 'Score');
  await tab.keyboard.press('Space');
  assert.equal(await tab.locator('th[aria-sort="ascending"]').textContent(), 'Score');
  const opener = await tabTo((one) => one.className === 'opener');
  assert.match(opener.label, /^Points of ./);
  await tab.keyboard.press('Enter');
  assert.equal(await tab.locator('tr.below').count(), 1);
  await tab.keyboard.press('Enter');
  assert.equal(await tab.locator('tr.below').count(), 0);
  await close();
  console.log('  by keyboard alone: skipped, sorted, opened');
};

const copesWithMany = async (path) => {
  const started = performance.now();
  const { tab, close } = await open(path);
  await tab.locator('.opener').first().waitFor();
  const took = { load: performance.now() - started };
  // From the act to the end of the layout that follows.
  const timed = (act) => tab.evaluate(`(async () => {
    const start = performance.now();
    ${act};
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    return performance.now() - start;
  })()`);
  const heading = (name) => `[...document.querySelectorAll('#leads thead button')].find((one) => one.textContent === '${name}').click()`;
  for (const name of ['Score', 'Lead', 'Id', 'Owner']) {
    if (!(await tab.locator('#leads thead button', { hasText: name }).count())) continue;
    took[`first sort by ${name}`] = await timed(heading(name));
    took[`next sort by ${name}`] = await timed(heading(name));
  }
  const find = (text) => `document.getElementById('find').value = '${text}';
    document.getElementById('find').dispatchEvent(new Event('input'));
    await new Promise((done) => setTimeout(done, 80))`;
  took['first filter'] = await timed(find('an')) - 80;
  took['next filter'] = await timed(find('anna')) - 80;
  took.open = await timed(`document.getElementById('clear').click(); document.querySelector('.opener').click()`);
  await close();
  const size = (statSync(path).size / 1e6).toFixed(1);
  const times = Object.entries(took).map(([what, time]) => `${what} ${Math.round(time)} ms`);
  console.log(`${basename(path)}, ${size} MB: ${times.join(', ')}`);
  for (const [what, time] of Object.entries(took)) assert(time < SLOWEST, `${what} took ${time} ms`);
};

try {
  for (const path of pages) {
    const name = basename(path).replace(/\.html?$/, '');
    console.log(basename(path));
    const list = read(path);
    await looksGood(path, name, 'light');
    await looksGood(path, name, 'dark');
    await fitsAPhone(path, name);
    await prints(path, name);
    await standsWithoutScript(path, list);
    if (list) {
      await sorts(path, list);
      await filters(path, list);
      await opens(path, list);
      await worksByKeyboard(path);
    }
  }
  if (large) await copesWithMany(large);
} finally {
  await browser.close();
}
