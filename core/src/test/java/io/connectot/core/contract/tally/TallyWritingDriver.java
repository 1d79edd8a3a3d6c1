// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.contract.tally;

import io.connectot.core.model.Device;
import io.connectot.core.model.Tag;
import io.connectot.core.spi.WritingDriver;
import io.connectot.core.spi.WritingSession;
import io.connectot.core.spi.line.DeviceLine;
import io.connectot.core.spi.line.LineException;
import io.connectot.core.spi.line.TagLine;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Sets the counts of tallies. */
record TallyWritingDriver(Duration timeout) implements WritingDriver<String, Integer> {
  @Override
  public ParsedDevice<String> parseDevice(DeviceLine line) throws LineException {
    return TallyLines.device(line);
  }

  @Override
  public ParsedTag<Integer> parseTag(TagLine line) throws LineException {
    return TallyLines.tag(line);
  }

  @Override
  public WritingSession<String, Integer> newWritingSession(
      String endpoint, Map<Device<String>, List<Tag<Integer>>> devices) {
    return new TallyWritingSession(
        endpoint, devices.keySet().iterator().next().settings(), timeout);
  }
}
