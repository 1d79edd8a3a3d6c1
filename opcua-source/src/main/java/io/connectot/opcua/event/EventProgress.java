// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.event;

import io.connectot.opcua.resume.EventPosition;
import io.connectot.opcua.resume.NotificationPosition;
import io.connectot.opcua.resume.SubscriptionKey;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;

/**
 * The subscription of one notifier's events and the last delivered one, kept from session to
 * session. Thread-safe.
 */
final class EventProgress {
  private final Map<String, String> partition;

  /** All that follows is guarded by this. Null before the first event. */
  private EventPosition taken;

  private EventPosition delivered;

  /** Where the item is; null for nowhere. */
  private SubscriptionKey subscription;

  private UInteger handle;

  /** When the server was last heard of, epoch nanoseconds; 0 for never. */
  private long heardNanos;

  /** Since when events are missing, epoch nanoseconds; negative for none missing. */
  private long missingSince = -1;

  /** Whether the session reported that events are missing. */
  private boolean said;

  /**
   * @param partition what offsets are of
   * @param stored what Kafka has; null for nothing
   */
  EventProgress(Map<String, String> partition, Map<String, ?> stored) {
    this.partition = partition;
    Optional<EventPosition> known = EventPosition.parse(partition, stored);
    this.delivered = known.orElse(null);
    this.subscription = known.map(position -> position.live().subscription()).orElse(null);
    this.handle = known.map(position -> UInteger.valueOf(position.item())).orElse(null);
    this.heardNanos = known.map(EventPosition::receivedNanos).orElse(0L);
  }

  /** Begins a session: what was not delivered in the one before will come again. */
  synchronized void begin() {
    taken = delivered;
    said = false;
  }

  /** The item that there was is not at the server any more, and what it kept is lost. */
  synchronized void lost() {
    if (subscription != null && missingSince < 0) {
      missingSince = heardNanos;
    }
  }

  /** Events that the item sent are lost. */
  synchronized void missed() {
    lost();
    said = false;
  }

  /**
   * Whether events are missing before one that came now. Says so once a session.
   *
   * @param receivedNanos when it came, epoch nanoseconds
   * @return since when; empty for none missing
   */
  synchronized OptionalLong missing(long receivedNanos) {
    OptionalLong since =
        missingSince < 0 || said
            ? OptionalLong.empty()
            : OptionalLong.of(missingSince == 0 ? receivedNanos : missingSince);
    said = true;
    heardNanos = receivedNanos;
    return since;
  }

  /** The gap was handed over. */
  synchronized void missingTold() {
    missingSince = -1;
  }

  /** The item is in a subscription now. */
  synchronized void placed(SubscriptionKey in, UInteger clientHandle) {
    subscription = in;
    handle = clientHandle;
  }

  /** The subscription in which the item was last; empty for none. */
  synchronized Optional<SubscriptionKey> subscription() {
    return Optional.ofNullable(subscription);
  }

  /** The item's client handle, when it was in that subscription last. */
  synchronized Optional<UInteger> handleIn(SubscriptionKey in) {
    return in.equals(subscription) ? Optional.of(handle) : Optional.empty();
  }

  /** Whether an event was taken already. */
  synchronized boolean covers(NotificationPosition position) {
    return taken != null
        && taken.live().covers(position.subscription(), position.sequence(), position.item());
  }

  /** Takes an event. */
  synchronized EventPosition take(
      NotificationPosition position, UInteger clientHandle, long receivedNanos) {
    taken = new EventPosition(partition, position, clientHandle.longValue(), receivedNanos);
    return taken;
  }

  /** The runtime took an event over; after a loss of the connection it will not come again. */
  synchronized void confirm(EventPosition position) {
    delivered = position;
  }
}
