// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.config;

import io.connectot.core.model.ValueType;
import io.connectot.core.spi.Driver.ParsedTag;
import io.connectot.core.spi.LineException;
import io.connectot.core.spi.TagLine;
import io.connectot.opcua.address.NodeAddress;
import java.util.Optional;

/** Reads tag lines. Thread-safe. */
public final class TagLines {

  /**
   * Reads one tag line.
   *
   * @throws LineException when it cannot work
   */
  public ParsedTag<OpcUaTag> parse(TagLine line) throws LineException {
    OpcUaTag tag =
        new OpcUaTag(NodeAddress.parse(line.address()), Optional.empty(), ItemSettings.DEFAULT);
    return new ParsedTag<>(tag, ValueType.FLOAT64);
  }
}
