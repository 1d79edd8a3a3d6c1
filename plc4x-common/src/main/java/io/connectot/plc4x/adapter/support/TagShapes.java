// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.adapter.support;

import io.connectot.plc4x.adapter.PlcAddress;
import io.connectot.plc4x.adapter.TagShape;
import io.connectot.plc4x.value.PlcType;
import org.apache.plc4x.java.api.model.ArrayInfo;
import org.apache.plc4x.java.api.model.PlcTag;

/** The shapes of addresses that contain their type. */
public final class TagShapes {
  private TagShapes() {}

  public static TagShape of(PlcAddress address) {
    PlcType type = address.type();
    return switch (type) {
      case UNKNOWN -> TagShape.refused("its address does not contain its type; add it");
      case STRUCT, LIST, RAW_BYTE_ARRAY ->
          TagShape.refused("values of type " + type + " are not written");
      default -> TagShape.of(type, address.array() ? count(address) : 0);
    };
  }

  private static int count(PlcAddress address) {
    int count = 1;
    if (address.parsed() instanceof PlcTag tag) {
      for (ArrayInfo dimension : tag.getArrayInfo()) {
        count *= dimension.getSize();
      }
    }
    return count;
  }
}
