// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.spi;

import io.connectot.core.model.ValueType;
import java.util.List;

/**
 * What can be written to a tag, as the device or the tag's line says.
 *
 * @param type of a value, or of the elements of an array; {@link ValueType#JSON} for structures and
 *     what else the session converts itself; {@link ValueType#UNKNOWN} if the device decides
 * @param array whether it takes an array of them
 * @param arguments what each element of an array has to be, for tags that are methods and take an
 *     array of arguments; null for all others
 * @param refusal why the tag cannot be written, and the remedy; null if it can
 */
public record WriteTarget(
    ValueType type, boolean array, List<WriteTarget> arguments, String refusal) {
  /** A tag with a single value. */
  public static WriteTarget of(ValueType type) {
    return new WriteTarget(type, false, null, null);
  }

  /** A tag with an array of values. */
  public static WriteTarget arrayOf(ValueType type) {
    return new WriteTarget(type, true, null, null);
  }

  /** A tag that takes an array of arguments, or a single value if it has one argument. */
  public static WriteTarget ofArguments(List<WriteTarget> arguments) {
    return new WriteTarget(ValueType.UNKNOWN, true, List.copyOf(arguments), null);
  }

  /** A tag that cannot be written. */
  public static WriteTarget refused(String refusal) {
    return new WriteTarget(ValueType.UNKNOWN, false, null, refusal);
  }
}
