// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x;

import io.connectot.core.contract.DeviceHarness;
import io.connectot.core.contract.PollingContractTest;
import io.connectot.core.source.OtSourceTask;
import io.connectot.plc4x.testing.LogixDevice;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The contract of sources, with a Logix controller. */
@Execution(ExecutionMode.CONCURRENT)
class LogixContractTest extends PollingContractTest {
  @Override
  protected OtSourceTask newTask() {
    return new Plc4xSourceTask();
  }

  @Override
  protected DeviceHarness newDevice() throws Exception {
    return new LogixHarness();
  }

  private static final class LogixHarness extends LogixDevice implements DeviceHarness {
    private final Map<String, Integer> values = new ConcurrentHashMap<>();

    LogixHarness() throws Exception {
      super(true, S7Harness.TIMING);
    }

    @Override
    public void set(String tag, int value) {
      values.put(tag, value);
      super.set(tag, value);
    }

    @Override
    public void breakTag(String tag) {
      tags.remove(tag);
    }

    @Override
    public void mendTag(String tag) {
      tags.addDint(tag, values.getOrDefault(tag, 0));
    }
  }
}
