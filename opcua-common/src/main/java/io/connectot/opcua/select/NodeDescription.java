// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.select;

import io.connectot.core.model.ValueType;
import io.connectot.opcua.config.ItemSettings;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.structured.Range;

/**
 * The description of a variable. Valid only if {@code status} is not bad.
 *
 * @param status whether there is such a variable
 * @param type the type of its values
 * @param elementType the type of the elements of its values; of a single value its type
 * @param description empty when there is none
 */
record NodeDescription(
    StatusCode status,
    NodeId dataType,
    int valueRank,
    boolean historyReadable,
    ValueType type,
    ValueType elementType,
    Optional<String> description,
    NodeProperties properties) {

  /** A node that is not there, or no variable. */
  static NodeDescription bad(StatusCode status) {
    return new NodeDescription(
        status,
        NodeId.NULL_VALUE,
        -1,
        false,
        ValueType.UNKNOWN,
        ValueType.UNKNOWN,
        Optional.empty(),
        NodeProperties.NONE);
  }

  /** The type of the values of a tag that may select a part of them. */
  ValueType typeOf(ItemSettings item) {
    return item.elementOf(valueRank) ? elementType : type;
  }

  /** The attributes of records of the node. */
  Map<String, String> attributes() {
    Map<String, String> attributes = new LinkedHashMap<>();
    description.ifPresent(text -> attributes.put("description", text));
    Optional<Range> range = properties.range();
    if (range.isPresent() && range.get().getLow() != null && range.get().getHigh() != null) {
      attributes.put("range.low", range.get().getLow().toString());
      attributes.put("range.high", range.get().getHigh().toString());
    }
    return attributes;
  }
}
