// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.core.source.polling.Plants;
import java.util.Collections;
import org.junit.jupiter.api.Test;

class TransactionHeapTest {
  private final TransactionHeap heap = new TransactionHeap(8_000_000);

  @Test
  void tasksShareAQuarterOfTheHeap() {
    assertThat(heap.perTask()).isEqualTo(2_000_000);
    heap.join();
    assertThat(heap.perTask()).isEqualTo(2_000_000);
    heap.join();
    heap.join();
    heap.join();
    assertThat(heap.perTask()).isEqualTo(500_000);
    heap.leave();
    heap.leave();
    assertThat(heap.perTask()).isEqualTo(1_000_000);
  }

  @Test
  void aTaskThatBeginsTakesRoomFromTheOthers() {
    heap.join();
    RecordsInFlight first = RecordsInFlight.boundedByBytes(() -> 0, heap::perTask);
    // 1,000 bytes each with what the worker adds.
    first.taken(Collections.nCopies(1_500, Plants.record(TrackedDelivery.UNTRACKED, "k", 500)));
    assertThat(first.room(100)).isEqualTo(100);

    heap.join();

    assertThat(first.room(100)).isZero();
    heap.leave();
    assertThat(first.room(100)).isEqualTo(100);
  }
}
