// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.value;

/** A reader of values for tests of events. */
public final class EventValues {
  private EventValues() {}

  /** Knows built-in types only. */
  public static ValueDecoder reader() {
    return new ValueDecoder(FakeTypes.none(ValueFixtures.settings()));
  }
}
