// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.sink;

import static io.connectot.opcua.sink.JsonValues.object;
import static io.connectot.opcua.sink.JsonValues.value;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.connectot.core.model.Tag;
import io.connectot.core.model.Value;
import io.connectot.core.model.Value.ArrayValue;
import io.connectot.core.model.Value.BigValue;
import io.connectot.core.model.Value.BytesValue;
import io.connectot.core.model.Value.InstantValue;
import io.connectot.core.model.ValueType;
import io.connectot.core.spi.WriteOutcome;
import io.connectot.core.spi.WriteTarget;
import io.connectot.core.spi.WritingSession;
import io.connectot.core.spi.WritingSession.ReadBack;
import io.connectot.core.spi.WritingSession.TagWrite;
import io.connectot.opcua.config.OpcUaDevice;
import io.connectot.opcua.config.OpcUaTag;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Values of all types are written to a server that is not ours, which refuses status and
 * timestamps: it has them as they were written, and they are read back the same.
 */
@org.junit.jupiter.api.Tag("peers")
@org.junit.jupiter.api.Tag("full")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ForeignServerWriteTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> TYPES =
      List.of(
          "Boolean",
          "SByte",
          "Byte",
          "Int16",
          "UInt16",
          "Int32",
          "UInt32",
          "Int64",
          "UInt64",
          "Float",
          "Double",
          "String",
          "DateTime",
          "Guid",
          "ByteString",
          "XmlElement",
          "NodeId",
          "LocalizedText",
          "QualifiedName",
          "StatusCode");

  @TempDir private Path directory;

  private NodeOpcuaVariables server;
  private SessionRig rig;
  private final Map<String, Tag<OpcUaTag>> tags = new HashMap<>();
  private WritingSession<OpcUaDevice, OpcUaTag> session;

  @ParameterizedTest
  @ValueSource(strings = {"current", "older"})
  void everyTypeIsThereAsItWasWritten(String version) throws Exception {
    try (NodeOpcuaVariables started = new NodeOpcuaVariables(version, directory)) {
      server = started;
      rig = new SessionRig(server.url(), directory.resolve("client"));
      addTags();
      session = rig.open(List.copyOf(tags.values()));
      scalar("Boolean", true, "true");
      scalar("SByte", -128, "-128");
      scalar("Byte", 255, "255");
      scalar("Int16", -32_768, "-32768");
      scalar("UInt16", 65_535, "65535");
      scalar("Int32", Integer.MIN_VALUE, "-2147483648");
      scalar("UInt32", 4_294_967_295L, "4294967295");
      // As two halves.
      scalar("Int64", 9_007_199_254_740_993L, "[2097152,1]");
      scalar(
          "UInt64",
          new BigValue(new BigInteger("18446744073709551614")),
          "[4294967295,4294967294]");
      scalar("Float", 0.5, "0.5");
      scalar("Double", Math.PI, "3.141592653589793");
      scalar("String", "Grüße, 世界 2", "\"Grüße, 世界 2\"");
      scalar(
          "DateTime",
          new InstantValue(Instant.parse("2026-11-28T21:28:12.123Z")),
          "\"2026-11-28T21:28:12.123Z\"");
      scalar(
          "Guid",
          "72962b91-fa75-4ae6-8d28-b404dc7daf65",
          "\"72962B91-FA75-4AE6-8D28-B404DC7DAF65\"");
      scalar("ByteString", new BytesValue(new byte[] {1, 0, -1}), "\"AQD/\"");
      scalar("XmlElement", "<b>1</b>", "\"<b>1</b>\"");
      scalar("NodeId", "nsu=urn:plant;s=Press2", "\"ns=2;s=Press2\"");
      written("LocalizedText", "Presse", WriteTarget.of(ValueType.STRING));
      written("QualifiedName", "nsu=urn:plant;Presse", WriteTarget.of(ValueType.STRING));
      written("StatusCode", 0x8034_0000L, WriteTarget.of(ValueType.JSON));
      assertThat(server.value("StatusCode").asText()).contains("BadNodeIdUnknown");
      written("StatusCode", "0x80040000 Bad_ResourceUnavailable", null);
      assertThat(server.value("StatusCode").asText()).contains("BadResourceUnavailable");
      assertThat(server.value("LocalizedText").toString()).contains("Presse");
      assertThat(server.value("QualifiedName").toString()).contains("Presse", "2");
      matrix();
      ranges();
      structures();
      methods();
    } finally {
      session.close();
    }
  }

  /** Writes a value, and an array of it twice. */
  private void scalar(String type, Object written, String expected) throws Exception {
    Value single = value(written);
    WriteTarget target = written(type, single, null);
    assertThat(server.value(type)).as(type).isEqualTo(JSON.readTree(expected));
    written(
        type + "Array",
        new ArrayValue(target.type(), List.of(single, single)),
        WriteTarget.arrayOf(target.type()));
    assertThat(server.value(type + "Array"))
        .as(type + "Array")
        .isEqualTo(JSON.readTree("[" + expected + "," + expected + "]"));
  }

  private WriteTarget written(String node, Object written, WriteTarget target) throws Exception {
    return written(tag(node, Map.of()), value(written), target);
  }

  /** Writes a value, reads it back, and returns what the node takes. */
  private WriteTarget written(Tag<OpcUaTag> tag, Value value, WriteTarget expected)
      throws Exception {
    WriteTarget target = session.target(rig.device(), tag);
    if (expected != null) {
      assertThat(target).isEqualTo(expected);
    }
    assertThat(session.write(rig.device(), List.of(new TagWrite<>(tag, value))))
        .as("%s of %s", value, tag.address())
        .containsExactly(WriteOutcome.Done.ACCEPTED);
    assertThat(session.read(rig.device(), List.of(tag)))
        .containsExactly(ReadBack.of(session.asRead(rig.device(), tag, value)));
    return target;
  }

  private void matrix() throws Exception {
    Value rows =
        new ArrayValue(
            ValueType.JSON,
            List.of(
                new ArrayValue(ValueType.INT32, List.of(value(1), value(2))),
                new ArrayValue(ValueType.INT32, List.of(value(3), value(-4)))));
    written("Matrix", rows, WriteTarget.arrayOf(ValueType.INT32));
    assertThat(server.value("Matrix")).isEqualTo(JSON.readTree("[1,2,3,-4]"));
  }

  private void ranges() throws Exception {
    written(
        "Int16Array",
        new ArrayValue(ValueType.INT16, List.of(value(1), value(2), value(3), value(4))),
        null);
    written(
        tag("Int16Array", Map.of("index.range", "2")), value(30), WriteTarget.of(ValueType.INT16));
    written(
        tag("Int16Array", Map.of("index.range", "0:1")),
        new ArrayValue(ValueType.INT16, List.of(value(10), value(20))),
        WriteTarget.arrayOf(ValueType.INT16));
    assertThat(server.value("Int16Array")).isEqualTo(JSON.readTree("[10,20,30,4]"));
  }

  private static Map<String, Object> recipe(int id) {
    Map<String, Object> step =
        object(
            "name",
            "Größe",
            "duration",
            0.1,
            "setpoints",
            List.of(1, 2.5),
            "state",
            "Running",
            "at",
            "2026-11-28T21:28:12.000Z");
    return object(
        "id",
        id,
        "serial",
        9_007_199_254_740_993L,
        "first",
        step,
        "steps",
        List.of(step, step),
        "image",
        "AQD/");
  }

  private static JsonNode held(int id) throws Exception {
    String step =
        "{\"name\":\"Größe\",\"duration\":0.1,\"setpoints\":[1,2.5],\"state\":1,"
            + "\"at\":\"2026-11-28T21:28:12.000Z\"}";
    return JSON.readTree(
        "{\"id\":"
            + id
            + ",\"serial\":[2097152,1],\"first\":"
            + step
            + ",\"steps\":["
            + step
            + ","
            + step
            + "],\"image\":\"AQD/\"}");
  }

  private void structures() throws Exception {
    written("Recipe", recipe(7), WriteTarget.of(ValueType.JSON));
    assertThat(server.value("Recipe")).isEqualTo(held(7));
    written("Recipes", List.of(recipe(8), recipe(9)), WriteTarget.of(ValueType.JSON));
    assertThat(server.value("Recipes").get(1)).isEqualTo(held(9));
  }

  private void methods() throws Exception {
    Tag<OpcUaTag> tag = tag("Start", Map.of());
    Value arguments = value(List.of(3, recipe(1), List.of(recipe(2), recipe(3))));
    assertThat(session.write(rig.device(), List.of(new TagWrite<>(tag, arguments))))
        .containsExactly(WriteOutcome.Done.ACCEPTED);
    Value wrong = value(List.of(0, recipe(1), List.of()));
    assertThat(session.write(rig.device(), List.of(new TagWrite<>(tag, wrong))))
        .singleElement()
        .isInstanceOfSatisfying(
            WriteOutcome.Failed.class,
            failed -> assertThat(failed.status()).contains("Bad_OutOfRange"));
    JsonNode call = server.value("calls").get(0);
    assertThat(call.get(0).asInt()).isEqualTo(3);
    assertThat(call.get(1)).isEqualTo(held(1));
    assertThat(call.get(2).get(1)).isEqualTo(held(3));
  }

  private Tag<OpcUaTag> tag(String node, Map<String, String> options) throws Exception {
    return tags.get(node + options);
  }

  private void addTag(String node, Map<String, String> options) throws Exception {
    tags.put(node + options, rig.tag("nsu=urn:plant;s=" + node, options));
  }

  private void addTags() throws Exception {
    for (String type : TYPES) {
      addTag(type, Map.of());
      addTag(type + "Array", Map.of());
    }
    for (String node : List.of("Matrix", "Recipe", "Recipes", "Start")) {
      addTag(node, Map.of());
    }
    addTag("Int16Array", Map.of("index.range", "2"));
    addTag("Int16Array", Map.of("index.range", "0:1"));
  }
}
