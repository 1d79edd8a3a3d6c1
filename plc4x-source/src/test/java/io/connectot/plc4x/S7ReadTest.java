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
import io.connectot.core.model.Value.BytesValue;
import io.connectot.core.model.Value.DoubleValue;
import io.connectot.core.model.Value.InstantValue;
import io.connectot.core.model.Value.LongValue;
import io.connectot.core.model.Value.TextValue;
import io.connectot.core.model.ValueType;
import io.connectot.core.spi.ProtocolException;
import io.connectot.plc4x.session.Plc4xTag;
import io.connectot.plc4x.testing.S7Line;
import io.connectot.plc4x.testing.S7Server;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an S7 controller that is not ours holds, and how often it is asked for it. */
@org.junit.jupiter.api.Tag("peers")
class S7ReadTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int NUMBERS = 400;

  /** Long enough for a machine that does much else. */
  private static final Map<String, String> PATIENT =
      Map.of("plc4x.connect.timeout.ms", "60000", "plc4x.request.timeout.ms", "60000");

  private static final Map<String, String> QUICK = Map.of("plc4x.request.timeout.ms", "2000");
  private static final String PATIENT_DRIVER = "?read-timeout=60000";

  private S7Server server;
  private S7Line line;

  @BeforeEach
  void start() {
    server =
        S7Server.startOrSkip(
            Map.of(
                "DB1", types().array(),
                "DB2", numbers().array(),
                "M", new byte[] {0, 0, 0, 0x08, 0x12, 0x34, 0x56, 0x78},
                "I", new byte[] {0x01},
                "Q", new byte[] {(byte) 0x80}));
    line = S7Line.to(server.port());
  }

  @AfterEach
  void stop() {
    if (line != null) {
      line.close();
      server.close();
    }
  }

  private static ByteBuffer types() {
    return ByteBuffer.allocate(128)
        .putShort(0, (short) -12345)
        .putInt(2, -123456789)
        .putFloat(6, 2.5f)
        .putDouble(10, Math.PI)
        .put(18, (byte) 0x08)
        .putLong(20, -2)
        .put(28, new byte[] {20, 5})
        .put(30, "Press".getBytes(StandardCharsets.US_ASCII))
        .putShort(50, (short) 1)
        .putShort(52, (short) -1)
        .putShort(54, Short.MAX_VALUE)
        .put(56, new byte[] {1, 2, (byte) 0xFF})
        .putInt(60, -1500)
        .put(64, new byte[] {0x26, 0x11, 0x21, 0x12, 0x34, 0x56, 0x78, (byte) 0x96})
        .put(72, (byte) 0xFE)
        .putShort(74, (short) 0xFFFE)
        .putInt(76, 0xFFFFFFFE)
        .putInt(80, 45_296_789)
        .put(84, new byte[] {0x05});
  }

  private static ByteBuffer numbers() {
    ByteBuffer memory = ByteBuffer.allocate(2 * NUMBERS);
    IntStream.range(0, NUMBERS).forEach(i -> memory.putShort((short) (3 * i - 500)));
    return memory;
  }

  @Test
  void readsEveryType() throws Exception {
    Map<String, Value> expected = new LinkedHashMap<>();
    expected.put("%DB1.DBW0:INT", new LongValue(-12345));
    expected.put("%DB1:2:DINT", new LongValue(-123456789));
    expected.put("%DB1.DBD6:REAL", new DoubleValue(2.5));
    expected.put("%DB1:10:LREAL", new DoubleValue(Math.PI));
    expected.put("%DB1.DBX18.3:BOOL", BooleanValue.TRUE);
    expected.put("%DB1.DBX18.2:BOOL", BooleanValue.FALSE);
    expected.put("%DB1:20:LINT", new LongValue(-2));
    expected.put("%DB1:20:ULINT", new BigValue(new BigInteger("18446744073709551614")));
    expected.put("%DB1:28:STRING(20)", new TextValue("Press"));
    expected.put(
        "%DB1:50:INT[3]",
        new ArrayValue(
            ValueType.INT16,
            List.of(new LongValue(1), new LongValue(-1), new LongValue(Short.MAX_VALUE))));
    expected.put("%DB1:56:BYTE[3]", new BytesValue(new byte[] {1, 2, -1}));
    expected.put("%DB1:60:TIME", new LongValue(-1500));
    expected.put(
        "%DB1:64:DATE_AND_TIME", new InstantValue(Instant.parse("2026-11-21T12:34:56.789Z")));
    expected.put("%DB1:72:SINT", new LongValue(-2));
    expected.put("%DB1:72:USINT", new LongValue(254));
    expected.put("%DB1.DBW74:WORD", new LongValue(65534));
    expected.put("%DB1.DBD76:DWORD", new LongValue(4294967294L));
    expected.put("%DB1:80:TIME_OF_DAY", new TextValue("12:34:56.789"));
    expected.put("%DB1:80:TOD", new TextValue("12:34:56.789"));
    expected.put("%DB1:64:DT", new InstantValue(Instant.parse("2026-11-21T12:34:56.789Z")));
    expected.put(
        "%DB1:84.0:BOOL[3]",
        new ArrayValue(
            ValueType.BOOLEAN, List.of(BooleanValue.TRUE, BooleanValue.FALSE, BooleanValue.TRUE)));
    expected.put("%MD4:DINT", new LongValue(0x12345678));
    expected.put("%MX3.3:BOOL", BooleanValue.TRUE);
    expected.put("%IX0.0:BOOL", BooleanValue.TRUE);
    expected.put("%QB0:BYTE", new LongValue(128));
    try (PlcClient client = client("")) {
      List<Measurement> measurements = client.read(client.tags(List.copyOf(expected.keySet())));

      Map<String, Value> values = new LinkedHashMap<>();
      measurements.forEach(m -> values.put(m.tag().name(), m.value()));
      assertThat(values).containsExactlyEntriesOf(expected);
      assertThat(line.requests()).as("requests").isEqualTo(1);
      assertThat(line.items()).as("items: DB1, M, I, Q").isEqualTo(4);
      for (Measurement together : measurements) {
        List<Tag<Plc4xTag>> alone = client.tags(List.of(together.tag().name()));
        assertThat(client.read(alone))
            .as(together.tag().name() + " alone")
            .extracting(Measurement::value)
            .containsExactly(together.value());
      }
    }
  }

  @Test
  void tagsHaveTheTypesOfTheirValues() throws Exception {
    try (PlcClient client = client("")) {
      List<String> addresses =
          List.of(
              "%DB1:0:INT",
              "%DB1:0:ULINT",
              "%DB1:0.0:BOOL",
              "%DB1:0:BYTE",
              "%DB1:0:BYTE[3]",
              "%DB1:0:INT[3]",
              "%DB1:0:STRING(5)",
              "%DB1:0:S5TIME",
              "%DB1:0:LTIME",
              "%DB1:0:DATE",
              "%DB1:0:TOD",
              "%DB1:0:LTOD",
              "%DB1:0:DT",
              "%DB1:0:LDT",
              "%DB1:0:DTL");

      assertThat(client.tags(addresses))
          .extracting(Tag::type)
          .containsExactly(
              ValueType.INT16,
              ValueType.UINT64,
              ValueType.BOOLEAN,
              ValueType.UINT8,
              ValueType.BYTES,
              ValueType.JSON,
              ValueType.STRING,
              ValueType.INT64,
              ValueType.INT64,
              ValueType.DATETIME,
              ValueType.STRING,
              ValueType.STRING,
              ValueType.DATETIME,
              ValueType.DATETIME,
              ValueType.DATETIME);
    }
  }

  @Test
  void theDriverReadsTextsOfUnsaidLength() throws Exception {
    try (PlcClient client = client("")) {
      List<Measurement> measurements =
          client.read(client.tags(List.of("%DB1:28:STRING", "%DB1.DBW0:INT")));

      assertThat(measurements)
          .extracting(Measurement::value)
          .containsExactly(new TextValue("Press"), new LongValue(-12345));
    }
  }

  /** 18 of the bytes of a packet are not values, so these are the fewest that there can be. */
  @ParameterizedTest
  @CsvSource({"240, 4", "480, 2", "960, 1"})
  void fourHundredNeighboursTakeTheFewestRequests(int packet, int requests) throws Exception {
    try (PlcClient client = client("&pdu-size=" + packet)) {
      List<Tag<Plc4xTag>> tags =
          client.tags(
              IntStream.range(0, NUMBERS).mapToObj(i -> "%DB2.DBW" + 2 * i + ":INT").toList());

      for (int scan = 1; scan <= 3; scan++) {
        List<Measurement> measurements = client.read(tags);

        assertThat(line.requests()).isEqualTo(scan * requests);
        assertThat(line.items()).isEqualTo(scan * 4);
        assertThat(measurements)
            .extracting(Measurement::value)
            .containsExactlyElementsOf(
                IntStream.range(0, NUMBERS).mapToObj(i -> new LongValue(3L * i - 500)).toList());
      }
    }
  }

  @Test
  void tagsMayOverlap() throws Exception {
    try (PlcClient client = client("")) {
      List<Measurement> measurements =
          client.read(client.tags(List.of("%DB1.DBD0:DWORD", "%DB1.DBW0:INT", "%DB1:1:BYTE[3]")));

      assertThat(measurements).extracting(Measurement::quality).containsOnly(Quality.GOOD);
      assertThat(line.items()).isEqualTo(1);
    }
  }

  @Test
  void aMissingBlockMakesItsTagsBadAndNoOthers() throws Exception {
    try (PlcClient client = client("")) {
      List<String> addresses = new ArrayList<>();
      for (int i = 0; i < 30; i++) {
        addresses.add("%DB2.DBW" + 2 * i + ":INT");
        addresses.add("%DB9.DBW" + 2 * i + ":INT");
      }
      List<Tag<Plc4xTag>> tags = client.tags(addresses);
      for (int scan = 0; scan < 3; scan++) {
        List<Measurement> measurements = client.read(tags);

        assertThat(measurements)
            .allSatisfy(
                m ->
                    assertThat(m.quality())
                        .as(m.tag().name())
                        .isEqualTo(m.tag().name().startsWith("%DB2") ? Quality.GOOD : Quality.BAD));
      }
    }
  }

  /** Snap7 says of a refused item that bytes follow, and none do: the driver never answers then. */
  @Test
  void aRefusalThatTheDriverCannotReadMakesItsTagsBadAndNoOthers() throws Exception {
    try (S7Line asItIs = S7Line.asItIs(server.port());
        PlcClient client = new PlcClient(url(asItIs.port(), ""), QUICK)) {
      List<Tag<Plc4xTag>> tags =
          client.tags(
              List.of("%DB2.DBW0:INT", "%DB9.DBW0:INT", "%DB9.DBW2:INT", "%MD4:DINT", "%IB0:BYTE"));

      awaitQualities(
          client, tags, Quality.GOOD, Quality.BAD, Quality.BAD, Quality.GOOD, Quality.GOOD);
    }
  }

  @Test
  void whatLiesBehindTheEndOfABlockIsBadAndNothingElse() throws Exception {
    try (PlcClient client = client("")) {
      List<Tag<Plc4xTag>> tags =
          client.tags(
              IntStream.range(NUMBERS - 20, NUMBERS + 5)
                  .mapToObj(i -> "%DB2.DBW" + 2 * i + ":INT")
                  .toList());

      List<Measurement> measurements = client.read(tags);

      assertThat(measurements.subList(0, 20))
          .extracting(Measurement::quality)
          .containsOnly(Quality.GOOD);
      assertThat(measurements.subList(20, 25))
          .extracting(Measurement::quality)
          .containsOnly(Quality.BAD);
    }
  }

  @Test
  void isBackWhenTheControllerIs() throws Exception {
    try (PlcClient client = new PlcClient(url(line.port(), ""), QUICK)) {
      List<Tag<Plc4xTag>> tags = client.tags(List.of("%DB1.DBW0:INT"));
      awaitQualities(client, tags, Quality.GOOD);
      server.kill();
      assertThatThrownBy(() -> client.read(tags)).isInstanceOf(ProtocolException.class);
      server.restart();

      awaitQualities(client, tags, Quality.GOOD);
    }
  }

  private static void awaitQualities(
      PlcClient client, List<Tag<Plc4xTag>> tags, Quality... qualities) {
    Awaitility.await()
        .atMost(LIMIT)
        .untilAsserted(
            () ->
                assertThat(tryRead(client, tags))
                    .extracting(Measurement::quality)
                    .containsExactly(qualities));
  }

  /** One scan as the runtime makes them: after a failure it connects anew. */
  private static List<Measurement> tryRead(PlcClient client, List<Tag<Plc4xTag>> tags) {
    try {
      return client.read(tags);
    } catch (ProtocolException e) {
      try {
        client.connect();
      } catch (ProtocolException stillAway) {
        // It is tried again.
      }
      return List.of();
    }
  }

  private PlcClient client(String parameters) throws Exception {
    PlcClient client = new PlcClient(url(line.port(), PATIENT_DRIVER + parameters), PATIENT);
    client.connect();
    return client;
  }

  private static String url(int port, String parameters) {
    return "s7-light://127.0.0.1:" + port + parameters;
  }
}
