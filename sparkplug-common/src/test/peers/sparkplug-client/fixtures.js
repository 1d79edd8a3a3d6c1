// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

// Writes the payloads of sparkplug-payload.txt: one line for each, its name and its bytes in hexadecimal digits.
// Run by hand when the package changes: NODE_PATH=<node_modules> node fixtures.js > .../sparkplug-payload.txt

const codec = require('sparkplug-payload').get('spBv1.0');
const pako = require('pako');

const metric = (type, value, more) => ({ name: type, type, value, timestamp: 1700000000001, ...more });
const payload = (...metrics) => ({ timestamp: 1700000000000, seq: 5, metrics });
const write = (name, object) => console.log(name + ' ' + Buffer.from(codec.encodePayload(object)).toString('hex'));

write('scalars', payload(
  metric('Int8', -12), metric('Int16', -1234), metric('Int32', -12), metric('Int64', -9007199254740991),
  metric('UInt8', 200), metric('UInt16', 65535), metric('UInt32', 4294967295), metric('UInt64', 9007199254740991),
  metric('Float', 90.6), metric('Double', 0.1), metric('Boolean', true), metric('String', 'größe'),
  metric('DateTime', 1700000000123), metric('Text', 'a text'), metric('UUID', '8f3d1c3e-0000-4000-8000-000000000001'),
  metric('Bytes', Uint8Array.of(1, 2, 255)), metric('File', Uint8Array.of(3), {
    metadata: { isMultiPart: true, contentType: 'text/plain', size: 1, seq: 2, fileName: 'a.txt', fileType: 'txt', md5: 'd4', description: 'a file' },
  })));
write('flags', payload(
  metric('Int32', null), metric('Int32', 7, { isHistorical: true }), metric('Int32', 8, { isTransient: true })));
write('alias', { timestamp: 1700000000000, seq: 6, metrics: [{ alias: 17, type: 'Int32', value: -12 }, { alias: 0, type: 'Boolean', value: false }] });
write('properties', payload(metric('Double', 1.5, {
  properties: {
    engUnit: { type: 'String', value: '°C' },
    Quality: { type: 'Int32', value: 500 },
    nothing: { type: 'String', value: null },
    inner: { type: 'PropertySet', value: { low: { type: 'Float', value: -1.5 } } },
    list: { type: 'PropertySetList', value: [{ a: { type: 'UInt64', value: 1 } }, { b: { type: 'Boolean', value: true } }] },
  },
})));
write('dataset', payload(metric('DataSet', {
  numOfColumns: 4, columns: ['i', 'l', 's', 'b'], types: ['Int8', 'UInt32', 'String', 'Boolean'],
  rows: [[-1, 4294967295, 'x', true], [2, 3, 'y', false]],
})));
write('template', payload(
  metric('Template', {
    isDefinition: true, version: 'v1',
    metrics: [{ name: 'speed', type: 'Float', value: 0 }],
    parameters: [{ name: 'maker', type: 'String', value: 'acme' }],
  }),
  metric('Template', {
    isDefinition: false, templateRef: 'Motor', version: 'v1',
    metrics: [{ name: 'speed', type: 'Float', value: 90.6 }, { name: 'count', type: 'Int16', value: -3 }],
    parameters: [{ name: 'maker', type: 'String', value: 'other' }],
  })));
for (const algorithm of ['GZIP', 'DEFLATE']) {
  const inner = codec.encodePayload(payload(metric('Int32', -12)));
  write('compressed-' + algorithm, {
    uuid: 'SPBV1.0_COMPRESSED',
    body: algorithm === 'GZIP' ? pako.gzip(inner) : pako.deflate(inner),
    metrics: [{ name: 'algorithm', type: 'String', value: algorithm }],
  });
}
write('compressed-unnamed', { uuid: 'SPBV1.0_COMPRESSED', body: pako.deflate(codec.encodePayload(payload(metric('Int32', -12)))), metrics: [] });
