// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.config;

import io.connectot.core.config.Key;
import io.connectot.core.spi.LineException;
import io.connectot.core.spi.LineOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Reads device lines. A parameter of a line that is called like a {@code modbus.*} key without its
 * prefix overrides that key for the device.
 */
public final class DeviceParser {
  private static final String PREFIX = "modbus.";
  private static final int MAX_MILLIS = (int) ModbusConfig.MAX_TIME.toMillis();

  /** Units 248 to 255 are reserved on a serial line: Modbus over Serial Line V1.02 §2.2. */
  private static final int MAX_SERIAL_UNIT = 247;

  private static final int MAX_UNIT = 255;

  private static final List<String> OVERRIDES =
      List.of(
          parameter(ModbusConfig.CONNECT_TIMEOUT),
          parameter(ModbusConfig.REQUEST_TIMEOUT),
          parameter(ModbusConfig.REQUEST_RETRIES),
          parameter(ModbusConfig.RETRY_BACKOFF),
          parameter(ModbusConfig.PAUSE_AFTER_CONNECT),
          parameter(ModbusConfig.INTER_REQUEST_DELAY),
          parameter(ModbusConfig.CLOSE_AFTER_POLL),
          parameter(ModbusConfig.BACKUP_RETRY),
          parameter(ModbusConfig.BLOCK_MAX_REGISTERS),
          parameter(ModbusConfig.BLOCK_MAX_BITS),
          parameter(ModbusConfig.BLOCK_MAX_GAP),
          parameter(ModbusConfig.BLOCK_START_COILS_AT_ZERO),
          parameter(ModbusConfig.BLOCK_ISOLATION),
          parameter(ModbusConfig.BLOCK_ISOLATION_RECHECK));

  private final ModbusConnectionSettings connection;
  private final BlockSettings blocks;

  /**
   * @param connection what applies where a line says nothing
   * @param blocks what applies where a line says nothing
   */
  public DeviceParser(ModbusConnectionSettings connection, BlockSettings blocks) {
    this.connection = connection;
    this.blocks = blocks;
  }

  /**
   * Reads a device URL.
   *
   * @throws LineException when it cannot work, saying what to write
   */
  public ModbusDevice parse(String text) throws LineException {
    DeviceUrl url = DeviceUrl.parse(text);
    ModbusEndpoint endpoint = EndpointParser.parse(url);
    LineOptions options = url.parameters();
    int unit = unit(options, url.transport());
    Optional<String> backupText = options.text("backup");
    Optional<ModbusEndpoint> backup =
        backupText.isPresent()
            ? Optional.of(EndpointParser.backup(backupText.get(), url.transport()))
            : Optional.empty();
    if (backup.isPresent() && backup.get().url().equals(endpoint.url())) {
      throw new LineException("backup= names the device's own connection; leave it out");
    }
    ModbusDevice device =
        new ModbusDevice(endpoint, backup, unit, connection(options), blocks(options));
    List<String> known = new ArrayList<>(List.of("unit", "backup"));
    known.addAll(OVERRIDES);
    if (url.transport().isSerial()) {
      known.addAll(EndpointParser.SERIAL_PARAMETERS);
    }
    url.refuseUnknown(known);
    return device;
  }

  private static int unit(LineOptions options, ModbusTransport transport) throws LineException {
    int unit = options.integer("unit", 0, MAX_UNIT).orElse(1);
    boolean line = transport.isSerial() || transport == ModbusTransport.RTU_TCP;
    if (line && unit == 0) {
      throw new LineException(
          "unit=0: is the broadcast address of a serial line, which units do not answer; write 1 to"
              + " "
              + MAX_SERIAL_UNIT);
    }
    if (transport.isSerial() && unit > MAX_SERIAL_UNIT) {
      throw new LineException(
          "unit=" + unit + ": is reserved on a serial line; write 1 to " + MAX_SERIAL_UNIT);
    }
    return unit;
  }

  private ModbusConnectionSettings connection(LineOptions options) throws LineException {
    return new ModbusConnectionSettings(
        duration(options, ModbusConfig.CONNECT_TIMEOUT, 1, connection.connectTimeout()),
        duration(options, ModbusConfig.REQUEST_TIMEOUT, 1, connection.requestTimeout()),
        options
            .integer(parameter(ModbusConfig.REQUEST_RETRIES), 0, 100)
            .orElse(connection.retries()),
        duration(options, ModbusConfig.RETRY_BACKOFF, 0, connection.retryBackoff()),
        duration(options, ModbusConfig.PAUSE_AFTER_CONNECT, 0, connection.pauseAfterConnect()),
        duration(options, ModbusConfig.INTER_REQUEST_DELAY, 0, connection.interRequestDelay()),
        options.flag(parameter(ModbusConfig.CLOSE_AFTER_POLL)).orElse(connection.closeAfterPoll()),
        duration(options, ModbusConfig.BACKUP_RETRY, 1, connection.backupRetryInterval()));
  }

  private BlockSettings blocks(LineOptions options) throws LineException {
    return new BlockSettings(
        options
            .integer(parameter(ModbusConfig.BLOCK_MAX_REGISTERS), 1, 125)
            .orElse(blocks.maxRegisters()),
        options.integer(parameter(ModbusConfig.BLOCK_MAX_BITS), 1, 2000).orElse(blocks.maxBits()),
        options.integer(parameter(ModbusConfig.BLOCK_MAX_GAP), 0, 2000).orElse(blocks.maxGap()),
        options
            .flag(parameter(ModbusConfig.BLOCK_START_COILS_AT_ZERO))
            .orElse(blocks.startCoilsAtZero()),
        options
            .choice(parameter(ModbusConfig.BLOCK_ISOLATION), Isolation.class)
            .orElse(blocks.isolation()),
        duration(options, ModbusConfig.BLOCK_ISOLATION_RECHECK, 1, blocks.recheckInterval()));
  }

  private static Duration duration(
      LineOptions options, Key<Duration> key, int min, Duration otherwise) throws LineException {
    OptionalInt millis = options.integer(parameter(key), min, MAX_MILLIS);
    return millis.isPresent() ? Duration.ofMillis(millis.getAsInt()) : otherwise;
  }

  private static String parameter(Key<?> key) {
    return key.name().substring(PREFIX.length());
  }
}
