// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.transport;

import io.connectot.core.spi.ProtocolException;
import java.time.Duration;

/**
 * Connects to a backup while the first endpoint cannot be reached. From time to time it asks for
 * the connection to the backup to be given up, and tries the first endpoint again. An endpoint that
 * connects but on which no unit answers, several connections in a row, counts as one that cannot be
 * reached.
 */
final class FailoverOpener implements ChannelOpener {
  private final ChannelOpener first;
  private final ChannelOpener backup;
  private final Duration returnInterval;
  private final int unansweredLimit;
  private final LinkClock clock;
  private volatile ChannelOpener current; // written by the owner's thread
  private long failedOverAt; // owner's thread
  private int unanswered; // owner's thread

  /**
   * @param returnInterval how long the first endpoint is left alone after a fail-over
   * @param unansweredLimit after how many connections in a row without an answer the other endpoint
   *     is tried
   */
  FailoverOpener(
      ChannelOpener first,
      ChannelOpener backup,
      Duration returnInterval,
      int unansweredLimit,
      LinkClock clock) {
    this.first = first;
    this.backup = backup;
    this.returnInterval = returnInterval;
    this.unansweredLimit = unansweredLimit;
    this.clock = clock;
    this.current = first;
  }

  @Override
  public Channel open(CloseGuard.Call call) throws ProtocolException, LinkClosedException {
    ChannelOpener preferred = isReturnDue() ? first : current;
    ChannelOpener other = preferred == first ? backup : first;
    try {
      Channel channel = preferred.open(call);
      use(preferred);
      return channel;
    } catch (ProtocolException failure) {
      try {
        Channel channel = other.open(call);
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
    return current == backup && clock.nanoTime() - failedOverAt >= returnInterval.toNanos();
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
      failedOverAt = clock.nanoTime();
    }
    unanswered = 0;
    current = next;
  }

  @Override
  public String endpoint() {
    return current.endpoint();
  }
}
