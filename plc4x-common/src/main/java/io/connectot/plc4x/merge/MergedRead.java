// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.merge;

import io.connectot.plc4x.value.RawValue;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * One address that is read for one or more tags.
 *
 * @param address in the driver's syntax
 * @param parts the tags whose values it contains, at least one
 */
public record MergedRead(String address, List<Part> parts) {
  public MergedRead {
    parts = List.copyOf(parts);
  }

  /** A read of one tag by the tag's own address. */
  public static MergedRead single(int tag, String address) {
    return new MergedRead(address, List.of(new Part(tag, UnaryOperator.identity())));
  }

  /** Whether it reads one tag only. */
  public boolean isSingle() {
    return parts.size() == 1;
  }

  /**
   * The part of the value that belongs to one tag.
   *
   * @param tag the index of the tag in the planned list
   * @param extract extracts the tag's value from the read value; does not throw for a value of the
   *     address's type
   */
  public record Part(int tag, UnaryOperator<RawValue> extract) {}
}
