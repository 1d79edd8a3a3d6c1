// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.connectot.core.model.Measurement;
import io.connectot.core.model.Quality;
import io.connectot.core.model.Tag;
import io.connectot.core.model.Value;
import io.connectot.core.model.Value.ArrayValue;
import io.connectot.core.model.Value.BigValue;
import io.connectot.core.model.Value.BooleanValue;
import io.connectot.core.model.Value.DoubleValue;
import io.connectot.core.model.Value.LongValue;
import io.connectot.core.model.Value.TextValue;
import io.connectot.core.model.ValueType;
import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.line.LineException;
import io.connectot.plc4x.session.Plc4xTag;
import io.connectot.plc4x.testing.LogixServer;
import io.connectot.plc4x.testing.LogixTags;
import io.connectot.plc4x.testing.TcpPeer.Fault;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read from a Logix controller, by both drivers, with and without a CIP connection. */
class LogixReadTest {
  private static final Map<String, String> QUICK =
      Map.of("plc4x.request.timeout.ms", "2000", "plc4x.connect.timeout.ms", "20000");

  private static final String BOTH =
      """
      logix, true
      logix, false
      eip, true
      eip, false
      """;

  private final LogixTags tags = tags();

  private static LogixTags tags() {
    LogixTags tags = new LogixTags();
    tags.add("Yes", LogixTags.BOOL, new byte[] {1});
    tags.add("No", LogixTags.BOOL, new byte[] {0});
    for (int size : new int[] {1, 2, 4, 8}) {
      tags.add("Smallest" + size, signed(size), smallest(size));
      tags.add("Minus" + size, signed(size), ones(size));
      tags.add("Largest" + size, signed(size) + 4, ones(size));
      if (size < 8) {
        tags.add("Bits" + size, bits(size), ones(size));
      }
    }
    tags.add("Long", LogixTags.LWORD, ones(8));
    tags.addReal("Temperature", 90.6f);
    tags.add("Exact", LogixTags.LREAL, little(8).putDouble(Math.PI).array());
    tags.addString("Name", "Press");
    tags.addString("Empty", "");
    tags.addStructure("Motor", 0x1234, new byte[12]);
    tags.addDint("Motor.speed", 1450);
    tags.addDint("Motors[3].speed", 33);
    tags.addDints("Motors", new int[5], 5);
    tags.addDints("Arr", IntStream.range(0, 70_000).toArray(), 70_000);
    tags.addDints("Two", IntStream.range(0, 6).toArray(), 2, 3);
    tags.addDint("Program:Main.count", 99);
    tags.addDint("Local:1:I.Data", 5);
    tags.add("Flags", LogixTags.DWORD, new byte[] {0, 0, 0, 0, 2, 0, 0, (byte) 0x80}, 2);
    return tags;
  }

  private static int signed(int size) {
    return switch (size) {
      case 1 -> LogixTags.SINT;
      case 2 -> LogixTags.INT;
      case 4 -> LogixTags.DINT;
      default -> LogixTags.LINT;
    };
  }

  private static int bits(int size) {
    return size == 1 ? LogixTags.BYTE : size == 2 ? LogixTags.WORD : LogixTags.DWORD;
  }

  private static byte[] ones(int size) {
    return Arrays.copyOf(little(8).putLong(-1).array(), size);
  }

  private static byte[] smallest(int size) {
    byte[] bytes = new byte[size];
    bytes[size - 1] = (byte) 0x80;
    return bytes;
  }

  private static ByteBuffer little(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static Map<String, Value> expected() {
    Map<String, Value> expected = new LinkedHashMap<>();
    expected.put("Yes:BOOL", BooleanValue.TRUE);
    expected.put("No:BOOL", BooleanValue.FALSE);
    expected.put("Smallest1:SINT", new LongValue(Byte.MIN_VALUE));
    expected.put("Smallest2:INT", new LongValue(Short.MIN_VALUE));
    expected.put("Smallest4:DINT", new LongValue(Integer.MIN_VALUE));
    expected.put("Smallest8:LINT", new LongValue(Long.MIN_VALUE));
    expected.put("Minus1:SINT", new LongValue(-1));
    expected.put("Minus2:INT", new LongValue(-1));
    expected.put("Minus4:DINT", new LongValue(-1));
    expected.put("Minus8:LINT", new LongValue(-1));
    expected.put("Largest1:USINT", new LongValue(255));
    expected.put("Largest2:UINT", new LongValue(65_535));
    expected.put("Largest4:UDINT", new LongValue(4_294_967_295L));
    expected.put("Largest8:ULINT", new BigValue(new BigInteger("18446744073709551615")));
    expected.put("Bits1:BYTE", new LongValue(255));
    expected.put("Bits2:WORD", new LongValue(65_535));
    expected.put("Bits4:DWORD", new LongValue(4_294_967_295L));
    expected.put("Temperature:REAL", new DoubleValue(90.6));
    expected.put("Exact:LREAL", new DoubleValue(Math.PI));
    expected.put("Name:STRING", new TextValue("Press"));
    expected.put("Empty:STRING", new TextValue(""));
    expected.put("Motor.speed:DINT", new LongValue(1450));
    expected.put("Motors[3].speed:DINT", new LongValue(33));
    expected.put("Arr[5]:DINT", new LongValue(5));
    expected.put("Arr[255]:DINT", new LongValue(255));
    expected.put("Arr[256]:DINT", new LongValue(256));
    expected.put("Arr[65536]:DINT", new LongValue(65_536));
    expected.put("Arr:DINT", new LongValue(0));
    expected.put("Arr:DINT:3", dints(0, 1, 2));
    expected.put("Arr[300]:DINT:2", dints(300, 301));
    expected.put("Two[1,2]:DINT", new LongValue(5));
    expected.put("Two[1][1]:DINT", new LongValue(4));
    expected.put("Program:Main.count:DINT", new LongValue(99));
    expected.put("program:main.count:DINT", new LongValue(99));
    expected.put("Local:1:I.Data:DINT", new LongValue(5));
    expected.put("Local:1:I.Data.0:BOOL", BooleanValue.TRUE);
    expected.put("Local:1:I.Data.1:BOOL", BooleanValue.FALSE);
    expected.put("Flags[33]:BOOL", BooleanValue.TRUE);
    expected.put("Flags[34]:BOOL", BooleanValue.FALSE);
    expected.put("Flags[63]:BOOL", BooleanValue.TRUE);
    expected.put("Largest4", new LongValue(4_294_967_295L));
    return expected;
  }

  private static ArrayValue dints(long... values) {
    List<Value> elements = new ArrayList<>();
    for (long value : values) {
      elements.add(new LongValue(value));
    }
    return new ArrayValue(ValueType.INT32, elements);
  }

  @ParameterizedTest
  @CsvSource(textBlock = BOTH)
  void readsEveryTypeAtItsLimits(String driver, boolean connected) throws Exception {
    try (LogixServer server = new LogixServer(tags, connected);
        PlcClient client = new PlcClient(server.url(driver), QUICK)) {
      client.connect();

      List<Measurement> measurements = client.read(client.tags(List.copyOf(expected().keySet())));

      Map<String, Value> values = new LinkedHashMap<>();
      measurements.forEach(m -> values.put(m.tag().name(), m.value()));
      assertThat(values).containsExactlyEntriesOf(expected());
      assertThat(measurements).extracting(Measurement::quality).containsOnly(Quality.GOOD);
    }
  }

  @ParameterizedTest
  @CsvSource(textBlock = BOTH)
  void aTagThatCannotBeReadIsBadAndNoOther(String driver, boolean connected) throws Exception {
    Map<String, String> expected = new LinkedHashMap<>();
    expected.put("Temperature:REAL", "GOOD null");
    expected.put("Nothing:DINT", "BAD 2 NOT_FOUND");
    expected.put("Motor.nothing:DINT", "BAD 2 NOT_FOUND");
    expected.put("Arr[70000]:DINT", "BAD 4 INVALID_ADDRESS");
    expected.put("Two[1]:DINT", "BAD 7 INVALID_DATA");
    expected.put("Temperature:DINT", "BAD 6 INVALID_DATATYPE");
    expected.put("Largest4:DINT", "BAD 6 INVALID_DATATYPE");
    expected.put("Arr[3]:BOOL", "BAD 6 INVALID_DATATYPE");
    expected.put("Temperature.3:BOOL", "BAD 6 INVALID_DATATYPE");
    expected.put("Minus1.8:BOOL", "BAD 6 INVALID_DATATYPE");
    expected.put("Motor", "BAD 11 UNSUPPORTED");
    expected.put("Motor:DINT", "BAD 11 UNSUPPORTED");
    expected.put("Name:STRING", "GOOD null");
    try (LogixServer server = new LogixServer(tags, connected);
        PlcClient client = new PlcClient(server.url(driver), QUICK)) {
      client.connect();
      int accepted = server.accepted();
      List<Tag<Plc4xTag>> asked = client.tags(List.copyOf(expected.keySet()));
      for (int scan = 0; scan < 3; scan++) {
        Map<String, String> results = new LinkedHashMap<>();
        for (Measurement m : client.read(asked)) {
          results.put(m.tag().name(), m.quality() + " " + m.status());
        }

        assertThat(results).containsExactlyEntriesOf(expected);
      }
      assertThat(server.accepted()).as("connections").isEqualTo(accepted);
    }
  }

  /** The type code of LWORD is not known to the driver, which drops the reply. */
  @Test
  void aReplyThatTheDriverCannotParseCostsNoOtherTag() throws Exception {
    try (LogixServer server = new LogixServer(tags, false);
        PlcClient client = new PlcClient(server.url("logix"), QUICK)) {
      client.connect();

      List<Measurement> measurements =
          client.read(client.tags(List.of("Minus4:DINT", "Long", "Temperature:REAL")));

      assertThat(measurements)
          .extracting(Measurement::quality)
          .containsExactly(Quality.GOOD, Quality.BAD, Quality.GOOD);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Counter:LWORD",
        "Motor:STRUCTURED",
        "Clock:DATE_AND_TIME",
        "Arr[1,2,3,4]:DINT",
        "Arr[]:DINT",
        "Arr[-1]:DINT",
        "Arr:DINT:0",
        "Arr:DINT:101",
        "Flags[1]:BOOL:3",
        "Word.64:BOOL",
        "Word.3:DINT",
        "a..b:DINT",
        "7up:DINT",
        "Name with blanks:DINT"
      })
  void anAddressThatCannotBeReadIsRefused(String address) throws Exception {
    try (LogixServer server = new LogixServer(tags, true);
        PlcClient client = new PlcClient(server.url("logix"), QUICK)) {
      assertThatThrownBy(() -> client.tags(List.of(address)))
          .isInstanceOf(LineException.class)
          .hasMessageMatching("(?s).*(write|there are|at most).*");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"SILENT", "GARBAGE", "TRUNCATED", "CLOSES"})
  void noValueIsBelievedWhenTheControllerFails(Fault fault) throws Exception {
    try (LogixServer server = new LogixServer(tags, true);
        PlcClient client = new PlcClient(server.url("logix"), QUICK)) {
      client.connect();
      List<Tag<Plc4xTag>> asked = client.tags(List.of("Minus4:DINT", "Temperature:REAL"));
      client.read(asked);
      server.set(fault);

      assertThatThrownBy(() -> client.read(asked)).isInstanceOf(ProtocolException.class);

      server.set(Fault.NONE);
      client.connect();
      assertThat(client.read(asked))
          .extracting(Measurement::value)
          .containsExactly(new LongValue(-1), new DoubleValue(90.6));
    }
  }

  @Test
  void aTagThatADownloadRemovesIsBadAndComesBack() throws Exception {
    try (LogixServer server = new LogixServer(tags, true);
        PlcClient client = new PlcClient(server.url("logix"), QUICK)) {
      client.connect();
      List<Tag<Plc4xTag>> asked = client.tags(List.of("Minus4:DINT", "Temperature:REAL"));
      tags.remove("Temperature");

      assertThat(client.read(asked))
          .extracting(Measurement::quality)
          .containsExactly(Quality.GOOD, Quality.BAD);

      tags.addReal("Temperature", 7);
      assertThat(client.read(asked))
          .extracting(Measurement::value)
          .containsExactly(new LongValue(-1), new DoubleValue(7));
    }
  }
}
