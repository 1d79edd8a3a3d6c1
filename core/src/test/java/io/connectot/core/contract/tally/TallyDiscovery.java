// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.contract.tally;

import io.connectot.core.model.Value.LongValue;
import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.discovery.Discovery;
import io.connectot.core.spi.discovery.DiscoveryMethod;
import io.connectot.core.spi.discovery.DiscoveryRequest;
import io.connectot.core.spi.discovery.DiscoveryRun;
import io.connectot.core.spi.discovery.Finding.Candidate;
import io.connectot.core.spi.discovery.TagReading;
import io.connectot.core.spi.line.DeviceLine;
import io.connectot.core.spi.line.LineException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Shows the counters of a tally. */
public final class TallyDiscovery implements Discovery {
  private static final Duration TIMEOUT = Duration.ofSeconds(1);
  private static final int MAX_COUNTERS = 1000;

  @Override
  public String title() {
    return "Tally";
  }

  @Override
  public String connectorClass() {
    return TallySourceConnector.class.getName();
  }

  @Override
  public String addressKey() {
    return "devices.";
  }

  @Override
  public String addressExample() {
    return "tally://hall1";
  }

  @Override
  public List<DiscoveryMethod> methods() {
    return List.of(DiscoveryMethod.of("counters", "Counters"));
  }

  @Override
  public void discover(DiscoveryRequest request, DiscoveryRun run)
      throws LineException, ProtocolException {
    String host = TallyLines.device(new DeviceLine("tally", request.address())).settings();
    try (TallyConnection connection = TallyDevice.connect(host)) {
      run.closeOnCancel(connection);
      for (int counter = 0; counter < MAX_COUNTERS; counter++) {
        OptionalLong count = connection.read(counter, TIMEOUT);
        if (count.isEmpty() || !run.add(found(counter, count.getAsLong()))) {
          return;
        }
      }
    } catch (IOException e) {
      throw TallyErrors.connectionLost(request.address(), e);
    }
  }

  private static Candidate found(int counter, long count) {
    String address = Integer.toString(counter);
    return Candidate.tag(
        "counter" + counter, "", TagReading.good(address, "", Map.of(), new LongValue(count)));
  }
}
