// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.core.contract.DeviceHarness;
import io.connectot.core.contract.PollingContractTest;
import io.connectot.core.contract.RunningTask;
import io.connectot.core.source.OtSourceTask;
import io.connectot.plc4x.testing.S7Line;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every protocol has to keep, with an S7 controller. */
@Tag("peers")
@Execution(ExecutionMode.CONCURRENT)
class S7ContractTest extends PollingContractTest {
  private S7Harness controller;

  @Override
  protected OtSourceTask newTask() {
    return new Plc4xSourceTask();
  }

  @Override
  protected DeviceHarness newDevice() {
    controller = new S7Harness();
    return controller;
  }

  @ParameterizedTest
  @EnumSource(value = S7Line.Mode.class, mode = EnumSource.Mode.EXCLUDE, names = "WORKS")
  void isBackAfterAControllerThatAnswersWronglyOrNot(S7Line.Mode fault) throws Exception {
    RunningTask task = run();
    awaitGood(task);

    controller.line().set(fault);
    awaitOffline(task);
    controller.start();
    awaitGood(task);

    task.stop();
    awaitTrue(() -> assertThat(task.hasThreads()).isFalse());
  }

  @ParameterizedTest
  @EnumSource(value = S7Line.Mode.class, mode = EnumSource.Mode.EXCLUDE, names = "WORKS")
  void connectsToAControllerThatAnswersWronglyOrNotAtFirst(S7Line.Mode fault) throws Exception {
    controller.line().set(fault);
    RunningTask task = run();
    awaitOffline(task);

    controller.line().set(S7Line.Mode.WORKS);
    awaitGood(task);
  }

  @ParameterizedTest
  @EnumSource(value = S7Line.Mode.class, mode = EnumSource.Mode.EXCLUDE, names = "WORKS")
  void stopsWhileAControllerAnswersWronglyOrNot(S7Line.Mode fault) throws Exception {
    controller.line().set(fault);
    RunningTask task = run();
    awaitOffline(task);

    task.stop();

    awaitTrue(() -> assertThat(task.hasThreads()).isFalse());
  }
}
