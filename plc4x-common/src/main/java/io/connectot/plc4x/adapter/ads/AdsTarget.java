// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.adapter.ads;

import io.connectot.plc4x.adapter.TagShape;
import org.apache.plc4x.java.api.model.PlcTag;

/**
 * What can be written to a symbol.
 *
 * @param tag what the driver is given; null when it is refused
 * @param length the maximum length of a text; 0 for other types
 */
public record AdsTarget(TagShape shape, PlcTag tag, int length) {
  static AdsTarget refused(String refusal) {
    return new AdsTarget(TagShape.refused(refusal), null, 0);
  }
}
