// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.connectot.core.config.Configuration;
import io.connectot.core.config.Key;
import io.connectot.core.config.Keys;
import io.connectot.core.spi.line.LineException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SharedConnectionsTest {
  /** A key that devices on one connection do not share. */
  private static final Key<Integer> OF_A_DEVICE =
      Key.integer("modbus.block.max.registers", 125, 1, 125);

  private static final Keys KEYS =
      Keys.of(ModbusConfig.CONNECTION, Keys.group("of a device", OF_A_DEVICE));

  private final DeviceParser parser =
      new DeviceParser(Configuration.parse(KEYS.definition(), Map.of()), KEYS);
  private final SharedConnections connections = new SharedConnections(ModbusConfig.CONNECTION);

  @Test
  void unitsOfOneConnectionShareIt() throws LineException {
    assertThat(join("a", "tcp://plc?unit=1"))
        .isEqualTo(join("b", "tcp://PLC:502?unit=2&block.max.registers=10"))
        .isEqualTo("tcp://plc:502");
    assertThat(join("c", "rtu:///dev/ttyS0?unit=1&parity=even"))
        .isEqualTo(join("d", "rtu:///dev/ttyS0?unit=2"));
    assertThat(join("e", "tcp://plc:503")).isEqualTo("tcp://plc:503");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "rtu:///dev/ttyS0?baud=9600 | rtu:///dev/ttyS0 | other serial parameters",
        "rtu:///dev/ttyS0 | ascii:///dev/ttyS0 | other serial parameters",
        "tcp://plc?backup=b | tcp://plc | another backup",
        "tcp://plc?backup=b | tcp://plc?backup=c | another backup",
        "tcp://plc?request.timeout.ms=5 | tcp://plc | other timeouts, retries or pauses"
      })
  void contradictionsAreErrors(String one, String other, String message) throws LineException {
    join("press1", one);
    assertThatThrownBy(() -> join("press2", other))
        .isInstanceOf(LineException.class)
        .hasMessageStartingWith("shares " + other.replaceAll("\\?.*", ""))
        .hasMessageContaining("with device press1 but has " + message);
  }

  @Test
  void aDeviceReadAgainReplacesItself() throws LineException {
    join("press1", "tcp://plc?backup=b");
    assertThat(join("press1", "tcp://plc")).isEqualTo("tcp://plc:502");
    assertThat(join("press2", "tcp://plc")).isEqualTo("tcp://plc:502");
  }

  private String join(String name, String url) throws LineException {
    return connections.join(name, parser.parse(url));
  }
}
