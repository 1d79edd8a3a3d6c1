// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.connectot.core.config.validation.ConnectorValidator;
import io.connectot.core.model.Device;
import io.connectot.core.spi.ProtocolException;
import io.connectot.modbus.address.ModbusTable;
import io.connectot.modbus.config.ModbusDevice;
import io.connectot.modbus.config.ModbusTag;
import io.connectot.modbus.testing.ServerFault;
import io.connectot.modbus.testing.SimulatedModbusServer;
import io.connectot.modbus.testing.TestTags;
import io.connectot.modbus.transport.frame.ModbusExceptionCode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigValue;
import org.junit.jupiter.api.Test;

/** The connection test of validation. */
class DeviceProbeTest {
  private final Device<ModbusDevice> device = TestTags.device();
  private final FakeConnection connection = new FakeConnection();

  @Test
  void readsRealValues() throws ProtocolException {
    new DeviceProbe(device, connection).run(tags("holding:0", "input:5"));
    assertThat(connection.takeRequests()).hasSize(2);
  }

  @Test
  void aUnitThatIsNotThereFailsTheTest() {
    connection.silent(1);
    assertThatThrownBy(() -> new DeviceProbe(device, connection).run(tags("holding:0", "coil:1")))
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("unit 1");
    assertThat(connection.takeRequests()).hasSize(2);
    FakeConnection gateway =
        new FakeConnection()
            .refusing(1, ModbusExceptionCode.GATEWAY_TARGET_DEVICE_FAILED_TO_RESPOND);
    assertThatThrownBy(() -> new DeviceProbe(device, gateway).run(tags("holding:0")))
        .hasMessageContaining("unit 1")
        .hasMessageContaining("11 GATEWAY_TARGET_DEVICE_FAILED_TO_RESPOND");
  }

  @Test
  void aRegisterThatIsNotThereDoesNotFailTheTest() {
    connection.hole(1, 0, 7);
    assertThatCode(
            () ->
                new DeviceProbe(device, connection).run(tags("holding:0", "holding:7", "input:3")))
        .doesNotThrowAnyException();
    connection.holesAreSilent();
    assertThatCode(() -> new DeviceProbe(device, connection).run(tags("holding:0", "input:3")))
        .doesNotThrowAnyException();
  }

  @Test
  void aPortOfAnotherProtocolFailsTheTest() throws Exception {
    try (SimulatedModbusServer server = SimulatedModbusServer.tcp()) {
      server.unit(1);
      server.fault(
          ServerFault.garbage(
              "HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
      Map<String, String> props =
          Map.of(
              "name", "test",
              "topic", "plant",
              "devices.press", server.url() + "?unit=1",
              "tags.level", "holding:0");
      assertThat(ConnectorValidator.validate(new ModbusProtocol(), props).configValues())
          .flatExtracting(ConfigValue::errorMessages)
          .singleElement()
          .asString()
          .contains("cannot be reached")
          .contains("invalid response");
    }
  }

  /** With validate.tags, each tag is read; without, the log has those that are not there. */
  @Test
  void namesTheTagsThatCannotBeRead() throws Exception {
    try (SimulatedModbusServer server = SimulatedModbusServer.tcp()) {
      server.unit(1).illegal(ModbusTable.HOLDING_REGISTER, 7, 1);
      Map<String, String> props = new HashMap<>();
      props.put("name", "test");
      props.put("topic", "plant");
      props.put("devices.press", server.url() + "?unit=1");
      props.put("tags.level", "holding:0");
      props.put("tags.missing", "holding:7");
      assertThat(errors(props)).isEmpty();
      props.put("validate.tags", "true");
      assertThat(errors(props))
          .singleElement()
          .asString()
          .contains("'missing'")
          .contains("2 ILLEGAL_DATA_ADDRESS");
    }
  }

  private static List<String> errors(Map<String, String> props) {
    return ConnectorValidator.validate(new ModbusProtocol(), props).configValues().stream()
        .flatMap(value -> value.errorMessages().stream())
        .toList();
  }

  private static List<ModbusTag> tags(String... lines) {
    return Arrays.stream(lines).map(line -> TestTags.tag(line).address()).toList();
  }
}
