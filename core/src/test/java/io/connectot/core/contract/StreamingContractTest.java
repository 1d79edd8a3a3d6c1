// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * What a protocol has to keep in which the device speaks first: extend it and supply a task and a
 * device.
 */
public abstract class StreamingContractTest extends SourceContractTest<StreamingDeviceHarness> {

  /**
   * Whether sessions recognise a message that comes again over another connection, and name the
   * delivery that it repeats.
   */
  protected boolean recognisesRedeliveries() {
    return false;
  }

  /** Whether the field waits for acknowledgements, and sends again what has none. */
  protected boolean acknowledges() {
    return true;
  }

  @Override
  void checkAfterSeries(List<Long> values, int last) {
    assertThat(values).containsSequence(LongStream.rangeClosed(1, last).boxed().toList());
  }

  @Test
  void acknowledgesOnlyWhatKafkaHasWithoutHoles() throws Exception {
    assumeTrue(acknowledges(), "the field sends nothing again");
    RunningTask task = runWithoutCommits();
    awaitGood(task);
    awaitQuiet(task);
    task.records().forEach(task::commit);
    awaitUnacknowledged(0);
    ContractSample first = send(task, 1);
    ContractSample second = send(task, 2);
    ContractSample third = send(task, 3);
    awaitUnacknowledged(3);

    task.commit(second.carrier());
    awaitQuiet(task);
    assertThat(device().unacknowledged()).isEqualTo(3);

    task.commit(first.carrier());
    awaitUnacknowledged(1);

    task.commitDropped(third.carrier());
    awaitUnacknowledged(0);
  }

  @Test
  void whatKafkaDoesNotHaveComesAgainAfterARestart() throws Exception {
    assumeTrue(acknowledges(), "the field sends nothing again");
    RunningTask first = runWithoutCommits();
    awaitGood(first);
    awaitQuiet(first);
    first.records().forEach(first::commit);
    awaitUnacknowledged(0);
    send(first, 1);
    send(first, 2);
    first.stop();

    RunningTask second = run();

    awaitTrue(
        () ->
            assertThat(second.samples("speed"))
                .extracting(ContractSample::value)
                .containsSubsequence(1L, 2L));
    awaitUnacknowledged(0);
  }

  @Test
  void whatComesAgainIsAcknowledgedWithItsFirstRecord() throws Exception {
    assumeTrue(acknowledges(), "the field sends nothing again");
    assumeTrue(recognisesRedeliveries(), "the session takes what comes again for new messages");
    RunningTask task = runWithoutCommits();
    awaitGood(task);
    awaitQuiet(task);
    task.records().forEach(task::commit);
    awaitUnacknowledged(0);
    ContractSample first = send(task, 1);

    device().stop();
    awaitOffline(task);
    device().start();
    awaitTrue(() -> assertThat(task.states()).endsWith("OFFLINE", "ONLINE"));
    awaitQuiet(task);
    int before = device().unacknowledged();
    assertThat(before).isPositive();

    task.commit(first.carrier());

    awaitUnacknowledged(before - 1);
    task.records().stream().filter(found -> !found.equals(first.carrier())).forEach(task::commit);
    awaitUnacknowledged(0);
  }

  @Test
  void whatKafkaDoesNotHaveComesAgainAfterALostConnection() throws Exception {
    assumeTrue(acknowledges(), "the field sends nothing again");
    assumeFalse(recognisesRedeliveries(), "what comes again makes no second record");
    RunningTask task = runWithoutCommits();
    awaitGood(task);
    awaitQuiet(task);
    task.records().forEach(task::commit);
    awaitUnacknowledged(0);
    ContractSample lost = send(task, 1);

    device().stop();
    awaitOffline(task);
    device().start();
    awaitGood(task);
    awaitQuiet(task);
    task.commit(lost.carrier());

    // It belongs to a connection that is gone; what came instead is not in Kafka yet.
    assertThat(device().unacknowledged()).isPositive();
    assertThat(task.samples("speed").stream().filter(ContractSample::isGood))
        .extracting(ContractSample::value)
        .endsWith(1L);
    task.records().stream().filter(found -> !found.equals(lost.carrier())).forEach(task::commit);
    awaitUnacknowledged(0);
  }

  /** Sends a message and waits for its record. */
  private ContractSample send(RunningTask task, int value) throws Exception {
    device().set("speed", value);
    awaitValue(task, "speed", value);
    return task.latest("speed").orElseThrow();
  }

  private void awaitUnacknowledged(int count) {
    awaitTrue(() -> assertThat(device().unacknowledged()).isEqualTo(count));
  }
}
