// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
//
// An OPC UA server of node-opcua with variables of all types, for tests: node server.js <modules> <port> <directory>.
// It prints "ready"; for each line with the name of a variable it prints the value that it has, as JSON. Writes that have a
// status or a timestamp are refused, as some servers do.
const path = require("path");
const readline = require("readline");
const [modules, port, directory] = process.argv.slice(2);
const load = (name) => require(path.join(modules, name));
const { OPCUAServer } = load("node-opcua-server");
const { OPCUACertificateManager } = load("node-opcua-certificate-manager");
const { DataType, Variant, VariantArrayType } = load("node-opcua-variant");
const { StatusCodes } = load("node-opcua-status-code");
const { resolveNodeId } = load("node-opcua-nodeid");
const { coerceLocalizedText, coerceQualifiedName } = load("node-opcua-data-model");
const { nodesets } = load("node-opcua-nodesets");

const SCALARS = {
  Boolean: false,
  SByte: 0,
  Byte: 0,
  Int16: 0,
  UInt16: 0,
  Int32: 0,
  UInt32: 0,
  Int64: [0, 0],
  UInt64: [0, 0],
  Float: 0,
  Double: 0,
  String: "",
  DateTime: new Date(0),
  Guid: "72962b91-fa75-4ae6-8d28-b404dc7daf64",
  ByteString: Buffer.from("a"),
  XmlElement: "<a/>",
  NodeId: resolveNodeId("ns=1;s=a"),
  LocalizedText: coerceLocalizedText("a"),
  QualifiedName: coerceQualifiedName("1:a"),
  StatusCode: StatusCodes.Good,
};
function plain(value) {
  if (value instanceof Date) {
    return value.toISOString();
  } else if (Buffer.isBuffer(value)) {
    return value.toString("base64");
  } else if (ArrayBuffer.isView(value) || Array.isArray(value)) {
    return Array.from(value).map(plain);
  } else if (value && value.schema) {
    return Object.fromEntries(value.schema.fields.map((field) => [field.name, plain(value[field.name])]));
  }
  return value && typeof value === "object" ? value.toString() : value;
}

(async () => {
  const certificates = new OPCUACertificateManager({
    rootFolder: path.join(directory, "pki"),
    automaticallyAcceptUnknownCertificate: true,
  });
  const server = new OPCUAServer({
    port: Number(port),
    hostname: "localhost",
    nodeset_filename: [nodesets.standard, path.join(__dirname, "recipe.xml")],
    serverCertificateManager: certificates,
    userCertificateManager: certificates,
    allowAnonymous: true,
    disableDiscovery: true,
  });
  await server.initialize();
  const space = server.engine.addressSpace;
  const namespace = space.getNamespace("urn:plant");
  const nodes = {};
  const add = (name, dataType, options) => {
    nodes[name] = namespace.addVariable({
      organizedBy: space.rootFolder.objects,
      browseName: name,
      nodeId: `s=${name}`,
      dataType,
      minimumSamplingInterval: 100,
      ...options,
    });
    const write = nodes[name].writeAttribute;
    nodes[name].writeAttribute = function (context, request, callback) {
      const { statusCode, sourceTimestamp, serverTimestamp } = request.value;
      if ((statusCode && statusCode.value !== 0) || sourceTimestamp || serverTimestamp) {
        callback(null, StatusCodes.BadWriteNotSupported);
      } else {
        write.call(this, context, request, callback);
      }
    };
  };
  for (const [type, value] of Object.entries(SCALARS)) {
    const dataType = DataType[type];
    add(type, type, { value: new Variant({ dataType, arrayType: VariantArrayType.Scalar, value }) });
    add(`${type}Array`, type, {
      valueRank: 1,
      value: new Variant({ dataType, arrayType: VariantArrayType.Array, value: [value, value] }),
    });
  }
  add("Matrix", "Int32", {
    valueRank: 2,
    arrayDimensions: [2, 2],
    value: new Variant({
      dataType: DataType.Int32,
      arrayType: VariantArrayType.Matrix,
      dimensions: [2, 2],
      value: new Int32Array(4),
    }),
  });
  const type = space.findDataType("Recipe", namespace.index);
  const recipe = (id) => space.constructExtensionObject(type, { id, first: { name: "a" }, steps: [] });
  const extension = (value, more) =>
    new Variant({ dataType: DataType.ExtensionObject, value, ...more });
  add("Recipe", type, { value: extension(recipe(1)) });
  add("Recipes", type, {
    valueRank: 1,
    value: extension([recipe(1), recipe(2)], { arrayType: VariantArrayType.Array }),
  });
  const press = namespace.addObject({ organizedBy: space.rootFolder.objects, browseName: "Press", nodeId: "s=Press" });
  const method = namespace.addMethod(press, {
    browseName: "Start",
    nodeId: "s=Start",
    inputArguments: [
      { name: "cycles", dataType: DataType.UInt32 },
      { name: "recipe", dataType: type.nodeId },
      { name: "recipes", dataType: type.nodeId, valueRank: 1 },
    ],
    outputArguments: [],
  });
  const calls = [];
  method.bindMethod((inputs, context, callback) => {
    calls.push(inputs.map((input) => plain(input.value)));
    const ok = inputs[0].value > 0;
    callback(null, { statusCode: ok ? StatusCodes.Good : StatusCodes.BadOutOfRange, outputArguments: [] });
  });
  await server.start();
  readline.createInterface({ input: process.stdin }).on("line", (name) => {
    const value = name === "calls" ? calls : plain(nodes[name].readValue().value.value);
    console.log(`value ${JSON.stringify(value)}`);
  }).on("close", () => process.exit(0));
  console.log("ready");
})().catch((e) => {
  console.error(e);
  process.exit(1);
});
