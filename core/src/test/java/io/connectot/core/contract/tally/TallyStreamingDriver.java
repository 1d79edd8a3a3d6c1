// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.contract.tally;

import io.connectot.core.model.Device;
import io.connectot.core.model.Tag;
import io.connectot.core.spi.DeviceLine;
import io.connectot.core.spi.LineException;
import io.connectot.core.spi.StreamingDriver;
import io.connectot.core.spi.StreamingSession;
import io.connectot.core.spi.TagLine;
import java.util.List;

/** Lets tallies send their counts. */
record TallyStreamingDriver() implements StreamingDriver<String, Integer> {
  @Override
  public ParsedDevice<String> parseDevice(DeviceLine line) throws LineException {
    return TallyLines.device(line);
  }

  @Override
  public ParsedTag<Integer> parseTag(TagLine line) throws LineException {
    return TallyLines.tag(line);
  }

  @Override
  public StreamingSession newSession(
      String endpoint, List<Device<String>> devices, List<Tag<Integer>> tags) {
    return new TallyStreamingSession(devices.get(0), tags);
  }
}
