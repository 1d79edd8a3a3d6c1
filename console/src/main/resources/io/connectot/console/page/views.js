// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
'use strict';

/** The pages. Every text reaches the document as a text node, never as markup. */
const Views = (() => {
  const { h } = preact;
  const { useEffect, useRef, useState } = preactHooks;

  const QUALITY = { GOOD: 'good', UNCERTAIN: 'uncertain', BAD: 'bad' };
  const STATE = { ONLINE: 'good', DEGRADED: 'uncertain', OFFLINE: 'bad', UNKNOWN: 'bad', RUNNING: 'good', FAILED: 'bad' };

  const KIND = { deadletter: 'dead letter' };

  const link = (page, values) => '#/' + page + (values ? '?' + new URLSearchParams(values) : '');
  const badge = (text, kind) => h('span', { class: 'badge ' + (kind || 'uncertain') }, text);
  const time = (millis) => new Date(millis).toLocaleString();

  /** Times within texts of the worker are in UTC; the page shows all times as the reader's. */
  const localTimes = (text) => text.replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, (utc) => time(Date.parse(utc)));

  function age(millis) {
    const seconds = Math.max(0, Math.round((Date.now() - millis) / 1000));
    if (seconds < 120) return seconds + ' s';
    if (seconds < 7200) return Math.round(seconds / 60) + ' min';
    if (seconds < 172800) return Math.round(seconds / 3600) + ' h';
    return Math.round(seconds / 86400) + ' d';
  }

  /** Resolves when the page can be seen, so that a page in a hidden tab costs the worker nothing. */
  const seen = () => (document.hidden
    ? new Promise((resolve) => document.addEventListener('visibilitychange', resolve, { once: true })).then(seen)
    : Promise.resolve());

  /** Answers with the newest content of an address, asked every two seconds while the page can be seen. */
  function useApi(address) {
    const [answer, setAnswer] = useState({});
    useEffect(() => {
      let ended = false;
      let timer;
      setAnswer({});
      const ask = async () => {
        let next;
        await seen();
        if (ended) return;
        try {
          const response = await fetch(address, { headers: { Accept: 'application/json' } });
          next = response.ok ? { data: await response.json() } : { error: response.status === 404 ? 'Not found.' : 'The worker answers ' + response.status + '.' };
        } catch (problem) {
          next = { error: 'The worker does not answer.' };
        }
        if (!ended) {
          setAnswer((before) => (next.data || !before.data ? next : { ...before, error: next.error }));
          timer = setTimeout(ask, 2000);
        }
      };
      ask();
      return () => { ended = true; clearTimeout(timer); };
    }, [address]);
    return answer;
  }

  function Waiting({ answer, children }) {
    return [
      answer.error && h('p', { class: 'problem', role: 'alert' }, answer.error),
      answer.data ? children(answer.data) : !answer.error && h('p', { class: 'note' }, 'Loading …'),
    ];
  }

  function Table({ caption, head, rows, empty }) {
    if (rows.length === 0) return h('p', { class: 'note' }, empty);
    // Narrow screens show each row as a block, so its cells carry their titles, and roles say that it is a table still.
    for (const row of rows) {
      row.props.role = 'row';
      [row.props.children].flat(2).filter((cell) => cell && cell.type === 'td').forEach((cell, index) => {
        cell.props.role = 'cell';
        cell.props['data-title'] = head[index];
      });
    }
    return h('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': caption },
      h('table', { role: 'table' },
        h('thead', { role: 'rowgroup' }, h('tr', { role: 'row' }, head.map((title) => h('th', { scope: 'col', role: 'columnheader' }, title)))),
        h('tbody', { role: 'rowgroup' }, rows)));
  }

  /** Tags as a table, named by what their paths have behind a folder's. */
  function Tags({ tags, omitted, path }) {
    const name = (tag) => (path ? tag.path.slice(path.length + 1) : tag.path);
    return [
      h(Table, {
        caption: 'Tags', head: ['Tag', 'Value', 'Unit', 'Quality', 'Age'], empty: 'No tag here.',
        rows: tags.map((tag) => h('tr', { key: tag.path },
          h('td', { class: 'path' }, h('a', { href: link('tag', { path: tag.path }) }, name(tag))),
          h('td', { class: 'value', title: tag.value }, tag.value === null ? '–' : tag.value),
          h('td', null, tag.unit),
          h('td', null, badge(tag.quality, QUALITY[tag.quality]), tag.status && ' ' + tag.status),
          h('td', { class: 'time' }, age(tag.time)))),
      }),
      omitted > 0 && h('p', { class: 'note' }, omitted + ' more tags: search for a part of the path.'),
    ];
  }

  function Devices({ devices }) {
    return h(Table, {
      caption: 'Devices', head: ['Device', 'State', 'For', 'Cause', 'Endpoint', 'Connector'],
      empty: 'No device has reported its state. Devices appear here when the connector has a status.topic.',
      rows: devices.map((device) => h('tr', { key: device.connector + device.path },
        h('td', { class: 'path' }, h('a', { href: link('device', { path: device.path, connector: device.connector }) }, device.path)),
        h('td', null, badge(device.state, STATE[device.state])),
        h('td', { class: 'time' }, age(device.since)),
        h('td', { class: 'cause' }, device.cause),
        h('td', { class: 'path' }, device.endpoint),
        h('td', null, h('a', { href: link('connector', { name: device.connector }) }, device.connector)))),
    });
  }

  function Crumbs({ path }) {
    const parts = path === '' ? [] : path.split('/');
    return h('p', { class: 'crumbs' },
      h('a', { href: link('tree') }, 'All'),
      parts.map((part, index) => [' / ', h('a', { href: link('tree', { path: parts.slice(0, index + 1).join('/') }) }, part)]));
  }

  function Overview({ summary }) {
    return h(Waiting, { answer: summary }, ({ connectors, devices, tags, tags_left_out: leftOut }) => {
      const failed = connectors.failed_names;
      return [
        h('h2', null, 'Plant'),
        h('div', { class: 'cards' },
          h('div', { class: 'card' }, h('b', null, connectors.count), connectors.count === 1 ? 'connector' : 'connectors'),
          h('div', { class: 'card' }, h('b', null, connectors.failed), 'failed'),
          h('div', { class: 'card' }, h('b', null, devices.online + ' / ' + devices.count), 'devices online'),
          h('div', { class: 'card' }, h('b', null, tags), tags === 1 ? 'tag' : 'tags')),
        connectors.count === 0 && h('p', { class: 'note' }, 'There is no connector of this pack yet. ',
          h('a', { href: link('discover') }, 'Discover'), ' shows what a device offers and makes a connector of it.'),
        leftOut > 0 && h('p', { class: 'problem' }, 'There are more tags than the console keeps; the rest is left out.'),
        failed.map((name) => h('p', { class: 'problem', role: 'alert' },
          'Connector ', h('a', { href: link('connector', { name }) }, name), ' has failed.')),
        connectors.failed > failed.length && h('p', { class: 'problem' }, (connectors.failed - failed.length) + ' more connectors have failed.'),
        devices.problems.length > 0 && [h('h3', null, 'Needs a look'), h(Devices, { devices: devices.problems })],
        devices.omitted > 0 && h('p', { class: 'note' }, h('a', { href: link('devices') }, devices.omitted + ' more devices'), ' are not online.'),
        h('h3', null, 'Tags'),
        h(Tree, { path: '' }),
      ];
    });
  }

  function Tree({ path }) {
    const answer = useApi('api/tree?' + new URLSearchParams({ path }));
    return [
      path !== '' && h(Crumbs, { path }),
      h(Waiting, { answer }, (level) => [
        level.folders.length > 0 && h(Table, {
          caption: 'Folders', head: ['Folder', 'Good', 'Uncertain', 'Bad'], empty: '',
          rows: level.folders.map((folder) => h('tr', { key: folder.path },
            h('td', { class: 'path' }, h('a', { href: link('tree', { path: folder.path }) }, folder.name + '/')),
            h('td', null, folder.good), h('td', null, folder.uncertain),
            h('td', null, folder.bad > 0 ? badge(folder.bad, 'bad') : 0))),
        }),
        (level.tags.length > 0 || level.folders.length === 0) && h(Tags, level),
      ]),
    ];
  }

  function History({ tag }) {
    const element = useRef(null);
    const chart = useRef(null);
    useEffect(() => {
      chart.current = Chart.create(element.current, tag.path);
      return () => chart.current.close();
    }, [tag.path]);
    useEffect(() => chart.current.update(tag.points, tag.gaps), [tag]);
    return h('div', { class: 'chart', ref: element, role: 'img', 'aria-label': 'Values of ' + tag.path + ' over time; gaps are hatched' });
  }

  function TagPage({ path }) {
    const answer = useApi('api/tag?' + new URLSearchParams({ path }));
    return h(Waiting, { answer }, (tag) => [
      h('h2', null, tag.path),
      h(Crumbs, { path: path.split('/').slice(0, -1).join('/') }),
      h('dl', null,
        h('dt', null, 'Value'), h('dd', null, h('strong', null, tag.value === null ? '–' : tag.value), ' ', tag.unit),
        h('dt', null, 'Quality'), h('dd', null, badge(tag.quality, QUALITY[tag.quality]), ' ', tag.status),
        h('dt', null, 'Time'), h('dd', null, time(tag.time), ' (', age(tag.time), ' ago)'),
        h('dt', null, 'Type'), h('dd', null, tag.type),
        h('dt', null, 'Connector'), h('dd', null, h('a', { href: link('connector', { name: tag.connector }) }, tag.connector)),
        Object.entries(tag.configured).map(([key, line]) => [h('dt', null, key), h('dd', null, h('code', null, line))])),
      tag.points.some((point) => point[1] !== null) ? h(History, { tag }) : h('p', { class: 'note' }, 'There is no chart: the values are not numbers.'),
      tag.gaps.length > 0 && h('p', { class: 'note' }, 'Hatched: times without values.'),
      h('h3', null, 'Last record'),
      h('pre', { tabindex: 0 }, JSON.stringify(tag.record, null, 2)),
    ]);
  }

  function Search({ text }) {
    const answer = useApi('api/search?' + new URLSearchParams({ text }));
    return [h('h2', null, 'Tags with “' + text + '”'), h(Waiting, { answer }, (found) => h(Tags, found))];
  }

  function DevicesPage() {
    const [text, setText] = useState('');
    const answer = useApi('api/devices?' + new URLSearchParams({ text }));
    return [
      h('h2', null, 'Devices'),
      h('p', null, h('input', { class: 'filter', type: 'search', placeholder: 'Path, endpoint or connector', 'aria-label': 'Show devices with', onInput: (event) => setText(event.target.value) })),
      h(Waiting, { answer }, ({ count, devices, omitted }) => [
        count > 0 && devices.length === 0
          ? h('p', { class: 'note' }, 'None of ' + count + ' devices has “' + text + '” in its path, endpoint or connector.')
          : h(Devices, { devices }),
        omitted > 0 && h('p', { class: 'note' }, omitted + ' more devices: enter a part of the path above.'),
      ]),
    ];
  }

  function DevicePage({ path, connector }) {
    const answer = useApi('api/device?' + new URLSearchParams({ path, connector }));
    if (answer.error === 'Not found.') return h('p', { class: 'note' }, 'This device has not reported its state.');
    return h(Waiting, { answer }, (device) => {
      const [cause, ...remedy] = (device.cause || '').split('; ');
      return [
        h('h2', null, device.path),
        h('dl', null,
          h('dt', null, 'State'), h('dd', null, badge(device.state, STATE[device.state])),
          h('dt', null, 'Since'), h('dd', null, time(device.since)),
          cause && [h('dt', null, 'Cause'), h('dd', null, cause)],
          remedy.length > 0 && [h('dt', null, 'Remedy'), h('dd', null, remedy.join('; '))],
          h('dt', null, 'Endpoint'), h('dd', null, device.endpoint),
          h('dt', null, 'Protocol'), h('dd', null, device.protocol),
          h('dt', null, 'Connector'), h('dd', null, h('a', { href: link('connector', { name: device.connector }) }, device.connector)),
          h('dt', null, 'State is valid until'), h('dd', null, time(device.valid_until)),
          h('dt', null, 'Outages seen here'), h('dd', null, device.outages + ', reconnected ' + device.reconnects + ' times'),
          h('dt', null, 'Gaps seen here'), h('dd', null, device.gaps + (device.last_gap ? ', the last until ' + time(device.last_gap) : ''))),
        h('h3', null, 'Tags without a good value'),
        h(Table, {
          caption: 'Tags without a good value', head: ['Tag', 'Quality', 'Status', 'Age'], empty: 'None of ' + device.tags + '.',
          rows: device.bad_tags.map((tag) => h('tr', { key: tag.path },
            h('td', { class: 'path' }, h('a', { href: link('tag', { path: tag.path }) }, tag.tag || tag.path)),
            h('td', null, badge(tag.quality, QUALITY[tag.quality])),
            h('td', { class: 'cause' }, tag.status),
            h('td', { class: 'time' }, age(tag.time)))),
        }),
        device.bad_tags_omitted > 0 && h('p', { class: 'note' }, device.bad_tags_omitted + ' more.'),
        h('h3', null, 'Tasks of the connector on this worker'),
        h(Table, {
          caption: 'Tasks of the connector', empty: 'They run on another worker.',
          head: ['Task', 'Mean scan, ms', 'Longest scan, ms', 'Scans', 'Missed', 'Reconnects', 'Gaps', 'BAD values'],
          rows: device.tasks.map((task) => h('tr', { key: task.id }, h('td', null, task.id),
            ['scan-time-avg-ms', 'scan-time-max-ms', 'scan-total', 'scan-missed-total', 'reconnect-total', 'gap-total', 'value-bad-total'].map((name) =>
              h('td', null, task[name] === undefined ? '–' : Math.round(task[name] * 10) / 10)))),
        }),
        h('h3', null, 'Tags'), h(Tree, { path: device.path }),
        h('h3', null, 'Lately'), h(Notices, { path: device.path }),
      ];
    });
  }

  function Notices({ path }) {
    const answer = useApi('api/timeline');
    return h(Waiting, { answer }, (notices) => h(Table, {
      caption: 'Events', head: ['Time', 'Kind', 'Path', 'What'], empty: 'No state has changed, and there was no gap, alarm or dead letter in the last ten minutes.',
      rows: notices.filter((notice) => !path || notice.path === path || notice.path.startsWith(path + '/')).map((notice) => h('tr', null,
        h('td', { class: 'time' }, time(notice.time)),
        h('td', null, badge(KIND[notice.kind] || notice.kind, notice.bad ? 'bad' : 'good')),
        h('td', { class: 'path' }, notice.path),
        h('td', { class: 'cause' }, localTimes(notice.text)))),
    }));
  }

  function Connectors() {
    const answer = useApi('api/connectors');
    return [h('h2', null, 'Connectors'), h(Waiting, { answer }, (connectors) => h(Table, {
      caption: 'Connectors', head: ['Name', 'State', 'Tasks', 'Type', 'Class'], empty: 'This cluster has no connector of this pack yet. Discover makes one.',
      rows: connectors.map((connector) => h('tr', { key: connector.name },
        h('td', null, h('a', { href: link('connector', { name: connector.name }) }, connector.name)),
        h('td', null, badge(connector.failed ? 'FAILED' : connector.state, STATE[connector.failed ? 'FAILED' : connector.state])),
        h('td', null, connector.tasks.filter((task) => task.state === 'RUNNING').length + ' of ' + connector.tasks.length + ' running'),
        h('td', null, connector.type), h('td', { class: 'path' }, connector.class))),
    }))];
  }

  function ConnectorPage({ name, summary }) {
    const answer = useApi('api/connectors/' + encodeURIComponent(name));
    const [result, setResult] = useState('');
    const change = async (method, action, word) => {
      const response = await fetch('/connectors/' + encodeURIComponent(name) + '/' + action, { method });
      setResult(response.ok ? word : 'The worker answers ' + response.status + '.');
    };
    return h(Waiting, { answer }, (connector) => [
      h('h2', null, connector.name),
      h('p', null, badge(connector.state, STATE[connector.state]), ' ', connector.class),
      summary.data && summary.data.allow_changes && h('div', { class: 'buttons' },
        h('button', { onClick: () => change('PUT', 'pause', 'Paused.') }, 'Pause'),
        h('button', { onClick: () => change('PUT', 'resume', 'Resumed.') }, 'Resume'),
        h('button', { onClick: () => change('PUT', 'stop', 'Stopped.') }, 'Stop'),
        h('button', { onClick: () => change('POST', 'restart?includeTasks=true', 'Restarted.') }, 'Restart')),
      h('p', { role: 'status' }, result),
      h(Table, {
        caption: 'Tasks', head: ['Task', 'State', 'Worker'], empty: 'It has no tasks.',
        rows: connector.tasks.map((task) => h('tr', { key: task.id }, h('td', null, task.id),
          h('td', null, badge(task.state, STATE[task.state])), h('td', null, task.worker))),
      }),
      connector.tasks.filter((task) => task.trace).map((task) => h('pre', { tabindex: 0 }, task.trace)),
      h('h3', null, 'Configuration'),
      h('pre', { tabindex: 0 }, JSON.stringify(connector.config, null, 2)),
      connector.type === 'source' && connector.config.topic && h(Consume, { topic: connector.config.topic, servers: connector.bootstrap_servers }),
    ]);
  }

  function Consume({ topic, servers }) {
    // A topic with placeholders becomes several topics, which the consumer takes as a pattern.
    const pattern = topic.split(/\$\{[^}]*\}/).map((text) => text.replace(/[.+*?^$()[\]{}|\\]/g, '\\$&')).join('.*');
    const topics = topic.includes('${') ? "--include '" + pattern + "'" : '--topic ' + topic;
    return [h('h3', null, 'Consume this'),
      h('pre', { tabindex: 0 }, 'kafka-console-consumer.sh --bootstrap-server ' + servers + ' ' + topics
        + ' --formatter-property print.key=true --formatter-property print.headers=true')];
  }

  function MqttTester() {
    const [config, setConfig] = useState('{\n  "connector.class": "io.connectot.mqtt.MqttSourceConnector",\n  "name": "test",\n  "topic": "plant.mqtt",\n  "mqtt.brokers": "tcp://broker:1883",\n  "subscriptions.all": "plant/+ format=object"\n}');
    const [topic, setTopic] = useState('plant/press1');
    const [payload, setPayload] = useState('{"temp": 21.5}');
    const [result, setResult] = useState(null);
    const run = async (event) => {
      event.preventDefault();
      try {
        const whole = { ...JSON.parse(config), 'mqtt.test.topic': topic, 'mqtt.test.payload': payload };
        const response = await fetch('/connector-plugins/' + encodeURIComponent(whole['connector.class']) + '/config/validate',
          { method: 'PUT', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(whole) });
        const answer = await response.json();
        if (!response.ok) throw new Error(answer.message);
        const values = answer.configs.map((one) => one.value);
        const errors = values.filter((value) => value.errors.length > 0).flatMap((value) => value.errors);
        const records = values.find((value) => value.name === 'mqtt.test.records');
        setResult({ errors, records: records && records.value ? JSON.parse(records.value) : [] });
      } catch (problem) {
        setResult({ errors: [String(problem.message || problem)], records: [] });
      }
    };
    return [
      h('h2', null, 'Try an MQTT message'),
      h('form', { onSubmit: run },
        h('label', { for: 'config' }, 'Configuration'),
        h('textarea', { id: 'config', value: config, onInput: (event) => setConfig(event.target.value) }),
        h('label', { for: 'topic' }, 'MQTT topic'),
        h('input', { id: 'topic', value: topic, onInput: (event) => setTopic(event.target.value) }),
        h('label', { for: 'payload' }, 'Payload'),
        h('textarea', { id: 'payload', value: payload, onInput: (event) => setPayload(event.target.value) }),
        h('div', { class: 'buttons' }, h('button', { type: 'submit' }, 'Show the records'))),
      h('div', { role: 'status' }, result && [
        result.errors.map((error) => h('p', { class: 'problem' }, error)),
        h('h3', null, result.records.length + (result.records.length === 1 ? ' record' : ' records')),
        h('pre', { tabindex: 0 }, JSON.stringify(result.records, null, 2)),
      ]),
    ];
  }

  return {
    link, useApi, Table, Waiting, badge, QUALITY,
    pages: {
      '': { title: 'Plant', view: Overview, menu: true },
      devices: { title: 'Devices', view: DevicesPage, menu: true },
      timeline: { title: 'Timeline', view: () => [h('h2', null, 'Timeline'), h(Notices, {})], menu: true },
      connectors: { title: 'Connectors', view: Connectors, menu: true },
      mqtt: { title: 'MQTT tester', view: MqttTester, menu: true },
      tree: { title: 'Tags', view: ({ path }) => [h('h2', null, path || 'Tags'), h(Tree, { path: path || '' })] },
      tag: { title: 'Tag', view: TagPage },
      device: { title: 'Device', view: DevicePage },
      connector: { title: 'Connector', view: ConnectorPage },
      search: { title: 'Search', view: Search },
    },
  };
})();
