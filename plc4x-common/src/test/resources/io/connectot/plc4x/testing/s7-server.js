// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

// An S7 controller for tests: node s7-server.js <port>
//
// Each line of the standard input sets the content of an area: DB1=00ff…, M=…, I=…, Q=…, or removes the area: DB1=. The
// server replies "ok" to each line. The line "start" makes it listen. It exits at the end of the input.
'use strict';

const readline = require('readline');
const snap7 = require('node-snap7');

const server = new snap7.S7Server();
server.SetParam(server.LocalPort, Number(process.argv[2]));
const kinds = { I: server.srvAreaPE, Q: server.srvAreaPA, M: server.srvAreaMK, DB: server.srvAreaDB };
const known = new Set();

function put(area, hex) {
  const [, kind, block] = /^([A-Z]+)(\d*)$/.exec(area);
  const place = block === '' ? [kinds[kind]] : [kinds[kind], Number(block)];
  if (hex === '') {
    known.delete(area);
    return server.UnregisterArea(...place);
  }
  if (known.has(area)) {
    return server.SetArea(...place, Buffer.from(hex, 'hex'));
  }
  known.add(area);
  return server.RegisterArea(...place, Buffer.from(hex, 'hex'));
}

const lines = readline.createInterface({ input: process.stdin });
lines.on('line', (line) => {
  const at = line.indexOf('=');
  const done = at < 0 ? server.StartTo('127.0.0.1') : put(line.substring(0, at), line.substring(at + 1));
  console.log(done === false ? 'failed: ' + server.ErrorText(server.LastError()) : 'ok');
});
lines.on('close', () => process.exit(0));
