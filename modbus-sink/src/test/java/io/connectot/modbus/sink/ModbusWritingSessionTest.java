// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.connectot.core.config.Configuration;
import io.connectot.core.config.inventory.InventoryLoader;
import io.connectot.core.model.Device;
import io.connectot.core.model.Tag;
import io.connectot.core.model.Value;
import io.connectot.core.model.Value.ArrayValue;
import io.connectot.core.model.Value.BooleanValue;
import io.connectot.core.model.Value.DoubleValue;
import io.connectot.core.model.Value.LongValue;
import io.connectot.core.model.Value.TextValue;
import io.connectot.core.model.ValueType;
import io.connectot.core.sink.command.CommandProtocol;
import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.WriteOutcome;
import io.connectot.core.spi.WriteTarget;
import io.connectot.core.spi.WritingSession;
import io.connectot.core.spi.WritingSession.ReadBack;
import io.connectot.core.spi.WritingSession.TagWrite;
import io.connectot.modbus.address.ModbusTable;
import io.connectot.modbus.config.ModbusDevice;
import io.connectot.modbus.config.ModbusTag;
import io.connectot.modbus.testing.ServerFault;
import io.connectot.modbus.testing.SimulatedModbusServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a write sends, and what becomes of it where the device does not answer as it should. */
class ModbusWritingSessionTest {
  private static final ModbusTable HOLDING = ModbusTable.HOLDING_REGISTER;

  private final List<AutoCloseable> opened = new ArrayList<>();
  private final List<ProtocolException> lost = new ArrayList<>();
  private SimulatedModbusServer server;

  @BeforeEach
  void start() throws Exception {
    server = SimulatedModbusServer.tcp();
    server.unit(1);
  }

  @AfterEach
  void stop() throws Exception {
    for (AutoCloseable resource : opened) {
      resource.close();
    }
    server.close();
  }

  /** A session with one tag. */
  private record Written(
      WritingSession<ModbusDevice, ModbusTag> session,
      Device<ModbusDevice> device,
      Tag<ModbusTag> tag) {
    WriteOutcome write(Value value) throws Exception {
      return session.write(device, List.of(new TagWrite<>(tag, value))).get(0);
    }

    WriteTarget target() throws Exception {
      return session.target(device, tag);
    }

    ReadBack read() throws Exception {
      return session.read(device, List.of(tag)).get(0);
    }
  }

  private Written tag(String line, String... settings) throws Exception {
    return tag(server, line, settings);
  }

  private Written tag(SimulatedModbusServer peer, String line, String... settings)
      throws Exception {
    Map<String, String> props = new HashMap<>();
    props.put("name", "sink");
    props.put("topics", "commands");
    props.put("devices.press", peer.url() + "?unit=1");
    props.put("tags.tag", line + " write=true");
    props.put("modbus.request.timeout.ms", "400");
    props.put("modbus.retry.backoff.ms", "0");
    for (String setting : settings) {
      props.put(setting.split("=", 2)[0], setting.split("=", 2)[1]);
    }
    ModbusSinkProtocol protocol = new ModbusSinkProtocol();
    Configuration config = Configuration.parse(CommandProtocol.definition(protocol), props);
    ModbusWritingDriver driver = (ModbusWritingDriver) protocol.bind(config.kafka());
    var inventory = InventoryLoader.loadWritable(config, driver, protocol).orThrow();
    Device<ModbusDevice> device = inventory.devices().get(0);
    List<Tag<ModbusTag>> tags = List.copyOf(inventory.tagsOf(device));
    WritingSession<ModbusDevice, ModbusTag> session =
        driver.newWritingSession(device.endpoint(), Map.of(device, tags));
    session.open(lost::add);
    opened.add(session);
    return new Written(session, device, tags.get(0));
  }

  private static Stream<Arguments> values() {
    return Stream.of(
        Arguments.of("coil:7", BooleanValue.TRUE, 5),
        Arguments.of("coil:7 bool count=11", array(ValueType.BOOLEAN, 11), 15),
        Arguments.of("holding:7 int16", new LongValue(-5), 6),
        Arguments.of("holding:7 int32 order=CDAB", new LongValue(-70_000), 16),
        Arguments.of("holding:7 uint48", new LongValue(1L << 40), 16),
        Arguments.of("holding:7 int64", new LongValue(Long.MIN_VALUE), 16),
        Arguments.of("holding:7 float32 order=CDAB", new DoubleValue(230.2), 16),
        Arguments.of("holding:7 float64", new DoubleValue(0.1), 16),
        Arguments.of("holding:7 bcd32", new LongValue(12_345_678), 16),
        Arguments.of("holding:7 string length=8", new TextValue("Acme"), 16),
        Arguments.of("holding:7 uint16 enum=0:off,1:on", new TextValue("on"), 6),
        Arguments.of("holding:7 uint16 count=3", array(ValueType.UINT16, 3), 16),
        Arguments.of("holding:7.3", BooleanValue.TRUE, 22),
        Arguments.of("holding:7 uint8h", new LongValue(200), 22),
        Arguments.of("holding:7 uint16 mask=0x0FF0 shift=4", new LongValue(171), 22));
  }

  private static ArrayValue array(ValueType type, int count) {
    List<Value> elements = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      boolean odd = i % 2 == 1;
      elements.add(type == ValueType.BOOLEAN ? BooleanValue.of(odd) : new LongValue(60_000 + i));
    }
    return new ArrayValue(type, elements);
  }

  @ParameterizedTest(name = "{0} with function {2}")
  @MethodSource("values")
  void writesEveryTypeInOneRequestAndReadsItBack(String line, Value value, int function)
      throws Exception {
    server.unit(1).fill(0x5A5A);
    int before = server.unit(1).value(HOLDING, 7);
    Written tag = tag(line);
    long requests = server.counters().requests();
    assertThat(tag.write(value)).isEqualTo(WriteOutcome.Done.ACCEPTED);
    assertThat(server.counters().requests() - requests).isEqualTo(1);
    assertThat(server.counters().functions()).containsExactly(function);
    assertThat(tag.read().value()).isEqualTo(value);
    if (function == 22) {
      int own = line.contains("uint8h") ? 0xFF00 : line.contains("mask") ? 0x0FF0 : 0x0008;
      assertThat(server.unit(1).value(HOLDING, 7) & ~own).isEqualTo(before & ~own);
    }
  }

  @ParameterizedTest
  @CsvSource({"coil:7, 15", "holding:7, 16"})
  void writesSingleValuesAsSeveralWhereTheDeviceNeedsIt(String line, int function)
      throws Exception {
    server.unit(1).writes(15, 16);
    Written refused = tag(line);
    boolean coil = line.startsWith("coil");
    Value value = coil ? BooleanValue.TRUE : new LongValue(9);
    assertThat(refused.write(value))
        .isInstanceOfSatisfying(
            WriteOutcome.Failed.class,
            failed -> assertThat(failed.status()).isEqualTo("1 ILLEGAL_FUNCTION"));
    assertThat(tag(line, "modbus.write.multiple=true").write(value))
        .isEqualTo(WriteOutcome.Done.ACCEPTED);
    assertThat(server.counters().functions()).contains(function);
  }

  @Test
  void sendsNothingOfACommandWithAValueThatCannotBeEncoded() throws Exception {
    Written tag = tag("holding:7 string length=2");
    List<WriteOutcome> outcomes =
        tag.session()
            .write(
                tag.device(),
                List.of(
                    new TagWrite<>(tag.tag(), new TextValue("AB")),
                    new TagWrite<>(tag.tag(), new TextValue("too long"))));
    assertThat(outcomes).hasSize(2).hasOnlyElementsOfType(WriteOutcome.Rejected.class);
    assertThat(outcomes.get(0).toString()).contains("another tag");
    assertThat(server.unit(1).written(HOLDING, 7)).isEmpty();
  }

  @Test
  void readsARegisterToWriteItsBitsOnlyIfThatIsAllowed() throws Exception {
    server.unit(1).fill(0).writes(6, 16);
    assertThat(tag("holding:7.3").write(BooleanValue.TRUE)).isInstanceOf(WriteOutcome.Failed.class);
    assertThat(server.unit(1).written(HOLDING, 7)).isEmpty();
    assertThat(tag("holding:7.3", "modbus.write.read.modify=true").write(BooleanValue.TRUE))
        .isEqualTo(WriteOutcome.Done.ACCEPTED);
    assertThat(server.unit(1).value(HOLDING, 7)).isEqualTo(0b1111);
    String low = "holding:7 string length=2 byte=low";
    assertThat(tag(low).target().refusal()).contains("modbus.write.read.modify=true");
    assertThat(tag(low, "modbus.write.read.modify=true").write(new TextValue("AB")))
        .isEqualTo(WriteOutcome.Done.ACCEPTED);
    assertThat(server.unit(1).value(HOLDING, 8)).isEqualTo('B');
  }

  @ParameterizedTest
  @CsvSource({
    "input:7, can only be read",
    "discrete:7, can only be read",
    "holding:7 unit.id=0, broadcast",
    "holding:7 int16 scale.from=holding:8, use scale",
    "holding:7 uint16 count=124, at most 123"
  })
  void refusesWhatCannotBeWrittenBeforeItConnects(String line, String reason) {
    assertThatThrownBy(() -> tag(line)).hasMessageContaining(reason);
  }

  /** The unit of the device may be that of a broadcast where the tag has its own. */
  @Test
  void refusesABroadcast() throws Exception {
    server.unit(0);
    Written tag = tag("holding:7", "devices.press=" + server.url() + "?unit=0");
    assertThat(tag.target().refusal()).contains("broadcast");
  }

  @Test
  void refusesAValueThatMeansNoValue() throws Exception {
    assertThat(tag("holding:7 int16 invalid=0x8000").write(new LongValue(-32_768)))
        .isInstanceOf(WriteOutcome.Rejected.class);
    assertThat(server.unit(1).written(HOLDING, 7)).isEmpty();
  }

  @Test
  void aRejectedWriteHasFailed() throws Exception {
    server.unit(1).illegal(HOLDING, 7, 1);
    assertThat(tag("holding:7").write(new LongValue(1)))
        .isInstanceOfSatisfying(
            WriteOutcome.Failed.class,
            failed -> assertThat(failed.status()).isEqualTo("2 ILLEGAL_DATA_ADDRESS"));
  }

  private static Stream<Arguments> faults() {
    return Stream.of(
        Arguments.of("never answers", ServerFault.HANG),
        Arguments.of("closes the connection", ServerFault.DISCONNECT),
        Arguments.of("closes it in the middle of the answer", ServerFault.DISCONNECT_MID_REPLY),
        Arguments.of("stops in the middle of the answer", ServerFault.HANG_MID_REPLY),
        Arguments.of("answers with another transaction", ServerFault.WRONG_TRANSACTION),
        Arguments.of("answers in the name of another unit", ServerFault.WRONG_UNIT),
        Arguments.of("answers with another function", ServerFault.WRONG_FUNCTION),
        Arguments.of(
            "answers with text",
            ServerFault.garbage("HTTP/1.1 400\r\n\r\n".getBytes(StandardCharsets.US_ASCII))));
  }

  @ParameterizedTest(name = "a device that {0}")
  @MethodSource("faults")
  void aWriteWithoutAProperAnswerIsUnknownAndSentOnce(String description, ServerFault fault)
      throws Exception {
    Written tag = tag("holding:7", "modbus.request.retries=3");
    assertThat(tag.write(new LongValue(1))).isEqualTo(WriteOutcome.Done.ACCEPTED);
    server.fault(fault);
    assertThat(tag.write(new LongValue(2)))
        .isInstanceOfSatisfying(
            WriteOutcome.Unknown.class,
            unknown -> {
              assertThat(unknown.status()).isNotBlank();
              assertThat(unknown.text()).contains("function 6");
            });
    assertThat(server.unit(1).written(HOLDING, 7)).containsExactly(1, 2);
    server.fault(ServerFault.NONE);
    assertThat(tag.write(new LongValue(3))).isEqualTo(WriteOutcome.Done.ACCEPTED);
    assertThat(server.unit(1).written(HOLDING, 7)).containsExactly(1, 2, 3);
  }

  /** The late answer to a write without an answer must not confirm the next one. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aLateAnswerConfirmsNothingElse(boolean rtu) throws Exception {
    try (SimulatedModbusServer peer =
        rtu ? SimulatedModbusServer.rtuOverTcp() : SimulatedModbusServer.tcp()) {
      peer.unit(1);
      Written tag = tag(peer, "holding:7");
      peer.next(1, ServerFault.late(Duration.ofMillis(600)));
      assertThat(tag.write(new LongValue(1))).isInstanceOf(WriteOutcome.Unknown.class);
      peer.next(1, ServerFault.HANG);
      assertThat(tag.write(new LongValue(2))).isInstanceOf(WriteOutcome.Unknown.class);
      assertThat(peer.unit(1).written(HOLDING, 7)).containsExactly(1, 2);
    }
  }

  /** A device closes idle connections: the write goes into a new one, once. */
  @Test
  void aConnectionThatTheDeviceClosedIsMadeAgainBeforeTheWrite() throws Exception {
    Written tag = tag("holding:7");
    assertThat(tag.write(new LongValue(1))).isEqualTo(WriteOutcome.Done.ACCEPTED);
    server.stop();
    server.start();
    assertThat(tag.write(new LongValue(2))).isEqualTo(WriteOutcome.Done.ACCEPTED);
    assertThat(server.unit(1).written(HOLDING, 7)).containsExactly(1, 2);
  }

  @Test
  void aDeviceThatIsAwayGetsNothing() throws Exception {
    Written tag = tag("holding:7");
    server.stop();
    assertThatThrownBy(() -> tag.write(new LongValue(1))).isInstanceOf(ProtocolException.class);
    assertThat(lost).isNotEmpty();
    assertThat(server.unit(1).written(HOLDING, 7)).isEmpty();
  }

  @Test
  void writesOverRtu() throws Exception {
    try (SimulatedModbusServer peer = SimulatedModbusServer.rtuOverTcp()) {
      peer.unit(1);
      assertThat(tag(peer, "holding:7 float32").write(new DoubleValue(1.5)))
          .isEqualTo(WriteOutcome.Done.ACCEPTED);
      assertThat(tag(peer, "holding:9.15").write(BooleanValue.TRUE))
          .isEqualTo(WriteOutcome.Done.ACCEPTED);
      assertThat(peer.unit(1).value(HOLDING, 7)).isEqualTo(0x3FC0);
      assertThat(peer.unit(1).value(HOLDING, 9)).isEqualTo(0x8000);
    }
  }
}
