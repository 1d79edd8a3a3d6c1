// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RoundTripTest {
  private final TestClock clock = new TestClock();
  private final RoundTrip roundTrip = new RoundTrip(clock);

  @Test
  void sendsACommandEveryTwoSeconds() {
    assertThat(roundTrip.due()).contains("{\"position\":4.7}");
    clock.millis += 1_999;
    assertThat(roundTrip.due()).isEmpty();
    clock.millis += 1;
    assertThat(roundTrip.due()).contains("{\"position\":9.4}");
  }

  @Test
  void namesAPositionOfTheValveAndNoneTwiceInAThousand() {
    Set<String> commands = new HashSet<>();
    for (int i = 0; i < 1000; i++) {
      clock.millis += 2_000;
      commands.add(roundTrip.due().orElseThrow());
    }

    assertThat(commands)
        .hasSize(1000)
        .contains("{\"position\":100.0}")
        .allMatch(command -> command.matches(".\"position\":(\\d\\d?\\.\\d|100\\.0)."));
  }

  @Test
  void countsTheReportedPositionsThatWereAskedFor() {
    roundTrip.due();
    clock.millis += 2_000;
    roundTrip.due();
    clock.millis += 130;

    roundTrip.take(reading("valve1", "position", "9.400", "GOOD"));
    roundTrip.take(reading("valve1", "position", "9.400", "GOOD"));
    roundTrip.take(reading("valve1", "position", "50", "GOOD"));

    assertThat(roundTrip.answered()).isEqualTo(1);
    assertThat(roundTrip).hasToString("2 commands sent, 1 obeyed, the last after 130 ms");
  }

  @Test
  void takesNothingElseForAnAnswer() {
    roundTrip.due();

    roundTrip.take(reading("valve2", "position", "4.7", "GOOD"));
    roundTrip.take(reading("valve1", "temperature", "4.7", "GOOD"));
    roundTrip.take(reading("valve1", "position", "", "BAD"));

    assertThat(roundTrip.answered()).isZero();
    assertThat(roundTrip).hasToString("1 commands sent, 0 obeyed");
  }

  private static Reading reading(String device, String tag, String value, String quality) {
    return new Reading("mqtt", device, tag, value, "%", quality, "", Instant.EPOCH, "{}");
  }

  private static final class TestClock extends Clock {
    private long millis;

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return Instant.ofEpochMilli(millis);
    }
  }
}
