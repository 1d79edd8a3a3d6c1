// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.merge;

import io.connectot.plc4x.value.RawValue;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * One address that is read for one or more tags.
 *
 * @param address in the driver's own form
 * @param parts which tags its value serves, at least one
 */
public record MergedRead(String address, List<Part> parts) {
  public MergedRead {
    parts = List.copyOf(parts);
  }

  /** A read for one tag, by the tag's own address. */
  public static MergedRead single(int tag, String address) {
    return new MergedRead(address, List.of(new Part(tag, UnaryOperator.identity())));
  }

  /** Whether it stands for its tag's own address. */
  public boolean isSingle() {
    return parts.size() == 1;
  }

  /**
   * What one tag has of the value that was read.
   *
   * @param tag the index of the tag in the list that was planned
   * @param extract takes the tag's own value out of the whole; throws no exception for a value of
   *     the address' type
   */
  public record Part(int tag, UnaryOperator<RawValue> extract) {}
}
