// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.contract;

import java.util.OptionalInt;

/** A device that a contract test reads. */
public interface DeviceHarness extends ContractDevice {
  /** Connections stay up, or can be made, but nothing is answered. Only polled devices need it. */
  default void hang() throws Exception {
    throw new UnsupportedOperationException("this device cannot hang");
  }

  /**
   * A tag takes a value from 0 to 10,000, on another thread as well. Of a streaming device this is
   * a message of its own, also without a connection if the protocol lets a device keep messages.
   */
  @Override
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
}
