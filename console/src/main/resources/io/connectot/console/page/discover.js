// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
'use strict';

/** Looks at devices and makes connectors of what is chosen. Every text reaches the document as a text node. */
(() => {
  const { h } = preact;
  const { useEffect, useRef, useState } = preactHooks;
  const { Table, Waiting, badge, QUALITY, link } = Views;

  /** The keys of lines such as {@code opcua.auth.username=reader}. */
  function keysOf(text) {
    const keys = {};
    for (const line of text.split('\n')) {
      const at = line.indexOf('=');
      if (at > 0 && !line.trim().startsWith('#')) keys[line.slice(0, at).trim()] = line.slice(at + 1).trim();
    }
    return keys;
  }

  const textOf = (keys) => Object.entries(keys).map(([key, value]) => key + '=' + value).join('\n');

  async function answerOf(response) {
    const answer = await response.json().catch(() => ({}));
    if (!response.ok) throw new Error(answer.message || 'The worker answers ' + response.status + '.');
    return answer;
  }

  const send = (address, method, body) => fetch(address, { method, headers: { 'Content-Type': 'application/json', Accept: 'application/json' }, body: JSON.stringify(body) });

  /** Starts discoveries, one after the other, and follows them. */
  function useDiscovery() {
    const [state, setState] = useState(null);
    const current = useRef(null);
    const stop = () => {
      const run = current.current;
      current.current = null;
      if (run && run.id) fetch('api/discovery/' + run.id, { method: 'DELETE' });
      setState((before) => before && { ...before, running: false });
    };
    useEffect(() => stop, []);
    const start = async (request) => {
      stop();
      const run = {};
      current.current = run;
      const show = (next) => current.current === run && setState(next);
      show({ running: true, findings: [] });
      try {
        let answer = await answerOf(await send('api/discovery', 'POST', request));
        run.id = answer.id;
        let findings = answer.findings;
        show({ ...answer, findings });
        while (answer.running && current.current === run) {
          await new Promise((resolve) => setTimeout(resolve, 400));
          answer = await answerOf(await fetch('api/discovery/' + run.id + '?from=' + findings.length));
          findings = findings.concat(answer.findings);
          show({ ...answer, findings });
        }
      } catch (problem) {
        show({ running: false, findings: [], problem: String(problem.message || problem) });
      }
    };
    return { state, start, stop };
  }

  function Field({ id, title, wide, children }) {
    return h('div', { class: wide ? 'wide' : null }, h('label', { for: id }, title), children);
  }

  function Choice({ id, value, options, onChange }) {
    return h('select', { id, value, onChange: (event) => onChange(event.target.value) },
      options.map(([name, title]) => h('option', { value: name, selected: name === value }, title)));
  }

  function DiscoverPage({ summary }) {
    return [h('h2', null, 'Discover'), h(Waiting, { answer: summary }, (known) => (known.allow_discovery
      ? [h('p', { class: 'note' }, 'Enter the address of a device, look at what it offers, and choose tags for a connector. Looking changes nothing on the device.'),
        h(Catalog, { allowChanges: known.allow_changes })]
      : h('p', { class: 'note' }, 'This worker does not connect to devices for this page. Set ot.console.allow.discovery=true in its properties and restart it.')))];
  }

  function Catalog({ allowChanges }) {
    const [answer, setAnswer] = useState({});
    useEffect(() => {
      fetch('api/discovery').then(answerOf).then((data) => setAnswer({ data }), (problem) => setAnswer({ error: problem.message }));
    }, []);
    return h(Waiting, { answer }, (catalog) => h(Discover, { protocols: catalog.protocols, allowChanges }));
  }

  function Discover({ protocols, allowChanges }) {
    const [connector, setConnector] = useState(protocols[0].connector);
    const protocol = protocols.find((one) => one.connector === connector);
    const [methodName, setMethod] = useState('');
    const method = protocol.methods.find((one) => one.name === methodName) || protocol.methods[0];
    const [address, setAddress] = useState('');
    const [parameters, setParameters] = useState({});
    const [keys, setKeys] = useState('');
    const [trail, setTrail] = useState([]);
    const [chosen, setChosen] = useState([]);
    const { state, start, stop } = useDiscovery();
    const at = useRef('');

    const look = (parents, name = method.name, where = address, config = keys) => {
      // What was chosen belongs to another device.
      if (at.current !== connector + ' ' + where) setChosen([]);
      at.current = connector + ' ' + where;
      setTrail(parents);
      start({
        connector, method: name, address: where, config: keysOf(config),
        parent: parents.length === 0 ? '' : parents[parents.length - 1].id,
        parameters: Object.fromEntries(method.parameters.map((one) => [one.name, parameters[one.name] ?? one.default])),
      });
    };
    const use = (endpoint) => {
      const merged = textOf({ ...keysOf(keys), ...endpoint.config });
      setAddress(endpoint.address);
      setKeys(merged);
      setMethod(protocol.methods[0].name);
      setTrail([]);
      setChosen([]);
      stop();
    };
    const findings = state ? state.findings : [];
    return [
      h('form', { onSubmit: (event) => { event.preventDefault(); look([]); } },
        h('div', { class: 'fields' },
          h(Field, { id: 'protocol', title: 'Protocol' }, h(Choice, {
            id: 'protocol', value: connector, options: protocols.map((one) => [one.connector, one.title]),
            onChange: (value) => { setConnector(value); setMethod(''); setChosen([]); setTrail([]); stop(); },
          })),
          h(Field, { id: 'method', title: 'Look at' }, h(Choice, {
            id: 'method', value: method.name, options: protocol.methods.map((one) => [one.name, one.title]), onChange: setMethod,
          })),
          h(Field, { id: 'address', title: 'Address', wide: true },
            h('input', { id: 'address', value: address, required: true, placeholder: protocol.address_example, autocomplete: 'off', onInput: (event) => setAddress(event.target.value) }))),
        method.parameters.length > 0 && h('div', { class: 'fields' }, method.parameters.map((one) => {
          const id = 'parameter-' + one.name;
          const value = parameters[one.name] ?? one.default;
          const change = (text) => setParameters({ ...parameters, [one.name]: text });
          return h(Field, { id, title: one.title, key: connector + method.name + one.name }, one.choices.length > 0
            ? h(Choice, { id, value, options: one.choices.map((choice) => [choice, choice]), onChange: change })
            : h('input', { id, value, onInput: (event) => change(event.target.value) }));
        })),
        h('details', { open: keys !== '' }, h('summary', null, 'User, TLS and other keys of the connector'),
          h('label', { for: 'keys' }, 'One key=value on each line; secrets may be references to config providers of the worker'),
          h('textarea', { id: 'keys', value: keys, spellcheck: false, autocomplete: 'off', onInput: (event) => setKeys(event.target.value) })),
        h('div', { class: 'buttons' },
          h('button', { type: 'submit', class: 'main' }, 'Look'),
          state && state.running && h('button', { type: 'button', onClick: stop }, 'Stop'))),
      h('p', { role: 'status', class: 'note' }, state && (state.running
        ? 'Looking … ' + (state.progress || '')
        : findings.length + ' found. ' + (state.progress || ''))),
      state && state.problem && h('p', { class: 'problem', role: 'alert' }, state.problem),
      state && state.limited && h('p', { class: 'problem' }, 'There is more than the worker keeps; the rest is left out.'),
      trail.length > 0 && h('p', { class: 'crumbs' },
        h('button', { type: 'button', class: 'link', onClick: () => look([]) }, 'All'),
        trail.map((node, index) => [' / ', h('button', { type: 'button', class: 'link', onClick: () => look(trail.slice(0, index + 1)) }, node.name)])),
      h(Endpoints, { endpoints: findings.filter((one) => one.kind === 'endpoint'), use }),
      h(Nodes, { nodes: findings.filter((one) => one.kind === 'node'), open: (node) => look([...trail, node]) }),
      h(Candidates, { candidates: findings.filter((one) => one.kind === 'candidate'), chosen, setChosen }),
      h(Included, { values: findings.filter((one) => one.kind === 'included') }),
      chosen.length > 0 && h(Connector, { protocol, address, keys: keysOf(keys), chosen, setChosen, allowChanges }),
    ];
  }

  function Endpoints({ endpoints, use }) {
    if (endpoints.length === 0) return null;
    return h(Table, {
      caption: 'Endpoints', head: ['Found', 'Use'], empty: '',
      rows: endpoints.map((one) => h('tr', null,
        h('td', { class: 'path' }, one.title),
        h('td', null, h('button', { type: 'button', onClick: () => use(one), 'aria-label': 'Use ' + one.title }, 'Use')))),
    });
  }

  function Nodes({ nodes, open }) {
    if (nodes.length === 0) return null;
    return h(Table, {
      caption: 'Folders', head: ['Folder'], empty: '',
      rows: nodes.map((node) => h('tr', { key: node.id },
        h('td', { class: 'path' }, h('button', { type: 'button', class: 'link', onClick: () => open(node) }, node.name + '/')))),
    });
  }

  /** Values that the connector reads without lines of their own. */
  function Included({ values }) {
    if (values.length === 0) return null;
    return [
      h('h3', null, 'Comes with it'),
      h(Table, {
        caption: 'Values that come with it', head: ['Name', 'Type', 'Value', 'Unit', 'Quality'], empty: '',
        rows: values.map((one) => h('tr', { key: one.name },
          h('td', { class: 'path' }, one.name),
          h('td', null, one.reading.type),
          h('td', { class: 'value', title: one.reading.value }, one.reading.value === '' ? '–' : one.reading.value),
          h('td', null, one.unit),
          h('td', null, badge(one.reading.quality, QUALITY[one.reading.quality]), one.reading.status && ' ' + one.reading.status))),
      }),
    ];
  }

  /** What can become lines, each with the value that it has now. */
  function Candidates({ candidates, chosen, setChosen }) {
    const [all, setAll] = useState('');
    const [own, setOwn] = useState({});
    if (candidates.length === 0) return null;
    const labels = [...new Set(candidates.flatMap((one) => (one.readings.length > 1 ? one.readings.map((reading) => reading.label) : [])))];
    const id = (one) => one.prefix + one.name + ' ' + one.readings[0].address;
    const readingOf = (one) => one.readings.find((reading) => reading.label === own[id(one)]) || one.readings.find((reading) => reading.label === all) || one.readings[0];
    const isChosen = (one) => chosen.some((line) => line.id === id(one));
    const line = (one, reading) => ({ id: id(one), prefix: one.prefix, name: one.name, reading });
    const unique = (lines) => {
      const names = new Set();
      return lines.map((one) => {
        let name = one.name;
        for (let i = 2; names.has(name); i++) name = one.name + '_' + i;
        names.add(name);
        return { ...one, name };
      });
    };
    const choose = (ones, wanted) => {
      const ids = new Set(ones.map(id));
      const rest = chosen.filter((old) => !ids.has(old.id));
      setChosen(wanted ? unique([...rest, ...ones.map((one) => line(one, readingOf(one)))]) : rest);
    };
    const change = (one, label) => {
      setOwn({ ...own, [id(one)]: label });
      setChosen(chosen.map((old) => (old.id === id(one) ? { ...old, reading: one.readings.find((reading) => reading.label === label) } : old)));
    };
    const showAs = (label) => {
      setAll(label);
      setOwn({});
      setChosen(chosen.map((old) => {
        const one = candidates.find((candidate) => id(candidate) === old.id);
        return one ? { ...old, reading: one.readings.find((reading) => reading.label === label) || old.reading } : old;
      }));
    };
    const good = candidates.filter((one) => readingOf(one).quality !== 'BAD');
    const several = labels.length > 0;
    return [
      several && h('div', { class: 'fields' }, h(Field, { id: 'show-as', title: 'Show all as' },
        h(Choice, { id: 'show-as', value: all || labels[0], options: labels.map((label) => [label, label]), onChange: showAs }))),
      h('div', { class: 'buttons' },
        h('button', { type: 'button', onClick: () => choose(good, true) }, 'Choose all ' + good.length),
        h('button', { type: 'button', onClick: () => choose(candidates, false) }, 'Choose none')),
      h(Table, {
        caption: 'Tags found', head: ['Choose', 'Name', several ? 'Read as' : 'Type', 'Value', 'Unit', 'Quality'], empty: '',
        rows: candidates.map((one) => {
          const reading = readingOf(one);
          return h('tr', { key: id(one) },
            h('td', null, h('input', { type: 'checkbox', checked: isChosen(one), 'aria-label': 'Choose ' + one.name, onChange: (event) => choose([one], event.target.checked) })),
            h('td', { class: 'path', title: reading.line }, one.name),
            h('td', null, one.readings.length > 1
              ? h('select', { 'aria-label': 'How to read ' + one.name, value: reading.label, onChange: (event) => change(one, event.target.value) },
                one.readings.map((other) => h('option', { value: other.label, selected: other === reading }, other.label + (other.value === '' ? '' : ' = ' + other.value.slice(0, 40)))))
              : reading.label || reading.type),
            h('td', { class: 'value', title: reading.value }, reading.value === '' ? '–' : reading.value),
            h('td', null, one.unit),
            h('td', null, badge(reading.quality, QUALITY[reading.quality]), reading.status && ' ' + reading.status));
        }),
      }),
    ];
  }

  const csvCell = (text) => (/[",;\t\n\r]|^\s|\s$/.test(text) ? '"' + text.replace(/"/g, '""') + '"' : text);

  /** The chosen tags as a table for {@code tags.file}. */
  function csvOf(chosen) {
    const tags = chosen.filter((one) => one.prefix === 'tags.');
    const options = [...new Set(tags.flatMap((one) => Object.keys(one.reading.options)))];
    const rows = [['name', 'address', 'type', ...options], ...tags.map((one) =>
      [one.name, one.reading.address, one.reading.type, ...options.map((option) => one.reading.options[option] || '')])];
    return tags.length === 0 ? '' : rows.map((row) => row.map(csvCell).join(',')).join('\n') + '\n';
  }

  const shellQuoted = (text) => "'" + text.replace(/'/g, "'\\''") + "'";

  function Connector({ protocol, address, keys, chosen, setChosen, allowChanges }) {
    const [form, setForm] = useState({ name: 'my-connector', device: 'device1', topic: 'plant.values', status: 'plant.status', path: '' });
    const [result, setResult] = useState({ errors: {} });
    const set = (name) => (event) => setForm({ ...form, [name]: event.target.value });
    const isDevice = protocol.address_key.endsWith('.');
    const keyOf = (one) => (one.prefix.endsWith('.') ? one.prefix + one.name : one.prefix);
    const lines = {};
    // A key without a dot at its end takes a list.
    for (const one of chosen) lines[keyOf(one)] = keyOf(one) in lines && keyOf(one) === one.prefix ? lines[keyOf(one)] + ',' + one.reading.line : one.reading.line;
    const config = {
      name: form.name, 'connector.class': protocol.connector, 'tasks.max': '1', topic: form.topic,
      ...(form.status && { 'status.topic': form.status }), ...(form.path && { 'uns.path': form.path }), ...keys,
      [isDevice ? protocol.address_key + form.device : protocol.address_key]: address, ...lines,
    };
    const json = JSON.stringify({ name: form.name, config }, null, 2);
    const check = async () => {
      const answer = await answerOf(await send('/connector-plugins/' + encodeURIComponent(protocol.connector) + '/config/validate', 'PUT', config));
      const errors = {};
      answer.configs.filter((one) => one.value.errors.length > 0).forEach((one) => { errors[one.value.name] = one.value.errors; });
      return errors;
    };
    const run = (action) => async () => {
      setResult({ errors: {}, text: 'Checking …' });
      try {
        const errors = await check();
        if (Object.keys(errors).length > 0) {
          setResult({ errors, problem: 'Connect refuses this configuration.' });
        } else if (action === 'check') {
          setResult({ errors, text: 'Connect accepts this configuration.' });
        } else {
          await answerOf(await send('/connectors', 'POST', { name: form.name, config }));
          setResult({ errors, created: form.name, path: [form.path, isDevice && form.device].filter(Boolean).join('/') });
        }
      } catch (problem) {
        setResult({ errors: {}, problem: String(problem.message || problem) });
      }
    };
    const rename = (line) => (event) => setChosen(chosen.map((one) => (one.id === line.id ? { ...one, name: event.target.value } : one)));
    const errorsAt = (key) => (result.errors[key] || []).map((error) => h('p', { class: 'problem' }, error));
    const others = Object.keys(result.errors).filter((key) => !(key in lines));
    const csv = csvOf(chosen);
    const field = (name, title) => h(Field, { id: 'connector-' + name, title }, h('input', { id: 'connector-' + name, value: form[name], autocomplete: 'off', onInput: set(name) }));
    return [
      h('h3', null, 'Connector with ' + chosen.length + (chosen.length === 1 ? ' line' : ' lines')),
      h('div', { class: 'fields' }, field('name', 'Name of the connector'), isDevice && field('device', 'Name of the device'),
        field('topic', 'Topic of values'), field('status', 'Topic of states (optional)'), field('path', 'Path in the plant (optional)')),
      h(Table, {
        caption: 'Chosen', head: ['Name', 'Line', 'Remove'], empty: '',
        rows: chosen.map((one) => h('tr', { key: one.id },
          h('td', null, h('input', { value: one.name, 'aria-label': 'Name of ' + one.reading.address, disabled: !one.prefix.endsWith('.'), onInput: rename(one) }), errorsAt(keyOf(one))),
          h('td', { class: 'path' }, one.reading.line),
          h('td', null, h('button', { type: 'button', onClick: () => setChosen(chosen.filter((other) => other.id !== one.id)), 'aria-label': 'Remove ' + one.name }, 'Remove')))),
      }),
      h('div', { class: 'buttons' },
        h('button', { type: 'button', onClick: run('check') }, 'Check'),
        allowChanges && h('button', { type: 'button', class: 'main', onClick: run('create') }, 'Create the connector')),
      h('div', { role: 'status' },
        result.text && h('p', null, result.text),
        result.problem && h('p', { class: 'problem' }, result.problem),
        others.map((key) => h('p', { class: 'problem' }, key + ': ' + result.errors[key].join(' '))),
        others.length > 0 && h('p', { class: 'note' }, 'Keys that have no field here go above, under “User, TLS and other keys of the connector”.'),
        result.created && h('p', null, badge('Created', 'good'), ' ', h('a', { href: link('connector', { name: result.created }) }, result.created))),
      result.created && h(Views.pages.tree.view, { path: result.path }),
      !allowChanges && h('p', { class: 'note' }, 'This page creates connectors only with ot.console.allow.changes=true in the properties of the worker. Run the command below instead.'),
      h('details', { open: !allowChanges }, h('summary', null, 'As a command'),
        h('pre', { tabindex: 0 }, 'curl -X POST -H "Content-Type: application/json" ' + location.origin + '/connectors --data ' + shellQuoted(json))),
      h('details', null, h('summary', null, 'As JSON'), h('pre', { tabindex: 0 }, json)),
      csv && h('details', null, h('summary', null, 'Tags as a table for tags.file'), h('pre', { tabindex: 0 }, csv)),
    ];
  }

  Views.pages.discover = { title: 'Discover', view: DiscoverPage, menu: true };
})();
