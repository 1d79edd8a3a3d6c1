// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.contract.tally;

import io.connectot.core.model.Device;
import io.connectot.core.model.Tag;
import io.connectot.core.spi.Delivery;
import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.StreamContext;
import io.connectot.core.spi.StreamingDriver;
import io.connectot.core.spi.StreamingSession;
import io.connectot.core.spi.line.DeviceLine;
import io.connectot.core.spi.line.LineException;
import io.connectot.core.spi.line.TagLine;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Lets tallies send their counts.
 *
 * @param deliveries of the messages that are not acknowledged, over all sessions; empty when
 *     messages that come again are taken for new ones
 */
record TallyStreamingDriver(Optional<Map<Long, Delivery>> deliveries)
    implements StreamingDriver<String, Integer> {
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
      String endpoint, Map<Device<String>, List<Tag<Integer>>> devices, StreamContext context) {
    Map.Entry<Device<String>, List<Tag<Integer>>> only = devices.entrySet().iterator().next();
    return new TallyStreamingSession(only.getKey(), only.getValue(), deliveries);
  }

  @Override
  public void testConnection(Device<String> device) throws ProtocolException {
    try {
      TallyDevice.connect(device.settings()).close();
    } catch (IOException e) {
      throw TallyErrors.connectionLost(device.endpoint(), e);
    }
  }
}
