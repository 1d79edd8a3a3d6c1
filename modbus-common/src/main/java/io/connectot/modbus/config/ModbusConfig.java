// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.config;

import io.connectot.core.config.Checks;
import io.connectot.core.config.Choice;
import io.connectot.core.config.Option;
import io.connectot.core.config.VisibleWhen;
import io.connectot.core.spi.LineException;
import io.connectot.modbus.address.AddressParser;
import io.connectot.modbus.type.ByteOrdering;
import io.connectot.modbus.type.CodecParser;
import java.time.Duration;
import java.util.Locale;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Width;
import org.apache.kafka.common.config.ConfigException;

/** The {@code modbus.*} keys. */
public final class ModbusConfig {
  public static final String ADDRESS_BASE = "modbus.address.base";
  public static final String BYTE_ORDER = "modbus.byte.order";
  public static final String CONNECT_TIMEOUT_MS = "modbus.connect.timeout.ms";
  public static final String REQUEST_TIMEOUT_MS = "modbus.request.timeout.ms";
  public static final String REQUEST_RETRIES = "modbus.request.retries";
  public static final String RETRY_BACKOFF_MS = "modbus.retry.backoff.ms";
  public static final String PAUSE_AFTER_CONNECT_MS = "modbus.pause.after.connect.ms";
  public static final String INTER_REQUEST_DELAY_MS = "modbus.inter.request.delay.ms";
  public static final String CLOSE_AFTER_POLL = "modbus.close.after.poll";
  public static final String BACKUP_RETRY_MS = "modbus.backup.retry.ms";
  public static final String DEGRADE_AFTER_FAILURES = "modbus.degrade.after.failures";
  public static final String DEGRADE_RETRY_MS = "modbus.degrade.retry.ms";
  public static final String BLOCK_MAX_REGISTERS = "modbus.block.max.registers";
  public static final String BLOCK_MAX_BITS = "modbus.block.max.bits";
  public static final String BLOCK_MAX_GAP = "modbus.block.max.gap";
  public static final String BLOCK_START_COILS_AT_ZERO = "modbus.block.start.coils.at.zero";
  public static final String BLOCK_ISOLATION = "modbus.block.isolation";
  public static final String BLOCK_ISOLATION_RECHECK_MS = "modbus.block.isolation.recheck.ms";

  private static final String ADDRESSES = "Modbus addresses";
  private static final String TIMING = "Modbus timing";
  private static final String BLOCKS = "Modbus requests";
  private static final long MAX_MILLIS = Duration.ofDays(1).toMillis();

  private final AbstractConfig config;

  /** Reads the keys from a configuration whose definition has them. */
  public ModbusConfig(AbstractConfig config) {
    this.config = config;
  }

  /** Adds the keys. */
  public static void addTo(ConfigDef definition) {
    addAddresses(definition);
    addTiming(definition);
    addHealth(definition);
    addBlocks(definition);
  }

  private static void addAddresses(ConfigDef definition) {
    Option.of(ADDRESS_BASE, ConfigDef.Type.INT)
        .defaultValue(0)
        .validator(Checks.between(0, 1))
        .group(ADDRESSES)
        .displayName("First address")
        .width(Width.SHORT)
        .doc(
            "The number of the first register in addresses like holding:100: 0 as on the wire, or 1"
                + " as many register maps count. Modicon addresses like 400101 count from 1"
                + " whatever this says.")
        .addTo(definition);
    Option.of(BYTE_ORDER, ConfigDef.Type.STRING)
        .defaultValue("ABCD")
        .validator(Checks.required("ABCD, BADC, CDAB or DCBA", ModbusConfig::checkOrder))
        .group(ADDRESSES)
        .displayName("Byte order")
        .width(Width.SHORT)
        .doc(
            "The order of bytes on the wire, of numbers whose tag line has no order option: ABCD"
                + " most significant first, BADC bytes of each register swapped, CDAB last register"
                + " first, DCBA both. Text and raw bytes are not touched by it.")
        .addTo(definition);
  }

  private static void addTiming(ConfigDef definition) {
    millis(CONNECT_TIMEOUT_MS, 5000, 1, "Connect timeout (ms)")
        .doc(
            "The longest time a connection may take to be made, in milliseconds, the TLS handshake"
                + " included.")
        .addTo(definition);
    millis(REQUEST_TIMEOUT_MS, 1000, 1, "Request timeout (ms)")
        .importance(Importance.MEDIUM)
        .doc("The longest time from a request to its whole reply, in milliseconds.")
        .addTo(definition);
    Option.of(REQUEST_RETRIES, ConfigDef.Type.INT)
        .defaultValue(1)
        .validator(Checks.between(0, 100))
        .importance(Importance.LOW)
        .group(TIMING)
        .displayName("Retries")
        .width(Width.SHORT)
        .doc(
            "How often a request is sent again when it was not answered in time, or answered with"
                + " exception 5 (acknowledge) or 6 (busy). Other exceptions are answers.")
        .addTo(definition);
    millis(RETRY_BACKOFF_MS, 100, 0, "Pause before a retry (ms)")
        .doc("The pause before a request is sent again, in milliseconds.")
        .addTo(definition);
    millis(PAUSE_AFTER_CONNECT_MS, 0, 0, "Pause after connecting (ms)")
        .doc(
            "The pause between connecting and the first request, in milliseconds, for devices that"
                + " accept a connection before they are ready to answer.")
        .addTo(definition);
    millis(INTER_REQUEST_DELAY_MS, 0, 0, "Pause between requests (ms)")
        .doc(
            "The least time between a reply and the next request, in milliseconds, for devices"
                + " that lose requests when they come fast. Serial lines keep the 3.5 characters of"
                + " the standard in any case.")
        .addTo(definition);
    Option.of(CLOSE_AFTER_POLL, ConfigDef.Type.BOOLEAN)
        .defaultValue(false)
        .importance(Importance.LOW)
        .group(TIMING)
        .displayName("Close after each scan")
        .width(Width.SHORT)
        .doc(
            "Whether the connection is closed after each scan, for devices that serve one"
                + " connection only, which others need too.")
        .addTo(definition);
    millis(BACKUP_RETRY_MS, 60_000, 1, "Stay on the backup for (ms)")
        .doc(
            "How long the connection named by backup= is used, in milliseconds, before the first"
                + " one is tried again.")
        .addTo(definition);
  }

  private static void addHealth(ConfigDef definition) {
    Option.of(DEGRADE_AFTER_FAILURES, ConfigDef.Type.INT)
        .defaultValue(3)
        .validator(Checks.between(1, 1000))
        .importance(Importance.LOW)
        .group(TIMING)
        .displayName("Failures until a device is offline")
        .width(Width.SHORT)
        .doc(
            "After how many scans in a row without an answer a device counts as OFFLINE. It is"
                + " DEGRADED from the first on. Devices that share its line go on being read.")
        .addTo(definition);
    millis(DEGRADE_RETRY_MS, 60_000, 1, "Longest pause between probes (ms)")
        .doc(
            "A device that does not answer is only asked at growing intervals, so that it does not"
                + " take a timeout out of every scan of the others on its line. The longest of"
                + " these intervals, in milliseconds. Units that tags name by unit.id are treated"
                + " alike.")
        .addTo(definition);
  }

  private static void addBlocks(ConfigDef definition) {
    Option.of(BLOCK_MAX_REGISTERS, ConfigDef.Type.INT)
        .defaultValue(125)
        .validator(Checks.between(1, 125))
        .group(BLOCKS)
        .displayName("Registers in a request")
        .width(Width.SHORT)
        .doc("The most registers one request reads. The protocol allows 125; some devices less.")
        .addTo(definition);
    Option.of(BLOCK_MAX_BITS, ConfigDef.Type.INT)
        .defaultValue(2000)
        .validator(Checks.between(1, 2000))
        .group(BLOCKS)
        .displayName("Coils or discrete inputs in a request")
        .width(Width.SHORT)
        .doc(
            "The most coils or discrete inputs one request reads. The protocol allows 2000; some"
                + " devices less.")
        .addTo(definition);
    Option.of(BLOCK_MAX_GAP, ConfigDef.Type.INT)
        .defaultValue(0)
        .validator(Checks.between(0, 2000))
        .group(BLOCKS)
        .displayName("Unused registers to read over")
        .width(Width.SHORT)
        .doc(
            "How many registers or bits that no tag asks for one request may read over, so that"
                + " two requests become one. With 0 nothing is read but what tags ask for: some"
                + " devices refuse undefined registers, and a few answer the next request wrongly"
                + " after one.")
        .addTo(definition);
    Option.of(BLOCK_START_COILS_AT_ZERO, ConfigDef.Type.BOOLEAN)
        .defaultValue(false)
        .importance(Importance.LOW)
        .group(BLOCKS)
        .displayName("Read coils from 0")
        .width(Width.SHORT)
        .doc(
            "Whether requests for coils begin at address 0 as long as they do not become too long,"
                + " for devices that answer no others.")
        .addTo(definition);
    Option.choice(BLOCK_ISOLATION, Isolation.class, Isolation.BISECT)
        .importance(Importance.LOW)
        .group(BLOCKS)
        .displayName("When a request is refused")
        .doc(
            "What happens when a device refuses a request for several tags because one of their"
                + " addresses is not there: bisect finds the guilty tags by halves, single by"
                + " reading each alone, and both leave them out from then on, so that the others"
                + " are read; none makes all tags of the request BAD.")
        .dependents(BLOCK_ISOLATION_RECHECK_MS)
        .addTo(definition);
    millis(BLOCK_ISOLATION_RECHECK_MS, 300_000, 1, "Recheck refused tags after (ms)")
        .group(BLOCKS)
        .recommender(VisibleWhen.isNot(BLOCK_ISOLATION, "none"))
        .doc(
            "After what time a refused tag is asked for again, in milliseconds, one tag a scan at"
                + " most.")
        .addTo(definition);
  }

  private static Option millis(String key, long value, long min, String displayName) {
    return Option.of(key, ConfigDef.Type.LONG)
        .defaultValue(value)
        .validator(Checks.between(min, MAX_MILLIS))
        .importance(Importance.LOW)
        .group(TIMING)
        .displayName(displayName)
        .width(Width.SHORT);
  }

  private static void checkOrder(String text) throws LineException {
    if (text.length() != 4) {
      throw new LineException("must be ABCD, BADC, CDAB or DCBA");
    }
    ByteOrdering.parse(text);
  }

  /** Reads addresses by the configured base. */
  public AddressParser addresses() {
    return new AddressParser(config.getInt(ADDRESS_BASE));
  }

  /** Reads types by the configured byte order. */
  public CodecParser codecs() {
    try {
      return new CodecParser(
          ByteOrdering.parse(config.getString(BYTE_ORDER).toUpperCase(Locale.ROOT)));
    } catch (LineException e) {
      throw new ConfigException(BYTE_ORDER, config.getString(BYTE_ORDER), e.getMessage());
    }
  }

  /** How connections are treated, where a device's line says nothing else. */
  public ModbusConnectionSettings connection() {
    return new ModbusConnectionSettings(
        duration(CONNECT_TIMEOUT_MS),
        duration(REQUEST_TIMEOUT_MS),
        config.getInt(REQUEST_RETRIES),
        duration(RETRY_BACKOFF_MS),
        duration(PAUSE_AFTER_CONNECT_MS),
        duration(INTER_REQUEST_DELAY_MS),
        config.getBoolean(CLOSE_AFTER_POLL),
        duration(BACKUP_RETRY_MS));
  }

  /** How reads are put together, where a device's line says nothing else. */
  public BlockSettings blocks() {
    return new BlockSettings(
        config.getInt(BLOCK_MAX_REGISTERS),
        config.getInt(BLOCK_MAX_BITS),
        config.getInt(BLOCK_MAX_GAP),
        config.getBoolean(BLOCK_START_COILS_AT_ZERO),
        Choice.get(config, BLOCK_ISOLATION, Isolation.class),
        duration(BLOCK_ISOLATION_RECHECK_MS));
  }

  /** After how many failed scans a device is OFFLINE. */
  public int degradeAfterFailures() {
    return config.getInt(DEGRADE_AFTER_FAILURES);
  }

  /** The longest interval between probes of a device or unit that does not answer. */
  public Duration longestProbeInterval() {
    return duration(DEGRADE_RETRY_MS);
  }

  private Duration duration(String key) {
    return Duration.ofMillis(config.getLong(key));
  }
}
