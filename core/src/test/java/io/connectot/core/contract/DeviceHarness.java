// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.contract;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * A device that a contract test plays with: a simulator in the same process, or a real server.
 *
 * <p>It has three whole numbers, {@link #TAGS}, which keep their values while it is away. All
 * methods are called on one thread at a time, except {@link #set}, which is called on another while
 * the task stops.
 */
public interface DeviceHarness {
  /** What {@link #connectorProps} calls the device. */
  String DEVICE = "press";

  /** What {@link #connectorProps} calls its tags. */
  List<String> TAGS = List.of("speed", "count", "level");

  /**
   * The configuration that reads it: exactly one device, {@link #DEVICE}, with exactly the {@link
   * #TAGS}, and what the protocol needs to notice within a second or two that a device is silent.
   * The test adds name, topics, intervals and pauses; what is given here wins.
   */
  Map<String, String> connectorProps();

  /** It answers from now on, whatever it did before. Returns once it does. */
  void start() throws Exception;

  /** It goes away: connections are cut and refused. Returns once it is gone. */
  void stop() throws Exception;

  /** Connections stay up, or can be made, but nothing is answered. Only polled devices need it. */
  default void hang() throws Exception {
    throw new UnsupportedOperationException("this device cannot hang");
  }

  /**
   * A tag takes a value from 0 to 10,000. Of a streaming device this is a message of its own, also
   * while nobody is connected if the protocol lets a device keep messages.
   */
  void set(String tag, int value) throws Exception;

  /** Reading this tag fails from now on, on its own: the device has no such thing any more. */
  default void breakTag(String tag) throws Exception {
    throw new UnsupportedOperationException("this device cannot break tags");
  }

  /** Reading this tag works again. */
  default void mendTag(String tag) throws Exception {
    throw new UnsupportedOperationException("this device cannot break tags");
  }

  /** How many connections are open; empty when the device cannot tell. */
  default OptionalInt connections() {
    return OptionalInt.empty();
  }

  /** The most requests that were under way at once so far; empty when the device cannot tell. */
  default OptionalInt mostConcurrentRequests() {
    return OptionalInt.empty();
  }

  /** The test is over: it goes away for good and leaves nothing behind. */
  void dispose() throws Exception;
}
