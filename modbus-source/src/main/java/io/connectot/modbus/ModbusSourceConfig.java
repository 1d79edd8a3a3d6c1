// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus;

import io.connectot.core.config.Configuration;
import io.connectot.core.config.Key;
import io.connectot.core.config.Keys;
import io.connectot.modbus.config.ModbusConfig;
import io.connectot.modbus.plan.BlockSettings;
import io.connectot.modbus.plan.Isolation;
import java.time.Duration;
import org.apache.kafka.common.config.ConfigDef.Importance;

/** The {@code modbus.*} keys of the source. */
final class ModbusSourceConfig {
  static final Key<Boolean> CLOSE_AFTER_POLL =
      Key.flag("modbus.close.after.poll", false)
          .importance(Importance.LOW)
          .display("Close after each scan")
          .doc(
              "Whether the connection is closed after each scan, for devices that accept only one"
                  + " connection, which other clients need too.");

  static final Key<Boolean> IDENTIFICATION =
      Key.flag("modbus.identification", false)
          .importance(Importance.LOW)
          .display("Read the device identification")
          .doc(
              "Whether each device is asked for its device identification (function code 43, MEI"
                  + " type 14) after its first scan on a connection. The answers are attributes of"
                  + " its records: vendor_name, product_code, major_minor_revision, vendor_url,"
                  + " product_name, model_name, user_application_name, and object_128 to object_255"
                  + " for those that the vendor defines. A device that does not answer costs one"
                  + " timeout, and is not asked again before the task restarts.");

  static final Key<Integer> DEGRADE_AFTER_FAILURES =
      Key.integer("modbus.degrade.after.failures", 3, 1, 1000)
          .importance(Importance.LOW)
          .display("Failures until a device is offline")
          .doc(
              "Number of consecutive scans without a response after which a device is OFFLINE. It"
                  + " is DEGRADED after the first one. Devices on the same line are still read.");

  static final Key<Duration> DEGRADE_RETRY =
      millis("modbus.degrade.retry.ms", 60_000)
          .display("Longest pause between probes (ms)")
          .doc(
              "A device that does not answer is probed at growing intervals, so that it does not"
                  + " add a timeout to every scan of the other devices on its line. This is the"
                  + " longest interval, in milliseconds. It also applies to units that tags name by"
                  + " unit.id.");

  static final Key<Integer> BLOCK_MAX_REGISTERS =
      Key.integer("modbus.block.max.registers", 125, 1, 125)
          .display("Registers in a request")
          .doc("Maximum registers in one request. The protocol allows 125; some devices fewer.");

  static final Key<Integer> BLOCK_MAX_BITS =
      Key.integer("modbus.block.max.bits", 2000, 1, 2000)
          .display("Coils or discrete inputs in a request")
          .doc(
              "Maximum coils or discrete inputs in one request. The protocol allows 2000; some"
                  + " devices fewer.");

  static final Key<Integer> BLOCK_MAX_GAP =
      Key.integer("modbus.block.max.gap", 0, 0, 2000)
          .display("Unused registers to read over")
          .doc(
              "Maximum registers or bits without a tag that one request reads to join two requests."
                  + " With 0 only addresses of tags are read: some devices reject undefined"
                  + " registers, and a few answer the next request wrongly after one.");

  static final Key<Boolean> BLOCK_START_COILS_AT_ZERO =
      Key.flag("modbus.block.start.coils.at.zero", false)
          .importance(Importance.LOW)
          .display("Read coils from 0")
          .doc(
              "Whether requests for coils begin at address 0 if they do not become too long, for"
                  + " devices that answer no others.");

  static final Key<Isolation> BLOCK_ISOLATION =
      Key.choice("modbus.block.isolation", Isolation.class, Isolation.BISECT)
          .importance(Importance.LOW)
          .display("When a request is refused")
          .doc(
              "What happens when a device rejects a request for several tags, or does not answer"
                  + " it, because one of their addresses does not exist: bisect halves the request"
                  + " until the tags are found, single reads each tag of a rejected request alone."
                  + " Both then exclude these tags, so that the others are read. none makes all"
                  + " tags of the request BAD.");

  static final Key<Duration> BLOCK_ISOLATION_RECHECK =
      millis("modbus.block.isolation.recheck.ms", 300_000)
          .visibleUnless(BLOCK_ISOLATION, Isolation.NONE)
          .display("Recheck refused tags after (ms)")
          .doc(
              "Time after which a rejected tag is read again, in milliseconds; at most one tag per"
                  + " scan.");

  /** The keys that all devices on a connection share. */
  static final Keys CONNECTION =
      Keys.of(ModbusConfig.CONNECTION, Keys.group("Modbus timing", CLOSE_AFTER_POLL));

  private static final Keys REQUESTS =
      Keys.group(
          "Modbus requests",
          BLOCK_MAX_REGISTERS,
          BLOCK_MAX_BITS,
          BLOCK_MAX_GAP,
          BLOCK_START_COILS_AT_ZERO,
          BLOCK_ISOLATION,
          BLOCK_ISOLATION_RECHECK);

  /** The keys that parameters of device lines override. */
  static final Keys OVERRIDABLE = Keys.of(CONNECTION, REQUESTS);

  static final Keys KEYS =
      Keys.of(
          Keys.group(
              "Modbus addresses",
              ModbusConfig.ADDRESS_BASE,
              ModbusConfig.ADDRESS_NOTATION,
              ModbusConfig.DEFAULT_TABLE,
              ModbusConfig.DEFAULT_TYPE,
              ModbusConfig.BYTE_ORDER),
          Keys.group(
              "Modbus timing",
              ModbusConfig.CONNECT_TIMEOUT,
              ModbusConfig.REQUEST_TIMEOUT,
              ModbusConfig.REQUEST_RETRIES,
              ModbusConfig.RETRY_BACKOFF,
              ModbusConfig.PAUSE_AFTER_CONNECT,
              ModbusConfig.INTER_REQUEST_DELAY,
              CLOSE_AFTER_POLL,
              ModbusConfig.LINE_SHARED,
              ModbusConfig.REPLY_TRANSACTION,
              ModbusConfig.REPLY_UNIT,
              ModbusConfig.BACKUP_RETRY,
              DEGRADE_AFTER_FAILURES,
              DEGRADE_RETRY,
              IDENTIFICATION),
          REQUESTS);

  private ModbusSourceConfig() {}

  private static Key<Duration> millis(String name, long defaultValue) {
    return Key.millis(name, defaultValue, 1, Duration.ofDays(1)).importance(Importance.LOW);
  }

  /** How reads are combined. */
  static BlockSettings blocks(Configuration config) {
    return new BlockSettings(
        config.get(BLOCK_MAX_REGISTERS),
        config.get(BLOCK_MAX_BITS),
        config.get(BLOCK_MAX_GAP),
        config.get(BLOCK_START_COILS_AT_ZERO),
        config.get(BLOCK_ISOLATION),
        config.get(BLOCK_ISOLATION_RECHECK));
  }
}
