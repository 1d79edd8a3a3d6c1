// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.connection;

/** The state of the connection to an endpoint. */
public enum ConnectionState {
  /** An attempt is due or under way. */
  CONNECTING,
  /** Connected. */
  ONLINE,
  /** Waiting before the next attempt. */
  BACKOFF,
  /** Over; nothing leads out. */
  STOPPED;

  /** What can happen to a connection. */
  public enum Event {
    CONNECTED,
    /** An attempt failed, or an established connection was lost. */
    FAILED,
    /** The pause is over. */
    RETRY,
    STOP
  }

  /**
   * The state after an event.
   *
   * @throws IllegalStateException when the event cannot happen in this state
   */
  public ConnectionState after(Event event) {
    if (event == Event.STOP || this == STOPPED) {
      return STOPPED;
    }
    return switch (this) {
      case CONNECTING ->
          switch (event) {
            case CONNECTED -> ONLINE;
            case FAILED -> BACKOFF;
            default -> throw impossible(event);
          };
      case ONLINE -> {
        if (event == Event.FAILED) {
          yield BACKOFF;
        }
        throw impossible(event);
      }
      case BACKOFF -> {
        if (event == Event.RETRY) {
          yield CONNECTING;
        }
        throw impossible(event);
      }
      case STOPPED -> STOPPED;
    };
  }

  private IllegalStateException impossible(Event event) {
    return new IllegalStateException(event + " cannot happen while " + this);
  }
}
