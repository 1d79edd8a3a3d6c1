// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.sink;

import static io.connectot.plc4x.sink.TypedValues.array;
import static io.connectot.plc4x.sink.TypedValues.assertRejected;
import static io.connectot.plc4x.sink.TypedValues.assertWritten;
import static io.connectot.plc4x.sink.TypedValues.flag;
import static io.connectot.plc4x.sink.TypedValues.greatest;
import static io.connectot.plc4x.sink.TypedValues.number;
import static io.connectot.plc4x.sink.TypedValues.real;
import static io.connectot.plc4x.sink.TypedValues.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.core.model.Value;
import io.connectot.core.model.ValueType;
import io.connectot.core.spi.WriteOutcome;
import io.connectot.plc4x.testing.LogixServer;
import io.connectot.plc4x.testing.LogixTags;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is written to a Logix controller, with and without CIP connections, and what is not. */
class LogixValuesTest {
  private final LogixTags tags =
      new LogixTags()
          .add("Flag", LogixTags.BOOL, new byte[1])
          .add("Small", LogixTags.SINT, new byte[1])
          .add("Short", LogixTags.INT, new byte[2])
          .addDint("Whole", 0)
          .add("Long", LogixTags.LINT, new byte[8])
          .add("USmall", LogixTags.USINT, new byte[1])
          .add("UShort", LogixTags.UINT, new byte[2])
          .add("UWhole", LogixTags.UDINT, new byte[4])
          .add("ULong", LogixTags.ULINT, new byte[8])
          .addReal("Real", 0)
          .add("LReal", LogixTags.LREAL, new byte[8])
          .addString("Text", "before")
          .addDint("Program:Main.count", 0)
          .addDints("Arr", new int[2 * 300], 2, 300)
          .add("Bytes", LogixTags.SINT, new byte[3], 3);

  private LogixServer server;

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  static Stream<Arguments> values() {
    return Stream.of("logix", "eip")
        .flatMap(
            driver ->
                Stream.of(
                    Arguments.of(driver, "Flag:BOOL", flag(true)),
                    Arguments.of(driver, "Small:SINT", number(-128)),
                    Arguments.of(driver, "Short:INT", number(-32_768)),
                    Arguments.of(driver, "Whole:DINT", number(-2_147_483_648L)),
                    Arguments.of(driver, "Long:LINT", number(Long.MIN_VALUE)),
                    Arguments.of(driver, "USmall:USINT", number(255)),
                    Arguments.of(driver, "UShort:UINT", number(65_535)),
                    Arguments.of(driver, "UWhole:UDINT", number(4_294_967_295L)),
                    Arguments.of(driver, "ULong:ULINT", greatest()),
                    Arguments.of(driver, "Real:REAL", real(90.6)),
                    Arguments.of(driver, "LReal:LREAL", real(0.1)),
                    Arguments.of(driver, "Text:STRING", text("Press 1")),
                    Arguments.of(driver, "Program:Main.count:DINT", number(7)),
                    Arguments.of(driver, "Arr[1,299]:DINT", number(8)),
                    Arguments.of(
                        driver, "Arr[0,2]:DINT:2", array(ValueType.INT32, number(1), number(-2))),
                    Arguments.of(
                        driver,
                        "Bytes[0]:SINT:3",
                        array(ValueType.INT8, number(1), number(-2), number(3)))));
  }

  private String start(String driver) throws Exception {
    server = new LogixServer(tags, driver.equals("logix"));
    return server.url(driver);
  }

  @ParameterizedTest
  @MethodSource("values")
  void writesEveryTypeAndReadsItBack(String driver, String line, Value value) throws Exception {
    assertWritten(start(driver), line, value);
  }

  @Test
  void writesOneValueAfterTheOther() throws Exception {
    try (SinkClient client = new SinkClient(start("logix"), "Whole:DINT")) {
      for (long value = 1; value <= 5; value++) {
        assertThat(client.write(number(value))).isEqualTo(WriteOutcome.Done.ACCEPTED);
        assertThat(client.read().value()).isEqualTo(number(value));
      }
      assertThat(tags.written("Whole")).hasSize(5);
    }
  }

  @Test
  void rejectsATextThatIsTooLong() throws Exception {
    assertRejected(start("logix"), "Text:STRING", text("x".repeat(83)), "at most 82");
    assertThat(tags.written("Text")).isEqualTo(List.of());
  }

  @ParameterizedTest
  @CsvSource({"logix, Whole:REAL", "eip, Whole:REAL", "logix, Nothing:DINT", "eip, Nothing:DINT"})
  void reportsWhatTheControllerRefuses(String driver, String line) throws Exception {
    try (SinkClient client = new SinkClient(start(driver), line)) {
      Value value = line.contains("REAL") ? real(1) : number(1);
      assertThat(client.write(value)).isInstanceOf(WriteOutcome.Failed.class);
      assertThat(client.lost()).isEmpty();
    }
  }
}
