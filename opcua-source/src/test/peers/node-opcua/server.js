// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
//
// An OPC UA server of node-opcua with counters, for tests:
// node server.js <modules> <port> <directory> <changes per second> <limits as JSON>.
// The limits are those of serverCapabilities: maxSessions, maxSubscriptions, maxMonitoredItemsPerSubscription, operationLimits, ...
// It prints "ready"; for each line "subscriptions" on its input it prints "subscriptions <count> items <count>".
const path = require("path");
const readline = require("readline");
const [modules, port, directory, rate, limits] = process.argv.slice(2);
const load = (name) => require(path.join(modules, name));
const { OPCUAServer } = load("node-opcua-server");
const { OPCUACertificateManager } = load("node-opcua-certificate-manager");
const { DataType, Variant } = load("node-opcua-variant");
const { nodesets } = load("node-opcua-nodesets");

const COUNTERS = 10;

(async () => {
  const certificates = new OPCUACertificateManager({
    rootFolder: path.join(directory, "pki"),
    automaticallyAcceptUnknownCertificate: true,
  });
  const server = new OPCUAServer({
    port: Number(port),
    hostname: "localhost",
    nodeset_filename: [nodesets.standard],
    serverCertificateManager: certificates,
    userCertificateManager: certificates,
    allowAnonymous: true,
    userManager: { isValidUser: (user, password) => user === "kafka" && password === "secret" },
    buildInfo: { productName: "counters" },
    disableDiscovery: true,
    // Otherwise the current version merges the changes of 50 ms of a node that is monitored with a sampling interval of 0.
    serverCapabilities: { minSupportedSampleRate: 0, ...JSON.parse(limits || "{}") },
  });
  await server.initialize();
  const namespace = server.engine.addressSpace.getOwnNamespace();
  const counters = [];
  for (let i = 0; i < COUNTERS; i++) {
    counters.push({
      next: 1,
      node: namespace.addVariable({
        organizedBy: server.engine.addressSpace.rootFolder.objects,
        browseName: `C${i}`,
        nodeId: `s=C${i}`,
        dataType: DataType.Int32,
        minimumSamplingInterval: 0,
        value: new Variant({ dataType: DataType.Int32, value: 0 }),
      }),
    });
  }
  await server.start();
  const pause = 20;
  const perTick = (Number(rate) * pause) / 1000;
  let due = 0;
  let turn = 0;
  let running = true;
  setInterval(() => {
    for (due += running ? perTick : 0; due >= 1; due--) {
      const counter = counters[turn++ % COUNTERS];
      counter.node.setValueFromSource({ dataType: DataType.Int32, value: counter.next++ });
    }
  }, pause);
  readline.createInterface({ input: process.stdin }).on("line", (line) => {
    if (line === "subscriptions") {
      console.log(
        `subscriptions ${server.engine.currentSubscriptionCount} sessions ${server.engine.currentSessionCount}`
      );
    } else if (line === "stop") {
      running = false;
      console.log(`stopped ${counters.map((counter) => counter.next - 1).join(",")}`);
    }
  }).on("close", () => process.exit(0));
  console.log("ready");
})().catch((e) => {
  console.error(e);
  process.exit(1);
});
