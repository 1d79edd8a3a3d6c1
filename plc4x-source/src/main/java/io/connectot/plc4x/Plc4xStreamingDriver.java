// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x;

import io.connectot.core.config.Configuration;
import io.connectot.core.model.Device;
import io.connectot.core.model.Tag;
import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.StreamContext;
import io.connectot.core.spi.StreamingDriver;
import io.connectot.core.spi.StreamingSession;
import io.connectot.core.spi.line.DeviceLine;
import io.connectot.core.spi.line.LineException;
import io.connectot.core.spi.line.TagLine;
import io.connectot.plc4x.adapter.DriverRegistry;
import io.connectot.plc4x.config.Plc4xConfig;
import io.connectot.plc4x.config.Plc4xDevice;
import io.connectot.plc4x.connection.ManagedConnection;
import io.connectot.plc4x.session.InitialReads;
import io.connectot.plc4x.session.Plc4xStreamingSession;
import io.connectot.plc4x.session.Plc4xTag;
import io.connectot.plc4x.session.SubscribedPoints;
import io.connectot.plc4x.session.SubscriptionGaps;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The driver of a connector that subscribes. */
final class Plc4xStreamingDriver implements StreamingDriver<Plc4xDevice, Plc4xTag> {
  /** How often a session checks its connection. */
  private static final Duration CHECK_INTERVAL = Duration.ofSeconds(1);

  private final DriverRegistry drivers;
  private final SourceLineParser lines;
  private final Configuration config;
  private final SubscribedPoints points;

  /** Made with the first session; all sessions of a task have one context. Guarded by this. */
  private SubscriptionGaps gaps;

  /** As {@link #gaps}. Guarded by this. */
  private InitialReads reads;

  Plc4xStreamingDriver(Configuration config, DriverRegistry drivers) {
    this.config = config;
    this.points = new SubscribedPoints(Plc4xSourceConfig.browsing(config));
    this.drivers = drivers;
    this.lines = new SourceLineParser(drivers, config);
  }

  @Override
  public ParsedDevice<Plc4xDevice> parseDevice(DeviceLine line) throws LineException {
    return lines.device(line);
  }

  @Override
  public ParsedTag<Plc4xTag> parseTag(TagLine line) throws LineException {
    return lines.tag(line);
  }

  @Override
  public boolean discoversTags() {
    return config.get(Plc4xSourceConfig.BROWSE).isPresent();
  }

  @Override
  public Duration tickInterval() {
    return CHECK_INTERVAL;
  }

  @Override
  public StreamingSession newSession(
      String endpoint,
      Map<Device<Plc4xDevice>, List<Tag<Plc4xTag>>> devices,
      StreamContext context) {
    Device<Plc4xDevice> first = devices.keySet().iterator().next();
    return new Plc4xStreamingSession(
        connection(first),
        devices,
        Plc4xSourceConfig.requests(config, first.settings().url().driver()),
        points,
        gaps(context),
        reads(context),
        context.clock());
  }

  private synchronized SubscriptionGaps gaps(StreamContext context) {
    if (gaps == null) {
      gaps = new SubscriptionGaps(context.offsets());
    }
    return gaps;
  }

  private synchronized InitialReads reads(StreamContext context) {
    if (reads == null) {
      reads = new InitialReads(context.clock());
    }
    return reads;
  }

  @Override
  public void testConnection(Device<Plc4xDevice> device) throws ProtocolException {
    ManagedConnection connection = connection(device);
    try {
      connection.open();
    } finally {
      connection.close();
    }
  }

  private ManagedConnection connection(Device<Plc4xDevice> device) {
    return new ManagedConnection(
        drivers, device.settings(), config.get(Plc4xConfig.CONNECT_TIMEOUT));
  }
}
