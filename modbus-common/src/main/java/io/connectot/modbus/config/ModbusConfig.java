// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.config;

import io.connectot.core.config.Key;
import io.connectot.core.config.Keys;
import io.connectot.core.spi.line.LineException;
import io.connectot.modbus.address.AddressNotation;
import io.connectot.modbus.address.ModbusTable;
import io.connectot.modbus.type.ByteOrdering;
import io.connectot.modbus.type.ModbusType;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Width;

/** The {@code modbus.*} keys of sources and sinks. */
public final class ModbusConfig {
  private static final Duration MAX_TIME = Duration.ofDays(1);

  public static final Key<Integer> ADDRESS_BASE =
      Key.integer("modbus.address.base", 0, 0, 1)
          .display("First address")
          .doc(
              "Number of the first register in addresses like holding:100: 0 as in the protocol, or"
                  + " 1 as in many register maps. Modicon addresses like 400101 always count from"
                  + " 1.");

  public static final Key<AddressNotation> ADDRESS_NOTATION =
      Key.choice("modbus.address.notation", AddressNotation.class, AddressNotation.AUTO)
          .importance(Importance.LOW)
          .display("Addresses without a table")
          .doc(
              "How addresses without a table, such as 40101, are read: number as the number of a"
                  + " register, whose table is given by the option table or by"
                  + " modbus.default.table; modicon as the digit of a table and a number from 1;"
                  + " auto as either, and refused where both are possible.");

  public static final Key<Optional<ModbusTable>> DEFAULT_TABLE =
      Key.optional(
              "modbus.default.table", null, "coil, discrete, holding or input", ModbusTable::parse)
          .importance(Importance.LOW)
          .display("Table of addresses without one")
          .doc(
              "Table of addresses that are only a number, such as 3060, and have no option table:"
                  + " coil, discrete, holding or input, or the function code 1 to 4.");

  public static final Key<ModbusType> DEFAULT_TYPE =
      Key.text("modbus.default.type", "uint16", "name of a type", ModbusType::parse)
          .importance(Importance.LOW)
          .display("Type of tags without one")
          .doc("Type of registers whose tag line has none, for files without a column type.");

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

  public static final Key<Duration> BACKUP_RETRY =
      millis("modbus.backup.retry.ms", 60_000, 1)
          .display("Stay on the backup for (ms)")
          .doc(
              "How long the connection of backup= is used before the first one is tried again, in"
                  + " milliseconds.");

  /** Whether a field of a response has to be that of the request. */
  public enum ReplyCheck {
    STRICT,
    IGNORE
  }

  public static final Key<ReplyCheck> REPLY_TRANSACTION =
      Key.choice("modbus.reply.transaction", ReplyCheck.class, ReplyCheck.STRICT)
          .importance(Importance.LOW)
          .display("Transaction of responses")
          .doc(
              "strict accepts only responses with the transaction identifier of the request; ignore"
                  + " accepts others, for gateways that return a number of their own. A late"
                  + " response is then recognized by time only, as on lines without transaction"
                  + " identifiers: a unit that did not answer is not asked for two request"
                  + " timeouts. For tcp:// and tls:// only.");

  public static final Key<ReplyCheck> REPLY_UNIT =
      Key.choice("modbus.reply.unit", ReplyCheck.class, ReplyCheck.STRICT)
          .importance(Importance.LOW)
          .display("Unit of responses")
          .doc(
              "strict accepts only responses with the unit identifier of the request; ignore"
                  + " accepts others, for gateways that always return 0 or 1. For tcp:// and tls://"
                  + " only.");

  public static final Key<Boolean> LINE_SHARED =
      Key.flag("modbus.line.shared", true)
          .importance(Importance.LOW)
          .display("Other masters may use the line")
          .doc(
              "Whether other masters may use the serial line behind rtutcp://, rtu:// or ascii://,"
                  + " such as other clients of a serial device server. The connector then listens"
                  + " at the end of each scan, for three times the slowest response of the unit,"
                  + " and discards values that may be responses to another master. With false,"
                  + " scans end sooner; use it only for lines without another master.");

  /** The keys that all devices on a connection share. */
  public static final Keys CONNECTION =
      Keys.group(
          "Modbus timing",
          CONNECT_TIMEOUT,
          REQUEST_TIMEOUT,
          REQUEST_RETRIES,
          RETRY_BACKOFF,
          PAUSE_AFTER_CONNECT,
          INTER_REQUEST_DELAY,
          LINE_SHARED,
          REPLY_TRANSACTION,
          REPLY_UNIT,
          BACKUP_RETRY);

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
}
