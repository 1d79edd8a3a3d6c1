// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.connectot.core.connection.Clock;
import io.connectot.core.spi.PollingDriver.HealthPolicy;
import io.connectot.core.spi.line.DeviceLine;
import io.connectot.core.spi.line.LineException;
import io.connectot.core.spi.line.LineOptions;
import io.connectot.core.spi.line.TagLine;
import io.connectot.modbus.config.ModbusConfig;
import io.connectot.modbus.plan.BlockSettings;
import io.connectot.modbus.plan.Isolation;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModbusProtocolTest {
  private final ModbusProtocol protocol =
      new ModbusProtocol(config -> device -> new FakeConnection(), Clock.SYSTEM);

  @Test
  void everyKeyIsReadyForAUserInterface() {
    ConfigDef definition = definition();
    assertThat(definition.names()).contains("ssl.truststore.location");
    assertThat(definition.configKeys().values())
        .filteredOn(key -> !key.name.startsWith("ssl."))
        .hasSize(25)
        .allSatisfy(
            key -> {
              assertThat(key.name).startsWith("modbus.");
              assertThat(key.group).startsWith("Modbus ");
              assertThat(key.orderInGroup).isPositive();
              assertThat(key.displayName).isNotEqualTo(key.name);
              assertThat(key.documentation).endsWith(".");
              assertThat(key.hasDefault()).isTrue();
              if (key.type != ConfigDef.Type.BOOLEAN) {
                assertThat(key.validator).isNotNull();
                assertThat(key.validator.toString()).doesNotContain("@").isNotBlank();
              }
            });
    assertThat(definition.toEnrichedRst()).contains("one of bisect, single, none");
  }

  @Test
  void defaultsAreThoseOfTheCode() throws LineException {
    ModbusDriver driver = bind(Map.of());
    var device = driver.parseDevice(new DeviceLine("press1", "tcp://plc")).settings();
    assertThat(device.config().get(ModbusConfig.CONNECT_TIMEOUT)).hasSeconds(5);
    assertThat(device.config().get(ModbusConfig.REQUEST_TIMEOUT)).hasSeconds(1);
    assertThat(device.config().get(ModbusConfig.REQUEST_RETRIES)).isEqualTo(1);
    assertThat(device.config().get(ModbusConfig.RETRY_BACKOFF)).hasMillis(100);
    assertThat(device.config().get(ModbusConfig.PAUSE_AFTER_CONNECT)).isZero();
    assertThat(device.config().get(ModbusConfig.INTER_REQUEST_DELAY)).isZero();
    assertThat(device.config().get(ModbusSourceConfig.CLOSE_AFTER_POLL)).isFalse();
    assertThat(device.config().get(ModbusConfig.BACKUP_RETRY)).hasSeconds(60);
    assertThat(ModbusSourceConfig.blocks(device.config()))
        .isEqualTo(new BlockSettings(125, 2000, 0, false, Isolation.BISECT, Duration.ofMinutes(5)));
    assertThat(driver.healthPolicy()).isEqualTo(new HealthPolicy(3, Duration.ofSeconds(60)));
  }

  @Test
  void keysReachDevicesAndTags() throws LineException {
    ModbusDriver driver =
        bind(
            Map.of(
                "modbus.address.base", "1",
                "modbus.byte.order", "cdab",
                "modbus.block.isolation", "single",
                "modbus.request.timeout.ms", "250",
                "modbus.degrade.after.failures", "5",
                "modbus.degrade.retry.ms", "7000"));
    var device = driver.parseDevice(new DeviceLine("press1", "tcp://plc?unit=9"));
    assertThat(device.endpoint()).isEqualTo("tcp://plc:502");
    assertThat(device.settings().unit()).isEqualTo(9);
    assertThat(device.settings().config().get(ModbusConfig.REQUEST_TIMEOUT)).hasMillis(250);
    assertThat(ModbusSourceConfig.blocks(device.settings().config()).isolation())
        .isEqualTo(Isolation.SINGLE);
    assertThat(driver.healthPolicy()).isEqualTo(new HealthPolicy(5, Duration.ofSeconds(7)));
    var tag = driver.parseTag(line("holding:100", "float32", Map.of("unit.id", "3")));
    assertThat(tag.address().address()).hasToString("holding:99");
    assertThat(tag.address().unit()).hasValue(3);
  }

  @Test
  void aDeviceLineOverridesKeys() throws LineException {
    String url =
        "tcp://a?close.after.poll=true&block.max.registers=8&block.max.bits=9&block.max.gap=10"
            + "&block.start.coils.at.zero=true&block.isolation=none&block.isolation.recheck.ms=11";
    var device = bind(Map.of()).parseDevice(new DeviceLine("press1", url)).settings();
    assertThat(device.config().get(ModbusSourceConfig.CLOSE_AFTER_POLL)).isTrue();
    assertThat(ModbusSourceConfig.blocks(device.config()))
        .isEqualTo(new BlockSettings(8, 9, 10, true, Isolation.NONE, Duration.ofMillis(11)));
  }

  @ParameterizedTest
  @CsvSource({
    "modbus.address.base, 2", "modbus.byte.order, ACBD", "modbus.byte.order, AB",
    "modbus.block.max.registers, 126", "modbus.block.max.bits, 0", "modbus.block.max.gap, -1",
    "modbus.block.isolation, bisct", "modbus.request.timeout.ms, 0", "modbus.request.retries, -1",
    "modbus.degrade.after.failures, 0"
  })
  void refusesWhatCannotWork(String key, String value) {
    assertThatThrownBy(() -> bind(Map.of(key, value)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(key);
  }

  @Test
  void theRecheckTimeIsHiddenWithoutIsolation() {
    ConfigDef.ConfigKey key = definition().configKeys().get("modbus.block.isolation.recheck.ms");
    assertThat(key.recommender.visible(key.name, Map.of("modbus.block.isolation", "none")))
        .isFalse();
    assertThat(key.recommender.visible(key.name, Map.of("modbus.block.isolation", "bisect")))
        .isTrue();
  }

  @Test
  void unitIsLeftToTheEngineeringUnit() {
    assertThat(protocol.tagOptions()).contains("unit.id", "order").doesNotContain("unit");
  }

  @Test
  void leavesUnknownOptionsToTheCaller() throws LineException {
    TagLine line = line("coil:1", null, Map.of("order", "CDAB"));
    bind(Map.of()).parseTag(line);
    assertThat(line.options().remaining()).containsExactly("order");
  }

  private static TagLine line(String address, String type, Map<String, String> options) {
    return new TagLine("t", address, Optional.ofNullable(type), new LineOptions(options));
  }

  private ConfigDef definition() {
    ConfigDef definition = new ConfigDef();
    protocol.defineConfig(definition);
    return definition;
  }

  private ModbusDriver bind(Map<String, String> props) {
    return (ModbusDriver) protocol.bind(new AbstractConfig(definition(), props, false));
  }
}
