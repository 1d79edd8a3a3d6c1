// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.transport;

import io.connectot.core.spi.ProtocolException;
import java.time.Duration;

/**
 * Connects to a backup while the first endpoint cannot be reached, and keeps to it until the backup
 * fails. The first endpoint is tried again, at the next connect, when it was left alone for a
 * while. An endpoint that connects but on which no unit answers, several connections in a row,
 * counts as one that cannot be reached.
 */
final class FailoverOpener implements ChannelOpener {
  private static final int UNANSWERED_LIMIT = 3;

  private final ChannelOpener first;
  private final ChannelOpener backup;
  private final Duration retryInterval;
  private final LinkClock clock;
  private volatile ChannelOpener current; // written by the owner's thread
  private long failedOverAt; // owner's thread
  private int unanswered; // owner's thread

  FailoverOpener(
      ChannelOpener first, ChannelOpener backup, Duration retryInterval, LinkClock clock) {
    this.first = first;
    this.backup = backup;
    this.retryInterval = retryInterval;
    this.clock = clock;
    this.current = first;
  }

  @Override
  public Channel open(CloseGuard.Call call) throws ProtocolException, LinkClosedException {
    if (current == backup && clock.nanoTime() - failedOverAt >= retryInterval.toNanos()) {
      switchTo(first);
    }
    try {
      return current.open(call);
    } catch (ProtocolException failure) {
      switchTo(current == first ? backup : first);
      try {
        return current.open(call);
      } catch (ProtocolException other) {
        failure.addSuppressed(other);
        throw failure;
      }
    }
  }

  @Override
  public void channelGivenUp(boolean answered) {
    unanswered = answered ? 0 : unanswered + 1;
    if (unanswered >= UNANSWERED_LIMIT) {
      switchTo(current == first ? backup : first);
    }
  }

  private void switchTo(ChannelOpener next) {
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

  @Override
  public Framing framing() {
    return current.framing();
  }
}
