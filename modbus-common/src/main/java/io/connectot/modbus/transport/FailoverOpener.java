// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.transport;

import io.connectot.core.connection.Clock;
import io.connectot.core.spi.ProtocolException;
import io.connectot.modbus.transport.channel.ChannelOpener;
import io.connectot.modbus.transport.channel.CloseGuard;
import io.connectot.modbus.transport.channel.ConnectionClosedException;
import io.connectot.modbus.transport.channel.FrameChannel;
import java.time.Duration;

/**
 * Connects to a backup while the first endpoint is unreachable, and returns to the first endpoint
 * after the return interval. An endpoint counts as unreachable too if it accepts several
 * connections in a row on which no unit answers.
 */
final class FailoverOpener implements ChannelOpener {
  private final ChannelOpener first;
  private final ChannelOpener backup;
  private final Duration returnInterval;
  private final int unansweredLimit;
  private final Clock clock;
  private volatile ChannelOpener current; // written by the owner's thread
  private long failedOverAt; // owner's thread
  private int unanswered; // owner's thread

  /**
   * @param returnInterval the time after a fail-over until the first endpoint is tried again
   * @param unansweredLimit the number of consecutive connections without an answer after which the
   *     other endpoint is tried
   */
  FailoverOpener(
      ChannelOpener first,
      ChannelOpener backup,
      Duration returnInterval,
      int unansweredLimit,
      Clock clock) {
    this.first = first;
    this.backup = backup;
    this.returnInterval = returnInterval;
    this.unansweredLimit = unansweredLimit;
    this.clock = clock;
    this.current = first;
  }

  @Override
  public FrameChannel open(CloseGuard.Call call)
      throws ProtocolException, ConnectionClosedException {
    ChannelOpener preferred = isReturnDue() ? first : current;
    ChannelOpener other = preferred == first ? backup : first;
    try {
      FrameChannel channel = preferred.open(call);
      use(preferred);
      return channel;
    } catch (ProtocolException failure) {
      try {
        FrameChannel channel = other.open(call);
        use(other);
        return channel;
      } catch (ProtocolException otherFailure) {
        failure.addSuppressed(otherFailure);
        throw failure;
      }
    }
  }

  @Override
  public boolean isReturnDue() {
    return current == backup && clock.tick() - failedOverAt >= returnInterval.toNanos();
  }

  @Override
  public void channelGivenUp(boolean answered) {
    unanswered = answered ? 0 : unanswered + 1;
    if (unanswered >= unansweredLimit) {
      use(current == first ? backup : first);
      unanswered = 0;
    }
  }

  private void use(ChannelOpener next) {
    boolean returning = next == backup && isReturnDue();
    if (next == current && !returning) {
      return;
    }
    if (next == backup) {
      failedOverAt = clock.tick();
    }
    unanswered = 0;
    current = next;
  }

  @Override
  public String endpoint() {
    return current.endpoint();
  }
}
