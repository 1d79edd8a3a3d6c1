// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.connectot.core.model.Measurement;
import io.connectot.core.model.Value.ArrayValue;
import io.connectot.core.model.Value.BytesValue;
import io.connectot.core.model.Value.LongValue;
import io.connectot.core.model.Value.TextValue;
import io.connectot.core.spi.ProtocolException;
import io.connectot.plc4x.testing.S7Controller;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tags of an S7 controller that have no right value, and their neighbours that have. */
class S7CasesTest {
  private static final Map<String, String> PATIENT =
      Map.of("plc4x.connect.timeout.ms", "60000", "plc4x.request.timeout.ms", "60000");

  /** What the smallest controllers have. */
  private static final int PACKET = 240;

  private final ByteBuffer memory = ByteBuffer.allocate(2000);
  private S7Controller plc;

  @BeforeEach
  void start() throws Exception {
    plc = new S7Controller(PACKET);
    IntStream.range(0, 1000).forEach(i -> memory.putShort(2 * i, (short) (i - 300)));
  }

  @AfterEach
  void stop() throws Exception {
    plc.close();
  }

  /** Each scan gives the same, whatever the first one found out. */
  private List<Measurement> read(String... addresses) throws Exception {
    plc.block(1, memory.array());
    plc.block(2, memory.array());
    try (PlcClient client = new PlcClient(plc.url() + "&read-timeout=60000", PATIENT)) {
      client.connect();
      var tags = client.tags(List.of(addresses));
      List<Measurement> first = client.read(tags);
      List<Measurement> second = client.read(tags);
      assertThat(second)
          .extracting(S7CasesTest::text)
          .isEqualTo(first.stream().map(S7CasesTest::text).toList());
      return first;
    }
  }

  private static String text(Measurement value) {
    String what =
        value.value() == null
            ? value.status()
            : value.value() instanceof BytesValue bytes
                ? Arrays.toString(bytes.value())
                : value.value().toString();
    return value.quality() + " " + what;
  }

  private static String good(long value) {
    return "GOOD " + new LongValue(value);
  }

  /** Maximum and length of each text, at byte 10, whose address says 8. */
  @ParameterizedTest(name = "maximum {0}, length {1}")
  @CsvSource({"8, 9", "8, 255", "255, 255", "254, 100", "4, 5", "0, 3"})
  void aTextThatIsLongerThanItsMaximumOrItsAddressIsBadAndItsNeighboursAreGood(
      int maximum, int length) throws Exception {
    memory.put(10, (byte) maximum).put(11, (byte) length);
    memory.put(12, "abcdefgh".getBytes(StandardCharsets.US_ASCII));

    assertThat(read("%DB1.DBW8:INT", "%DB1:10:STRING(8)", "%DB1.DBW20:INT"))
        .extracting(S7CasesTest::text)
        .containsExactly(good(-296), "BAD CONVERSION_FAILED", good(-290));
  }

  @ParameterizedTest(name = "maximum {0}, length {1}")
  @CsvSource({"4, 5", "4, 65535", "65535, 65535", "0, 1"})
  void aWideTextThatIsLongerThanItsMaximumOrItsAddressIsBadAndItsNeighboursAreGood(
      int maximum, int length) throws Exception {
    memory.putShort(10, (short) maximum).putShort(12, (short) length);

    assertThat(read("%DB1.DBW8:INT", "%DB1:10:WSTRING(4)", "%DB1.DBW22:INT"))
        .extracting(S7CasesTest::text)
        .containsExactly(good(-296), "BAD CONVERSION_FAILED", good(-289));
  }

  @Test
  void anArrayWithOneSuchTextIsBad() throws Exception {
    memory.put(10, new byte[] {2, 1, 'a', 0, 2, 3, 'a', 'b'});

    assertThat(read("%DB1.DBW8:INT", "%DB1:10:STRING(2)[2]", "%DB1:10:STRING(2)"))
        .extracting(S7CasesTest::text)
        .containsExactly(good(-296), "BAD CONVERSION_FAILED", "GOOD " + new TextValue("a"));
  }

  /** Memory that the program has not written, and a place with more room than the address. */
  @ParameterizedTest(name = "maximum {0}, length {1}")
  @CsvSource({"0, 0, ''", "254, 3, abc", "8, 8, abcdefgh"})
  void aTextThatFitsIsRead(int maximum, int length, String text) throws Exception {
    memory.put(10, (byte) maximum).put(11, (byte) length);
    memory.put(12, "abcdefgh".getBytes(StandardCharsets.US_ASCII));

    assertThat(read("%DB1:10:STRING(8)"))
        .extracting(S7CasesTest::text)
        .containsExactly("GOOD " + new TextValue(text));
  }

  @Test
  void anArrayLongerThanAPacketIsReadInSeveralAndItsNeighboursToo() throws Exception {
    List<Measurement> values =
        read("%DB1.DBW0:INT", "%DB1:2:BYTE[1000]", "%DB1:2:INT[500]", "%DB1.DBW1002:INT");

    assertThat(values).extracting(S7CasesTest::text).startsWith(good(-300)).endsWith(good(201));
    assertThat(values.get(1).value())
        .isEqualTo(new BytesValue(Arrays.copyOfRange(memory.array(), 2, 1002)));
    assertThat(((ArrayValue) values.get(2).value()).elements())
        .containsExactlyElementsOf(
            IntStream.range(1, 501).mapToObj(i -> new LongValue(i - 300)).toList());
  }

  @Test
  void anArrayLongerThanAPacketAndItsBlockIsBadAndItsNeighboursAreGood() throws Exception {
    assertThat(read("%DB1.DBW0:INT", "%DB1:1000:BYTE[1001]", "%DB1.DBW1998:INT", "%DB2.DBW0:INT"))
        .extracting(S7CasesTest::text)
        .containsExactly(good(-300), "BAD 4 INVALID_ADDRESS", good(699), good(-300));
  }

  /** Blocks with optimized access, of different controllers. */
  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({"3, 3 ACCESS_DENIED", "5, 4 INVALID_ADDRESS", "10, 4 INVALID_ADDRESS"})
  void tagsOfABlockWithoutAccessAreBadAndThoseOfOtherBlocksAreGood(int code, String status)
      throws Exception {
    plc.refuse(1, code);

    assertThat(
            read(
                "%DB2.DBW0:INT",
                "%DB1.DBW0:INT",
                "%DB1.DBW2:INT",
                "%DB1:100:BYTE[500]",
                "%DB1:10:STRING(8)",
                "%DB2.DBW2:INT"))
        .extracting(S7CasesTest::text)
        .containsExactly(
            good(-300),
            "BAD " + status,
            "BAD " + status,
            "BAD " + status,
            "BAD " + status,
            good(-299));
  }

  @Test
  void aControllerWithoutAccessToAnyTagIsToldWithTheSetting() throws Exception {
    plc.block(1, memory.array());
    plc.refuse(1, 3);
    try (PlcClient client = new PlcClient(plc.url(), PATIENT)) {
      client.connect();
      var tags = client.tags(List.of("%DB1.DBW0:INT"));
      for (int scan = 0; scan < 2; scan++) {
        assertThat(client.read(tags))
            .extracting(Measurement::status)
            .containsExactly("3 ACCESS_DENIED");
      }

      assertThatThrownBy(() -> client.read(tags))
          .isInstanceOf(ProtocolException.class)
          .hasMessageContaining("without optimized access");
    }
  }
}
