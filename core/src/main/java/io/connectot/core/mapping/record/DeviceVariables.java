// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.mapping.record;

import io.connectot.core.mapping.template.Variables;
import io.connectot.core.mapping.template.Vocabulary;

/** The values of {@link Vocabulary#MEASUREMENT} and {@link Vocabulary#DEVICE}. */
public record DeviceVariables(String device, String tag, String path, String protocol)
    implements Variables {

  /** For a record of a whole device: there is no tag, and the path is the device's. */
  public static DeviceVariables of(RecordIdentity device) {
    return new DeviceVariables(device.device(), null, device.path(), device.protocol());
  }

  @Override
  public String value(String name) {
    return switch (name) {
      case "device" -> device;
      case "tag" -> tag;
      case "path" -> path;
      case "protocol" -> protocol;
      default -> null;
    };
  }
}
