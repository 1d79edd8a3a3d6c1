// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
'use strict';

/** Buttons that break the simulated plant. Every text reaches the document as a text node. */
(() => {
  const { h, render } = preact;
  const { useEffect, useState } = preactHooks;
  const STATE = { ONLINE: 'good', DEGRADED: 'uncertain' };

  async function ask(address) {
    const response = await fetch(address, { headers: { Accept: 'application/json' } });
    if (!response.ok) throw new Error('The worker answers ' + response.status + '.');
    return response.json();
  }

  function Page() {
    const [state, setState] = useState(null);
    const [said, setSaid] = useState('');
    const refresh = async () => {
      try {
        const [broken, known] = await Promise.all([ask('api/state'), ask('/ot/api/devices')]);
        setState({ ...broken, known: known.devices });
      } catch (problem) {
        setSaid(problem.message);
      }
    };
    useEffect(() => {
      const look = () => document.hidden || refresh();
      look();
      const timer = setInterval(look, 1000);
      return () => clearInterval(timer);
    }, []);
    const act = async (address, text) => {
      const response = await fetch('api/' + address, { method: 'POST', headers: { 'Content-Type': 'application/json' } });
      setSaid(response.ok ? text : 'The worker answers ' + response.status + '.');
      refresh();
    };
    const button = (label, address, text) => h('button', { onClick: () => act(address, text) }, label);
    const reported = (name) => state.known.filter((device) => device.device === name);
    return [
      h('header', null, h('h1', null, 'Break it'), h('nav', { 'aria-label': 'Pages' }, h('a', { href: '/ot/index.html' }, 'Console'))),
      h('main', null,
        h('p', { class: 'note' }, 'These buttons exist in the quickstart only. Look at the result in the console.'),
        h('p', { role: 'status' }, said),
        state && [
          h('h2', null, 'Modbus devices'),
          h('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'Modbus devices' }, h('table', null,
            h('thead', null, h('tr', null, ['Device', 'What connectors report', 'Cable'].map((title) => h('th', { scope: 'col' }, title)))),
            h('tbody', null, state.devices.map((device) => h('tr', { key: device.name },
              h('td', null, device.name),
              h('td', null, reported(device.name).map((one) =>
                h('a', { href: '/ot/index.html#/device?' + new URLSearchParams({ path: one.path, connector: one.connector }) },
                  h('span', { class: 'badge ' + (STATE[one.state] || 'bad') }, one.state)))),
              h('td', null, device.plugged_in
                ? button('Unplug ' + device.name, 'devices/' + device.name + '/unplug', device.name + ' is unplugged.')
                : button('Plug in ' + device.name, 'devices/' + device.name + '/plug-in', device.name + ' is plugged in.'))))))),
          h('h2', null, 'MQTT'),
          h('p', null, 'The sensor of office1 sends a message that is cut off. It becomes a dead letter.'),
          h('div', { class: 'buttons' }, button('Send a bad payload', 'payload', 'A bad payload is sent.')),
          h('h2', null, 'OPC UA'),
          h('p', null, 'Press 2 raises an alarm of severity 900.'),
          h('div', { class: 'buttons' }, state.alarm
            ? button('Clear the alarm', 'alarm/clear', 'The alarm is cleared.')
            : button('Raise an alarm', 'alarm/raise', 'The alarm is raised.')),
        ]),
    ];
  }

  document.getElementById('app').textContent = '';
  render(h(Page), document.getElementById('app'));
})();
