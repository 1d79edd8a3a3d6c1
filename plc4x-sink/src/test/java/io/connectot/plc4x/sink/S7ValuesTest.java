// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.sink;

import static io.connectot.plc4x.sink.TypedValues.assertRejected;
import static io.connectot.plc4x.sink.TypedValues.assertWritten;
import static io.connectot.plc4x.sink.TypedValues.number;
import static io.connectot.plc4x.sink.TypedValues.text;
import static io.connectot.plc4x.sink.TypedValues.time;
import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.core.model.Value;
import io.connectot.core.spi.WriteOutcome;
import io.connectot.plc4x.testing.S7Controller;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is written to an S7 controller, and what is not. */
class S7ValuesTest {
  private static final int PACKET = 240;
  private static final int ACCESS_DENIED = 3;

  private S7Controller controller;

  @BeforeEach
  void start() throws Exception {
    controller = new S7Controller(PACKET);
    controller.block(1, S7Values.block());
  }

  @AfterEach
  void stop() throws Exception {
    controller.close();
  }

  static Stream<Arguments> values() {
    // This controller has data blocks only.
    return S7Values.all().filter(value -> ((String) value.get()[0]).startsWith("%DB"));
  }

  @ParameterizedTest
  @MethodSource("values")
  void writesEveryTypeAndReadsItBack(String line, Value value) throws Exception {
    assertWritten(controller.url(), line, value);
    assertThat(controller.written(1)).hasSize(1);
  }

  @Test
  void leavesTheOtherBitsOfAByte() throws Exception {
    controller.set(1, 1, new byte[] {(byte) 0xA5});
    assertWritten(controller.url(), "%DB1:1.1:BOOL", TypedValues.flag(true));
    assertThat(controller.memory(1)[1]).isEqualTo((byte) 0xA7);
  }

  @Test
  void leavesTheMaximumLengthOfAText() throws Exception {
    assertWritten(controller.url(), "%DB1:100:STRING(254)", text("press"));
    assertThat(controller.memory(1)[100]).isEqualTo((byte) 20);
  }

  static Stream<Arguments> unwritable() {
    return Stream.of(
        Arguments.of("%DB1:100:STRING(254)", text("x".repeat(21)), "21 characters"),
        Arguments.of("%DB1:300:STRING(254)", text("x".repeat(212)), "213 bytes"),
        Arguments.of("%DB1:100:STRING(5)", text("sixsix"), "at most 5"),
        Arguments.of("%DB1:100:STRING(20)", text("\u20ac"), "cannot hold"),
        Arguments.of("%DB1:150:WSTRING(20)", text("x".repeat(11)), "11 characters"),
        Arguments.of("%DB1:32:CHAR", text("ab"), "one character"),
        Arguments.of("%DB1:40:S5TIME", number(15), "S5TIME"),
        Arguments.of("%DB1:40:S5TIME", number(9_990_001), "S5TIME"),
        Arguments.of("%DB1:40:TIME", number(2_147_483_648L), "32 bits"),
        Arguments.of("%DB1:48:DATE", time("2026-11-21T00:00:01Z"), "beginning of a day"),
        Arguments.of("%DB1:48:DATE", time("1989-12-31T00:00:00Z"), "1990 to 2169"),
        Arguments.of("%DB1:48:TIME_OF_DAY", text("12:34:56.7891"), "millisecond"),
        Arguments.of("%DB1:48:TIME_OF_DAY", text("noon"), "12:34:56.789"),
        Arguments.of("%DB1:56:DATE_AND_TIME", time("2090-01-01T00:00:00Z"), "1990 to 2089"),
        Arguments.of("%DB1:56:DATE_AND_TIME", time("2026-01-01T00:00:00.0001Z"), "millisecond"),
        Arguments.of("%DB1:56:DTL", time("1969-01-01T00:00:00Z"), "1970 to 2554"),
        Arguments.of("%DB1:200:BYTE[5]", TypedValues.bytes(1, 2), "5 bytes"),
        Arguments.of("%DB1:200.0:BOOL[16]", TypedValues.bits(15), "16 elements"));
  }

  @ParameterizedTest
  @MethodSource("unwritable")
  void sendsNothingThatTheTagCannotHold(String line, Value value, String reason) throws Exception {
    assertRejected(controller.url(), line, value, reason);
    assertThat(controller.written(1)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"3, 3 ACCESS_DENIED, PUT/GET", "5, 4 INVALID_ADDRESS, address"})
  void saysWhyTheControllerRejectsAWrite(int code, String status, String hint) throws Exception {
    controller.refuseWrites(1, code);
    try (SinkClient client = new SinkClient(controller.url(), "%DB1:4:INT")) {
      assertThat(client.write(number(5)))
          .isInstanceOfSatisfying(
              WriteOutcome.Failed.class,
              failed -> {
                assertThat(failed.status()).isEqualTo(status);
                assertThat(failed.text()).contains(hint);
              });
      assertThat(client.lost()).isEmpty();
    }
  }

  @Test
  void saysThatAReadIsDenied() throws Exception {
    controller.refuse(1, ACCESS_DENIED);
    try (SinkClient client = new SinkClient(controller.url(), "%DB1:4:INT")) {
      assertThat(client.read().status()).isEqualTo("3 ACCESS_DENIED");
    }
  }
}
