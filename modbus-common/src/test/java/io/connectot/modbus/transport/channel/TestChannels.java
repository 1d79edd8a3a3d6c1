// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.transport.channel;

import io.connectot.core.connection.Clock;
import io.connectot.modbus.transport.frame.ByteStream;
import io.connectot.modbus.transport.frame.Framing;
import java.util.function.Supplier;

/** Channels over streams of tests. */
public final class TestChannels {
  private TestChannels() {}

  /** Opens a new stream each time, as a TCP connection. */
  public static ChannelOpener connections(
      Supplier<ByteStream> streams, Framing framing, Clock clock) {
    return opener(() -> ByteStreamChannel.connection(streams.get(), framing, false, clock));
  }

  /** Opens one stream, as a serial port. */
  public static ChannelOpener port(ByteStream stream, Framing framing, Clock clock) {
    return opener(() -> ByteStreamChannel.port(stream, framing, false, clock));
  }

  private static ChannelOpener opener(Supplier<FrameChannel> channels) {
    return new ChannelOpener() {
      @Override
      public FrameChannel open(CloseGuard.Call call) throws ConnectionClosedException {
        FrameChannel channel = channels.get();
        call.hold(channel);
        return channel;
      }

      @Override
      public String endpoint() {
        return "rtutcp://line:4001";
      }
    };
  }
}
