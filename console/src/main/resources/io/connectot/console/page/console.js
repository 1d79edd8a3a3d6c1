// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
'use strict';

(() => {
  const { h, render } = preact;
  const { useEffect, useState } = preactHooks;

  function current() {
    const [name, query] = location.hash.replace(/^#\/?/, '').split('?');
    return { name, page: Views.pages[Object.hasOwn(Views.pages, name) ? name : ''], values: Object.fromEntries(new URLSearchParams(query)) };
  }

  /** The state of connectors and devices in the head of every page. */
  function State({ connectors, devices }) {
    const problems = connectors.failed + devices.count - devices.online;
    if (problems > 0) return h('a', { class: 'badge bad', href: Views.link('') }, problems + (problems === 1 ? ' problem' : ' problems'));
    return connectors.count === 0
      ? h('span', { class: 'badge uncertain' }, 'No connectors')
      : h('span', { class: 'badge good' }, devices.count === 0 ? 'Connectors run' : 'All online');
  }

  function Console() {
    const [where, setWhere] = useState(current());
    const summary = Views.useApi('api/summary');
    useEffect(() => {
      const move = () => { setWhere(current()); window.scrollTo(0, 0); };
      window.addEventListener('hashchange', move);
      return () => window.removeEventListener('hashchange', move);
    }, []);
    useEffect(() => { document.title = where.page.title + ' – Kafka Connect OT'; }, [where]);
    const search = (event) => {
      event.preventDefault();
      location.hash = Views.link('search', { text: event.target.elements.text.value });
    };
    return [
      h('header', null,
        h('h1', null, 'Kafka Connect OT'),
        h('nav', { 'aria-label': 'Pages' }, Object.entries(Views.pages).filter(([, page]) => page.menu).map(([name, page]) =>
          h('a', { href: Views.link(name), 'aria-current': where.page === page ? 'page' : null }, page.title)),
          summary.data && summary.data.links.map((link) => h('a', { href: link.url }, link.title))),
        h('span', { role: 'status' }, summary.error
          ? h('span', { class: 'badge bad' }, 'No answer')
          : summary.data && h(State, summary.data)),
        h('form', { class: 'search', role: 'search', onSubmit: search },
          h('input', { name: 'text', type: 'search', placeholder: 'Find a tag', 'aria-label': 'Find a tag' }))),
      h('main', { key: location.hash },
        summary.data && summary.data.problem && h('p', { class: 'problem', role: 'alert' }, summary.data.problem),
        h(where.page.view, { ...where.values, summary })),
    ];
  }

  document.getElementById('app').textContent = '';
  render(h(Console), document.getElementById('app'));
})();
