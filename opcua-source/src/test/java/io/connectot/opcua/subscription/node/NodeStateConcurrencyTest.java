// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.subscription.node;

import io.connectot.core.model.Device;
import io.connectot.opcua.resume.NodePartition;
import io.connectot.opcua.resume.NotificationPosition;
import io.connectot.opcua.resume.SubscriptionKey;
import io.connectot.opcua.subscription.node.NodeState.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.jetbrains.lincheck.Lincheck;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Values arrive while another thread reads history, in every interleaving. */
@Tag("full")
class NodeStateConcurrencyTest {
  private static final Device<?> DEVICE = new Device<>("plant", "opc.tcp://plant", "", Map.of());
  private static final NodePartition PARTITION = new NodePartition("plant", "ns=1;s=a", "a");
  private static final int INTERLEAVINGS = 300;
  private static final SubscriptionKey KEY = new SubscriptionKey(1, 1000, "0/1");
  private static final long T = 133_000_000_000_000_000L;

  @Test
  void everyValueIsDeliveredOrReleased() {
    Lincheck.runConcurrentTest(INTERLEAVINGS, NodeStateConcurrencyTest::receiveWhileReleasing);
  }

  private static void receiveWhileReleasing() {
    NodeState state = backfilling();
    ReceivedValue next = value(6, null);
    AtomicReference<Step> step = new AtomicReference<>();
    List<ReceivedValue> released = new ArrayList<>();
    run(() -> step.setPlain(state.accept(next, true)), () -> release(state, released));

    List<Long> kafka = numbers(released);
    if (step.getPlain() == Step.DELIVER) {
      kafka.add(6L);
    }
    // AssertJ's objects refuse equals, which Lincheck calls.
    if (!kafka.equals(List.of(5L, 6L)) || state.hasBuffered()) {
      throw new AssertionError("delivered " + kafka + ", still buffered: " + state.hasBuffered());
    }
  }

  @Test
  void droppedValuesAreReadFromHistory() {
    Lincheck.runConcurrentTest(INTERLEAVINGS, NodeStateConcurrencyTest::dropWhileReleasing);
  }

  /** Too many values are buffered at the moment when history was read up to the first. */
  private static void dropWhileReleasing() {
    NodeState state = backfilling();
    state.accept(value(6, null), true);
    state.startReading();
    List<ReceivedValue> dropped = new ArrayList<>();
    List<ReceivedValue> released = new ArrayList<>();
    run(
        () -> dropped.addAll(state.dropBuffered()),
        () -> {
          if (state.endReading(true) != null) {
            release(state, released);
          }
        });
    List<Long> kafka = numbers(released);
    if (state.hasBuffered()) {
      // As the server's history has them.
      state.startReading();
      for (ReceivedValue value : dropped) {
        if (state.backfill(value.value(), value.ticks(), value.hash()) != null) {
          kafka.add(value.ticks() - T);
        }
      }
      state.endReading(true);
      List<ReceivedValue> rest = new ArrayList<>();
      release(state, rest);
      kafka.addAll(numbers(rest));
    }

    if (!kafka.equals(List.of(5L, 6L))) {
      throw new AssertionError("delivered " + kafka + ", dropped " + numbers(dropped));
    }
  }

  /** A node of which the value 5 is buffered. */
  private static NodeState backfilling() {
    NodeState state = new NodeState(PARTITION, DEVICE, null);
    state.restart("new", false);
    state.accept(value(1, null), true);
    state.accept(value(5, "overflow"), true);
    return state;
  }

  private static ReceivedValue value(int number, String lossCause) {
    DataValue value = new DataValue(Variant.ofInt32(number));
    return new ReceivedValue(
        value,
        T + number,
        number,
        new NotificationPosition(KEY, number, 1),
        0,
        new InFlightNotification(null, number),
        lossCause);
  }

  private static void release(NodeState state, List<ReceivedValue> released) {
    ReleasedValue next = state.release(dropped -> {});
    while (next != null && next.value() != null) {
      released.add(next.value());
      next = state.release(dropped -> {});
    }
  }

  private static List<Long> numbers(List<ReceivedValue> values) {
    List<Long> numbers = new ArrayList<>();
    values.forEach(value -> numbers.add(value.ticks() - T));
    return numbers;
  }

  private static void run(Runnable one, Runnable other) {
    Thread first = new Thread(one);
    Thread second = new Thread(other);
    first.start();
    second.start();
    try {
      first.join();
      second.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
