// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.ushort;

import io.connectot.opcua.config.ValueSettings.TimestampSource;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.junit.jupiter.api.Test;

class SourceTimeTest {
  private static final Instant INSTANT = Instant.parse("2024-02-29T12:34:56.123456700Z");
  private static final long NANOS =
      TimeUnit.SECONDS.toNanos(INSTANT.getEpochSecond()) + INSTANT.getNano();
  private static final long RECEIVED = 42;

  private static final DateTime TIME = new DateTime(INSTANT);
  private static final DateTime LATER = new DateTime(TIME.utcTime() + 1);

  @Test
  void addsThePicoseconds() {
    assertThat(SourceTime.nanos(TIME, null)).isEqualTo(NANOS);
    assertThat(SourceTime.nanos(TIME, ushort(1234))).isEqualTo(NANOS + 12);
    assertThat(SourceTime.nanos(TIME, ushort(65_535))).isEqualTo(NANOS + 99);
  }

  @Test
  void fallsBackToTheNextTimeThereIs() {
    DataValue both = DataValue.newValue().setSourceTime(TIME).setServerTime(LATER).build();
    assertThat(SourceTime.nanos(both, TimestampSource.SOURCE, RECEIVED)).isEqualTo(NANOS);
    assertThat(SourceTime.nanos(both, TimestampSource.SERVER, RECEIVED)).isEqualTo(NANOS + 100);
    assertThat(SourceTime.nanos(both, TimestampSource.RECEIVE, RECEIVED)).isEqualTo(RECEIVED);
    DataValue server = DataValue.newValue().setServerTime(LATER).build();
    assertThat(SourceTime.nanos(server, TimestampSource.SOURCE, RECEIVED)).isEqualTo(NANOS + 100);
    DataValue none = DataValue.newValue().build();
    assertThat(SourceTime.nanos(none, TimestampSource.SOURCE, RECEIVED)).isEqualTo(RECEIVED);
  }

  @Test
  void takesNoTimeForOneThatCannotBe() {
    for (long ticks : new long[] {Long.MIN_VALUE, -1, 0, 1, Long.MAX_VALUE}) {
      assertThat(SourceTime.nanos(new DateTime(ticks), null)).isEqualTo(SourceTime.UNKNOWN);
    }
    DateTime late = new DateTime(Instant.parse("2262-04-11T23:47:16Z"));
    assertThat(SourceTime.nanos(late, ushort(9_999))).isPositive();
    assertThat(SourceTime.nanos(new DateTime(late.utcTime() + 10_000_000), null))
        .isEqualTo(SourceTime.UNKNOWN);
  }

  @Test
  void keepsValuesOfAnyTime() {
    assertThat(SourceTime.instant(TIME)).isEqualTo(INSTANT);
    assertThat(SourceTime.instant(new DateTime(1))).isEqualTo("1601-01-01T00:00:00.000000100Z");
    assertThat(SourceTime.instant(new DateTime(Long.MIN_VALUE))).isEqualTo("1601-01-01T00:00:00Z");
    assertThat(SourceTime.instant(new DateTime(Long.MAX_VALUE))).isEqualTo("9999-12-31T23:59:59Z");
  }
}
