// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.sparkplug.source.record;

import io.connectot.core.mapping.template.Variables;
import io.connectot.sparkplug.topic.EdgeId;

/** The variables that topics have beside those of every protocol. */
record EdgeVariables(EdgeId id) implements Variables {
  @Override
  public String value(String name) {
    return switch (name) {
      case "group" -> id.group();
      case "node" -> id.node();
      default -> null;
    };
  }
}
