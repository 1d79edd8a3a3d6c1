// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.config;

import io.connectot.core.config.Configuration;
import io.connectot.core.config.Key;
import io.connectot.core.config.Keys;
import io.connectot.core.spi.LineException;
import io.connectot.modbus.type.ByteOrdering;
import java.time.Duration;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Width;

/** The {@code modbus.*} keys. */
public final class ModbusConfig {
  /** The longest time that a key or a parameter of a device line can have. */
  static final Duration MAX_TIME = Duration.ofDays(1);

  public static final Key<Integer> ADDRESS_BASE =
      Key.integer("modbus.address.base", 0, 0, 1)
          .display("First address")
          .doc(
              "Number of the first register in addresses like holding:100: 0 as in the protocol, or"
                  + " 1 as in many register maps. Modicon addresses like 400101 always count from"
                  + " 1.");

  public static final Key<ByteOrdering> BYTE_ORDER =
      Key.text("modbus.byte.order", "ABCD", "ABCD, BADC, CDAB or DCBA", ModbusConfig::byteOrder)
          .display("Byte order")
          .width(Width.SHORT)
          .doc(
              "Byte order of numbers whose tag line has no order option: ABCD most significant byte"
                  + " first, BADC bytes of each register swapped, CDAB last register first, DCBA"
                  + " both. Text and raw bytes are not reordered.");

  public static final Key<Duration> CONNECT_TIMEOUT =
      millis("modbus.connect.timeout.ms", 5000, 1)
          .display("Connect timeout (ms)")
          .doc(
              "Maximum time to establish a connection, in milliseconds, including the TLS"
                  + " handshake.");

  public static final Key<Duration> REQUEST_TIMEOUT =
      millis("modbus.request.timeout.ms", 1000, 1)
          .importance(Importance.MEDIUM)
          .display("Request timeout (ms)")
          .doc("Maximum time from a request to its complete response, in milliseconds.");

  public static final Key<Integer> REQUEST_RETRIES =
      Key.integer("modbus.request.retries", 1, 0, 100)
          .importance(Importance.LOW)
          .display("Retries")
          .doc(
              "How often a request is sent again after a timeout, exception 5 (acknowledge) or"
                  + " exception 6 (busy). Other exceptions are not retried.");

  public static final Key<Duration> RETRY_BACKOFF =
      millis("modbus.retry.backoff.ms", 100, 0)
          .display("Pause before a retry (ms)")
          .doc("Pause before a request is sent again, in milliseconds.");

  public static final Key<Duration> PAUSE_AFTER_CONNECT =
      millis("modbus.pause.after.connect.ms", 0, 0)
          .display("Pause after connecting (ms)")
          .doc(
              "Pause between connecting and the first request, in milliseconds, for devices that"
                  + " accept a connection before they are ready to answer.");

  public static final Key<Duration> INTER_REQUEST_DELAY =
      millis("modbus.inter.request.delay.ms", 0, 0)
          .display("Pause between requests (ms)")
          .doc(
              "Minimum time between a response and the next request, in milliseconds, for devices"
                  + " that lose requests that follow too fast. Serial lines always keep the 3.5"
                  + " characters of the standard.");

  public static final Key<Boolean> CLOSE_AFTER_POLL =
      Key.flag("modbus.close.after.poll", false)
          .importance(Importance.LOW)
          .display("Close after each scan")
          .doc(
              "Whether the connection is closed after each scan, for devices that accept only one"
                  + " connection, which other clients need too.");

  public static final Key<Duration> BACKUP_RETRY =
      millis("modbus.backup.retry.ms", 60_000, 1)
          .display("Stay on the backup for (ms)")
          .doc(
              "How long the connection of backup= is used before the first one is tried again, in"
                  + " milliseconds.");

  public static final Key<Integer> DEGRADE_AFTER_FAILURES =
      Key.integer("modbus.degrade.after.failures", 3, 1, 1000)
          .importance(Importance.LOW)
          .display("Failures until a device is offline")
          .doc(
              "Number of consecutive scans without a response after which a device is OFFLINE. It"
                  + " is DEGRADED after the first one. Devices on the same line are still read.");

  public static final Key<Duration> DEGRADE_RETRY =
      millis("modbus.degrade.retry.ms", 60_000, 1)
          .display("Longest pause between probes (ms)")
          .doc(
              "A device that does not answer is probed at growing intervals, so that it does not"
                  + " add a timeout to every scan of the other devices on its line. This is the"
                  + " longest interval, in milliseconds. It also applies to units that tags name by"
                  + " unit.id.");

  public static final Key<Integer> BLOCK_MAX_REGISTERS =
      Key.integer("modbus.block.max.registers", 125, 1, 125)
          .display("Registers in a request")
          .doc("Maximum registers in one request. The protocol allows 125; some devices fewer.");

  public static final Key<Integer> BLOCK_MAX_BITS =
      Key.integer("modbus.block.max.bits", 2000, 1, 2000)
          .display("Coils or discrete inputs in a request")
          .doc(
              "Maximum coils or discrete inputs in one request. The protocol allows 2000; some"
                  + " devices fewer.");

  public static final Key<Integer> BLOCK_MAX_GAP =
      Key.integer("modbus.block.max.gap", 0, 0, 2000)
          .display("Unused registers to read over")
          .doc(
              "Maximum registers or bits without a tag that one request reads to join two requests."
                  + " With 0 only addresses of tags are read: some devices reject undefined"
                  + " registers, and a few answer the next request wrongly after one.");

  public static final Key<Boolean> BLOCK_START_COILS_AT_ZERO =
      Key.flag("modbus.block.start.coils.at.zero", false)
          .importance(Importance.LOW)
          .display("Read coils from 0")
          .doc(
              "Whether requests for coils begin at address 0 if they do not become too long, for"
                  + " devices that answer no others.");

  public static final Key<Isolation> BLOCK_ISOLATION =
      Key.choice("modbus.block.isolation", Isolation.class, Isolation.BISECT)
          .importance(Importance.LOW)
          .display("When a request is refused")
          .doc(
              "What happens when a device rejects a request for several tags because one of their"
                  + " addresses does not exist: bisect halves the request until the rejected tags"
                  + " are found, single reads each tag alone. Both then exclude these tags, so that"
                  + " the others are read. none makes all tags of the request BAD.");

  public static final Key<Duration> BLOCK_ISOLATION_RECHECK =
      millis("modbus.block.isolation.recheck.ms", 300_000, 1)
          .visibleUnless(BLOCK_ISOLATION, Isolation.NONE)
          .display("Recheck refused tags after (ms)")
          .doc(
              "Time after which a rejected tag is read again, in milliseconds; at most one tag per"
                  + " scan.");

  public static final Keys KEYS =
      Keys.of(
          Keys.group("Modbus addresses", ADDRESS_BASE, BYTE_ORDER),
          Keys.group(
              "Modbus timing",
              CONNECT_TIMEOUT,
              REQUEST_TIMEOUT,
              REQUEST_RETRIES,
              RETRY_BACKOFF,
              PAUSE_AFTER_CONNECT,
              INTER_REQUEST_DELAY,
              CLOSE_AFTER_POLL,
              BACKUP_RETRY,
              DEGRADE_AFTER_FAILURES,
              DEGRADE_RETRY),
          Keys.group(
              "Modbus requests",
              BLOCK_MAX_REGISTERS,
              BLOCK_MAX_BITS,
              BLOCK_MAX_GAP,
              BLOCK_START_COILS_AT_ZERO,
              BLOCK_ISOLATION,
              BLOCK_ISOLATION_RECHECK));

  private ModbusConfig() {}

  private static Key<Duration> millis(String name, long defaultValue, long min) {
    return Key.millis(name, defaultValue, min, MAX_TIME).importance(Importance.LOW);
  }

  private static ByteOrdering byteOrder(String text) throws LineException {
    if (text.length() != 4) {
      throw new LineException("must be ABCD, BADC, CDAB or DCBA");
    }
    return ByteOrdering.parse(text);
  }

  /** The settings of connections, unless a device's line overrides them. */
  public static ModbusConnectionSettings connection(Configuration config) {
    return new ModbusConnectionSettings(
        config.get(CONNECT_TIMEOUT),
        config.get(REQUEST_TIMEOUT),
        config.get(REQUEST_RETRIES),
        config.get(RETRY_BACKOFF),
        config.get(PAUSE_AFTER_CONNECT),
        config.get(INTER_REQUEST_DELAY),
        config.get(CLOSE_AFTER_POLL),
        config.get(BACKUP_RETRY));
  }

  /** How reads are combined, unless a device's line overrides it. */
  public static BlockSettings blocks(Configuration config) {
    return new BlockSettings(
        config.get(BLOCK_MAX_REGISTERS),
        config.get(BLOCK_MAX_BITS),
        config.get(BLOCK_MAX_GAP),
        config.get(BLOCK_START_COILS_AT_ZERO),
        config.get(BLOCK_ISOLATION),
        config.get(BLOCK_ISOLATION_RECHECK));
  }
}
