// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.core.source.polling.Plants;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;

class RecordQueueTest {
  private final RecordQueue queue = new RecordQueue();

  private static TrackedRecord record(int size) {
    return Plants.record(TrackedDelivery.UNTRACKED, "k" + size, size);
  }

  private List<SourceRecord> drain(int max, long bytes) {
    List<SourceRecord> drained = new ArrayList<>();
    assertThat(queue.drain(max, drained)).isEqualTo(bytes);
    return drained;
  }

  @Test
  void drainsInOrderAcrossGroups() {
    TrackedRecord a = record(1);
    TrackedRecord b = record(2);
    TrackedRecord c = record(4);
    TrackedRecord d = record(8);
    TrackedRecord e = record(16);
    assertThat(queue.add(List.of(a, b, c))).isEqualTo(7);
    assertThat(queue.add(List.of())).isZero();
    assertThat(queue.add(List.of(d))).isEqualTo(8);
    assertThat(queue.add(List.of(e))).isEqualTo(16);
    assertThat(queue.size()).isEqualTo(5);

    assertThat(drain(1, 1)).containsExactly(a);
    assertThat(drain(1, 2)).containsExactly(b);
    assertThat(drain(2, 12)).containsExactly(c, d);
    assertThat(queue.isEmpty()).isFalse();
    assertThat(drain(100, 16)).containsExactly(e);

    assertThat(queue.isEmpty()).isTrue();
    assertThat(drain(100, 0)).isEmpty();
  }

  @Test
  void keepsACopyOfTheList() {
    TrackedRecord a = record(1);
    List<TrackedRecord> reused = new ArrayList<>(List.of(a));
    queue.add(reused);
    reused.clear();

    assertThat(drain(0, 0)).isEmpty();
    assertThat(drain(5, 1)).containsExactly(a);
  }
}
