// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.sink;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.core.model.Device;
import io.connectot.core.model.Tag;
import io.connectot.core.model.Value;
import io.connectot.core.model.Value.ArrayValue;
import io.connectot.core.model.Value.BigValue;
import io.connectot.core.model.Value.BooleanValue;
import io.connectot.core.model.Value.BytesValue;
import io.connectot.core.model.Value.DoubleValue;
import io.connectot.core.model.Value.InstantValue;
import io.connectot.core.model.Value.LongValue;
import io.connectot.core.model.Value.StructValue;
import io.connectot.core.model.Value.TextValue;
import io.connectot.core.model.ValueType;
import io.connectot.core.spi.WriteOutcome;
import io.connectot.core.spi.WriteTarget;
import io.connectot.core.spi.WritingSession;
import io.connectot.core.spi.WritingSession.ReadBack;
import io.connectot.core.spi.WritingSession.TagWrite;
import io.connectot.opcua.config.OpcUaDevice;
import io.connectot.opcua.config.OpcUaTag;
import io.connectot.opcua.testing.PlantServer;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.eclipse.milo.opcua.sdk.core.AccessLevel;
import org.eclipse.milo.opcua.sdk.core.Reference;
import org.eclipse.milo.opcua.sdk.server.methods.AbstractMethodInvocationHandler;
import org.eclipse.milo.opcua.sdk.server.nodes.UaMethodNode;
import org.eclipse.milo.opcua.sdk.server.nodes.UaVariableNode;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.structured.Argument;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Values of all types are at the server as they were written, and are read back the same. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WrittenValuesTest {
  private final PlantServer plant = PlantServer.start();
  private SessionRig rig;
  private Device<OpcUaDevice> device;

  @BeforeAll
  void configure(@TempDir Path pki) throws Exception {
    rig = new SessionRig(plant.url(), pki);
    device = rig.device();
  }

  @AfterAll
  void stop() {
    plant.close();
  }

  static Stream<Arguments> scalars() {
    return Stream.of(
        Arguments.of("Boolean", ValueType.BOOLEAN, BooleanValue.FALSE),
        Arguments.of("SByte", ValueType.INT8, new LongValue(127)),
        Arguments.of("Byte", ValueType.UINT8, new LongValue(200)),
        Arguments.of("Int16", ValueType.INT16, new LongValue(-300)),
        Arguments.of("UInt16", ValueType.UINT16, new LongValue(40_000)),
        Arguments.of("Int32", ValueType.INT32, new LongValue(Integer.MAX_VALUE)),
        Arguments.of("UInt32", ValueType.UINT32, new LongValue(4_000_000_000L)),
        Arguments.of("Int64", ValueType.INT64, new LongValue(9_007_199_254_740_993L)),
        Arguments.of(
            "UInt64", ValueType.UINT64, new BigValue(new BigInteger("18446744073709551614"))),
        Arguments.of("Float", ValueType.FLOAT32, new DoubleValue(90.6)),
        Arguments.of("Double", ValueType.FLOAT64, new DoubleValue(Math.E)),
        Arguments.of("Duration", ValueType.FLOAT64, new DoubleValue(7.5)),
        Arguments.of("String", ValueType.STRING, new TextValue("Grüße, 世界 2")),
        Arguments.of(
            "DateTime",
            ValueType.DATETIME,
            new InstantValue(Instant.parse("2026-11-28T21:28:12.1234567Z"))),
        Arguments.of(
            "UtcTime", ValueType.DATETIME, new InstantValue(Instant.parse("2001-01-01T00:00:00Z"))),
        Arguments.of(
            "Guid", ValueType.STRING, new TextValue("72962b91-fa75-4ae6-8d28-b404dc7daf64")),
        Arguments.of("ByteString", ValueType.BYTES, new BytesValue(new byte[] {1, 0, -1})),
        Arguments.of("XmlElement", ValueType.STRING, new TextValue("<x/>")),
        Arguments.of("NodeId", ValueType.STRING, new TextValue("nsu=urn:connectot:plant;s=Press2")),
        Arguments.of(
            "QualifiedName", ValueType.STRING, new TextValue("nsu=urn:connectot:plant;Press2")),
        Arguments.of("StatusCode", ValueType.JSON, new TextValue("0x80340000 Bad_NodeIdUnknown")),
        Arguments.of("LocalizedText", ValueType.STRING, new TextValue("Pressa")),
        Arguments.of("Number", ValueType.INT32, new LongValue(6)),
        Arguments.of("Variant", ValueType.STRING, new TextValue("anything")));
  }

  @ParameterizedTest
  @MethodSource("scalars")
  void writesScalars(String node, ValueType type, Value value) throws Exception {
    checkRoundTrip("Scalars." + node, WriteTarget.of(type), value);
  }

  static Stream<Arguments> arrays() {
    return Stream.of(
        Arguments.of("Boolean", ValueType.BOOLEAN, List.of(BooleanValue.TRUE)),
        Arguments.of("Byte", ValueType.UINT8, List.of(new LongValue(1), new LongValue(255))),
        Arguments.of("Int32", ValueType.INT32, List.of(new LongValue(-1), new LongValue(7))),
        Arguments.of("Double", ValueType.FLOAT64, List.of(new DoubleValue(0.1))),
        Arguments.of("String", ValueType.STRING, List.of(new TextValue("a"), new TextValue("b"))));
  }

  @ParameterizedTest
  @MethodSource("arrays")
  void writesArrays(String node, ValueType type, List<Value> elements) throws Exception {
    checkRoundTrip("Arrays." + node, WriteTarget.arrayOf(type), new ArrayValue(type, elements));
  }

  @Test
  void writesMatrices() throws Exception {
    plant.add(
        "Matrix",
        NodeIds.Int32,
        new org.eclipse.milo.opcua.stack.core.types.builtin.Matrix(new Integer[2][2]));
    // As the decoder of values has it, the elements of a matrix are arrays.
    Value matrix = new ArrayValue(ValueType.JSON, List.of(row(1, 2), row(3, 4)));
    checkRoundTrip("Matrix", WriteTarget.arrayOf(ValueType.INT32), matrix);
  }

  private static Value row(int... numbers) {
    List<Value> elements = new ArrayList<>();
    for (int number : numbers) {
      elements.add(new LongValue(number));
    }
    return new ArrayValue(ValueType.INT32, elements);
  }

  @Test
  void writesEnumerationsAsNumbers() throws Exception {
    checkRoundTrip("Press1.State", WriteTarget.of(ValueType.INT32), new LongValue(2));
  }

  @Test
  void readsNoValueThatTheServerDoubts() throws Exception {
    plant.add("Doubtful", NodeIds.Int32, 1);
    plant.status("Doubtful", StatusCodes.Uncertain_LastUsableValue);
    Tag<OpcUaTag> tag = tag("Doubtful", Map.of());
    try (WritingSession<OpcUaDevice, OpcUaTag> session = open(tag)) {
      ReadBack read = session.read(device, List.of(tag)).get(0);
      assertThat(read.value()).isNull();
      assertThat(read.status()).contains("Uncertain_LastUsableValue");
    }
  }

  @Test
  void writesAnElementOfAnArray() throws Exception {
    plant.add("Elements", NodeIds.Int32, new Integer[] {1, 2, 3});
    Tag<OpcUaTag> tag = tag("Elements", Map.of("index.range", "1"));
    try (WritingSession<OpcUaDevice, OpcUaTag> session = open(tag)) {
      assertThat(session.target(device, tag)).isEqualTo(WriteTarget.of(ValueType.INT32));
      assertThat(session.write(device, List.of(new TagWrite<>(tag, new LongValue(20)))))
          .containsExactly(WriteOutcome.Done.ACCEPTED);
      assertThat(session.read(device, List.of(tag)))
          .containsExactly(ReadBack.of(new LongValue(20)));
    }
    assertThat(plant.value("Elements").value().value()).isEqualTo(new Integer[] {1, 20, 3});
  }

  @Test
  void writesTheValueAlone() throws Exception {
    Tag<OpcUaTag> tag = tag("Scalars.Int16", Map.of());
    try (WritingSession<OpcUaDevice, OpcUaTag> session = open(tag)) {
      session.write(device, List.of(new TagWrite<>(tag, new LongValue(5))));
    }
    DataValue value = plant.value("Scalars.Int16");
    assertThat(value.value().value()).isEqualTo((short) 5);
    assertThat(value.statusCode().isGood()).isTrue();
  }

  @Test
  void refusesWhatTheUserMayNotWrite() throws Exception {
    UaVariableNode node =
        (UaVariableNode)
            plant
                .server()
                .getAddressSpaceManager()
                .getManagedNode(plant.id("Scalars.SByte"))
                .orElseThrow();
    node.setUserAccessLevel(AccessLevel.toValue(AccessLevel.READ_ONLY));
    try {
      assertRefused("Scalars.SByte", "UserAccessLevel");
    } finally {
      node.setUserAccessLevel(AccessLevel.toValue(AccessLevel.READ_WRITE));
    }
  }

  @Test
  void refusesNodesThatAreNotThereAndThoseThatAreNoVariables() throws Exception {
    assertRefused("Nowhere", "does not know");
    assertRefused("Press1", "not a variable");
    plant.add("Diagnostics", NodeIds.DataValue, new DataValue(new Variant(1)));
    assertRefused("Diagnostics", "cannot be written");
  }

  private void assertRefused(String node, String reason) throws Exception {
    Tag<OpcUaTag> tag = tag(node, Map.of());
    try (WritingSession<OpcUaDevice, OpcUaTag> session = open(tag)) {
      assertThat(session.target(device, tag).refusal()).contains(reason);
    }
  }

  @Test
  void callsMethods() throws Exception {
    List<Object> calls =
        addMethod(
            "Press2.Start",
            new Argument("cycles", NodeIds.UInt32, -1, null, LocalizedText.NULL_VALUE),
            new Argument("mode", NodeIds.String, -1, null, LocalizedText.NULL_VALUE));
    Tag<OpcUaTag> tag = tag("Press2.Start", Map.of());
    try (WritingSession<OpcUaDevice, OpcUaTag> session = open(tag)) {
      assertThat(session.target(device, tag).arguments())
          .containsExactly(WriteTarget.of(ValueType.UINT32), WriteTarget.of(ValueType.STRING));
      assertThat(session.write(device, List.of(call(tag, 3))))
          .containsExactly(WriteOutcome.Done.ACCEPTED);
      assertThat(session.write(device, List.of(call(tag, 0))))
          .singleElement()
          .isInstanceOfSatisfying(
              WriteOutcome.Failed.class,
              failed -> assertThat(failed.status()).contains("Bad_OutOfRange"));
    }
    assertThat(calls).hasToString("[3 fast]");
  }

  @Test
  void callsMethodsWithStructuresAndArrays() throws Exception {
    List<Object> calls =
        addMethod(
            "Press2.Tune",
            new Argument("level", NodeIds.Int32, -1, null, LocalizedText.NULL_VALUE),
            new Argument("range", NodeIds.Range, -1, null, LocalizedText.NULL_VALUE),
            new Argument("counts", NodeIds.Int32, 1, null, LocalizedText.NULL_VALUE));
    Tag<OpcUaTag> tag = tag("Press2.Tune", Map.of());
    Value range =
        new StructValue("", Map.of("Low", new LongValue(1), "High", new DoubleValue(2.5)));
    Value counts = new ArrayValue(ValueType.INT32, List.of(new LongValue(7), new LongValue(8)));
    Value ranges = new ArrayValue(ValueType.UNKNOWN, List.of(range, range));
    try (WritingSession<OpcUaDevice, OpcUaTag> session = open(tag)) {
      TagWrite<OpcUaTag> call =
          new TagWrite<>(
              tag, new ArrayValue(ValueType.UNKNOWN, List.of(new LongValue(1), range, counts)));
      assertThat(session.write(device, List.of(call))).containsExactly(WriteOutcome.Done.ACCEPTED);
      TagWrite<OpcUaTag> wrong =
          new TagWrite<>(
              tag, new ArrayValue(ValueType.UNKNOWN, List.of(new LongValue(1), ranges, counts)));
      assertThat(session.write(device, List.of(wrong)))
          .singleElement()
          .isInstanceOf(WriteOutcome.Rejected.class);
    }
    assertThat(calls).singleElement().asString().startsWith("1 ");
  }

  private static TagWrite<OpcUaTag> call(Tag<OpcUaTag> tag, int number) {
    return new TagWrite<>(
        tag,
        new ArrayValue(ValueType.UNKNOWN, List.of(new LongValue(number), new TextValue("fast"))));
  }

  private List<Object> addMethod(String id, Argument... arguments) {
    List<Object> calls = new ArrayList<>();
    UaVariableNode neighbour =
        (UaVariableNode)
            plant
                .server()
                .getAddressSpaceManager()
                .getManagedNode(plant.id("Press2.Running"))
                .orElseThrow();
    NodeId node = plant.id(id);
    UaMethodNode method =
        new UaMethodNode.UaMethodNodeBuilder(neighbour.getNodeContext())
            .setNodeId(node)
            .setBrowseName(new QualifiedName(plant.namespaceIndex(), "Start"))
            .setDisplayName(LocalizedText.english("Start"))
            .build();
    AbstractMethodInvocationHandler handler =
        new AbstractMethodInvocationHandler(method) {
          @Override
          public Argument[] getInputArguments() {
            return arguments;
          }

          @Override
          public Argument[] getOutputArguments() {
            return new Argument[0];
          }

          @Override
          protected Variant[] invoke(InvocationContext context, Variant[] inputs)
              throws UaException {
            if (((Number) inputs[0].value()).intValue() == 0) {
              throw new UaException(StatusCodes.Bad_OutOfRange);
            }
            calls.add(Arrays.stream(inputs).map(input -> input.value() + "").collect(joining(" ")));
            return new Variant[0];
          }
        };
    method.setInputArguments(handler.getInputArguments());
    method.setInvocationHandler(handler);
    neighbour.getNodeManager().addNode(method);
    method.addReference(
        new Reference(
            node,
            NodeIds.HasComponent,
            plant.id("Press2").expanded(),
            Reference.Direction.INVERSE));
    return calls;
  }

  private void checkRoundTrip(String node, WriteTarget target, Value value) throws Exception {
    Tag<OpcUaTag> tag = tag(node, Map.of());
    try (WritingSession<OpcUaDevice, OpcUaTag> session = open(tag)) {
      assertThat(session.target(device, tag)).isEqualTo(target);
      assertThat(session.write(device, List.of(new TagWrite<>(tag, value))))
          .containsExactly(WriteOutcome.Done.ACCEPTED);
      assertThat(session.read(device, List.of(tag))).containsExactly(ReadBack.of(value));
    }
  }

  private WritingSession<OpcUaDevice, OpcUaTag> open(Tag<OpcUaTag> tag) throws Exception {
    return rig.open(tag);
  }

  private Tag<OpcUaTag> tag(String node, Map<String, String> options) throws Exception {
    return rig.tag(PlantServer.address(node), options);
  }
}
