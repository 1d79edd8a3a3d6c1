// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.sparkplug.host;

import io.connectot.sparkplug.topic.StateMessage;
import io.connectot.sparkplug.topic.StateTopic;
import java.util.Arrays;
import java.util.Optional;

/**
 * The STATE of a host application on one broker. A connection has one timestamp: that of its will
 * and its birth. For one thread at a time.
 */
public final class HostState {
  private final String topic;
  private final byte[] none = new byte[0];

  /** Of the present connection, milliseconds since 1970. */
  private long timestamp;

  /** What is published last; empty before. */
  private byte[] published = none;

  /** Whether edge nodes are to see the host online. */
  private boolean online;

  public HostState(String hostId) {
    this.topic = StateTopic.of(hostId);
  }

  /** What a STATE message of this host makes necessary. */
  public enum Answer {
    NOTHING,
    /** Publish {@link #birth} again. */
    BIRTH,
    /** Connect again, with a newer will: edge nodes ignore a birth that is older than a death. */
    RECONNECT
  }

  /** The topic of births and deaths; they are retained and have QoS 1. */
  public String topic() {
    return topic;
  }

  /**
   * A connection begins.
   *
   * @return the payload of its will
   */
  public byte[] connect(long nowMillis) {
    timestamp = Math.max(nowMillis, timestamp);
    online = false;
    published = none;
    return new StateMessage(false, timestamp).toBytes();
  }

  /** The payload that says that the host is online; with the timestamp of the will. */
  public byte[] birth() {
    online = true;
    published = new StateMessage(true, timestamp).toBytes();
    return published;
  }

  /** The payload that says that the host goes offline of its own will. */
  public byte[] death(long nowMillis) {
    online = false;
    published = new StateMessage(false, Math.max(nowMillis, timestamp)).toBytes();
    return published;
  }

  /** Whether the birth was the last that was published. */
  public boolean isOnline() {
    return online;
  }

  /** A STATE message of this host arrived: its own, or one of a former connection. */
  public Answer seen(byte[] payload) {
    if (!online || Arrays.equals(payload, published)) {
      return Answer.NOTHING;
    }
    Optional<StateMessage> message = StateMessage.parse(payload);
    if (message.isPresent() && message.get().online()) {
      return Answer.NOTHING;
    }
    return message.isPresent() && message.get().timestamp() > timestamp
        ? Answer.RECONNECT
        : Answer.BIRTH;
  }
}
