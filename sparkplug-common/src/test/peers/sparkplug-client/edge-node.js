// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

// An edge node of npm's sparkplug-client with one device. Arguments: the directory of the Node.js packages, the broker's
// URL, group, edge node, and options as JSON: {"alias": DATA has aliases, "compress": "GZIP" or "DEFLATE",
// "publishDeath": an orderly stop publishes NDEATH}.
//
// Takes lines: "node NUMBER" and "device NUMBER" publish data, "skip" uses up a sequence number, "ddeath", "dbirth" and
// "birth" publish them, "stop" disconnects and ends the process. Writes lines: "born", "ncmd NAME VALUE",
// "dcmd NAME VALUE", "sent". A metric takes the value of a command and is reported.

const [modules, url, group, node, json] = process.argv.slice(2);
const options = JSON.parse(json);
const sparkplug = require(modules + '/sparkplug-client');
const readline = require('readline');

const DEVICE = 'press';
const compress = options.compress ? { compress: true, algorithm: options.compress } : {};
const out = line => process.stdout.write(line + '\n');
const metrics = [
  ['Counters/Parts', 'Int32', -12, 1], ['Int8', 'Int8', -12, 2], ['Int16', 'Int16', -1234, 3],
  ['Int64', 'Int64', -9007199254740991, 4], ['UInt8', 'UInt8', 200, 5], ['UInt16', 'UInt16', 65535, 6],
  ['UInt32', 'UInt32', 4294967295, 7], ['UInt64', 'UInt64', 9007199254740991, 8], ['Float', 'Float', 90.6, 9],
  ['Double', 'Double', 0.1, 10], ['Boolean', 'Boolean', true, 11], ['String', 'String', 'größe', 12],
  ['DateTime', 'DateTime', 1700000000123, 13], ['Text', 'Text', 'a text', 14],
  ['UUID', 'UUID', '8f3d1c3e-0000-4000-8000-000000000001', 15], ['Bytes', 'Bytes', Uint8Array.of(1, 2, 255), 16],
  ['Null', 'Int32', null, 17],
  ['DataSet', 'DataSet', { numOfColumns: 2, columns: ['n', 's'], types: ['Int32', 'String'], rows: [[-1, 'x']] }, 18],
  ['Motor', 'Template', {
    isDefinition: false, templateRef: 'Motor', version: 'v1',
    metrics: [{ name: 'speed', type: 'Float', value: 90.6 }], parameters: [],
  }, 19],
];

const client = sparkplug.newClient({
  serverUrl: url, username: '', password: '', groupId: group, edgeNode: node, clientId: group + '-' + node,
  version: 'spBv1.0', publishDeath: options.publishDeath === true,
});

function nodeMetrics(number) {
  return [{ name: 'Count', type: 'Int32', value: number, alias: 100, timestamp: Date.now() }];
}

function deviceBirth() {
  client.publishDeviceBirth(DEVICE, {
    timestamp: Date.now(),
    metrics: metrics.map(([name, type, value, alias]) => ({
      name, type, value, alias, timestamp: Date.now(),
      properties: name === 'Float' ? { engUnit: { type: 'String', value: '°C' } } : undefined,
    })),
  }, compress);
}

function birth() {
  client.publishNodeBirth({
    timestamp: Date.now(),
    metrics: [{ name: 'Node Control/Rebirth', type: 'Boolean', value: false, timestamp: Date.now() }, ...nodeMetrics(0)],
  }, compress);
  deviceBirth();
  out('born');
}

function data(metric, send) {
  if (options.alias) {
    delete metric.name;
  } else {
    delete metric.alias;
  }
  send({ timestamp: Date.now(), metrics: [metric] });
  out('sent');
}

client.on('birth', birth);
client.on('ncmd', payload => {
  for (const metric of payload.metrics) {
    out('ncmd ' + metric.name + ' ' + metric.value);
    if (metric.name === 'Node Control/Rebirth' && metric.value === true) {
      birth();
    } else if (metric.name === 'Count') {
      data(nodeMetrics(metric.value)[0], payload => client.publishNodeData(payload, compress));
    }
  }
});
client.on('dcmd', (device, payload) => payload.metrics.forEach(metric => {
  out('dcmd ' + device + '/' + metric.name + ' ' + metric.value);
  const known = metrics.find(([name]) => name === metric.name);
  if (known) {
    known[2] = metric.value;
    const [name, type, value, alias] = known;
    data({ name, type, value, alias, timestamp: Date.now() }, payload => client.publishDeviceData(DEVICE, payload, compress));
  }
}));
client.on('error', error => process.stderr.write(error + '\n'));

readline.createInterface({ input: process.stdin }).on('line', line => {
  const [command, number] = line.split(' ');
  if (command === 'node') {
    data(nodeMetrics(Number(number))[0], payload => client.publishNodeData(payload, compress));
  } else if (command === 'device') {
    data({ name: 'Counters/Parts', alias: 1, type: 'Int32', value: Number(number), timestamp: Date.now() },
      payload => client.publishDeviceData(DEVICE, payload, compress));
  } else if (command === 'skip') {
    client.seq = (client.seq + 1) % 256;
    out('sent');
  } else if (command === 'ddeath') {
    client.publishDeviceDeath(DEVICE, { timestamp: Date.now() });
    out('sent');
  } else if (command === 'dbirth') {
    deviceBirth();
    out('sent');
  } else if (command === 'birth') {
    birth();
  } else if (command === 'stop') {
    client.stop();
    setTimeout(() => process.exit(0), 1000);
  }
});
