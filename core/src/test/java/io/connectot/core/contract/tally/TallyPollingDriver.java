// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.contract.tally;

import io.connectot.core.model.Device;
import io.connectot.core.spi.PollingDriver;
import io.connectot.core.spi.PollingSession;
import io.connectot.core.spi.line.DeviceLine;
import io.connectot.core.spi.line.LineException;
import io.connectot.core.spi.line.TagLine;
import java.time.Duration;
import java.util.List;

/** Asks tallies for their counts. */
record TallyPollingDriver(Duration timeout) implements PollingDriver<String, Integer> {
  @Override
  public ParsedDevice<String> parseDevice(DeviceLine line) throws LineException {
    return TallyLines.device(line);
  }

  @Override
  public ParsedTag<Integer> parseTag(TagLine line) throws LineException {
    return TallyLines.tag(line);
  }

  @Override
  public PollingSession<String, Integer> newSession(String endpoint, List<Device<String>> devices) {
    return new TallyPollingSession(endpoint, devices.get(0).settings(), timeout);
  }
}
