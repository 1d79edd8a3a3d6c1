// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.sink;

import io.connectot.core.model.ValueType;
import io.connectot.core.spi.WriteTarget;
import io.connectot.opcua.value.BuiltinTypes;
import io.connectot.opcua.value.StructureEncoder;
import org.eclipse.milo.opcua.stack.core.OpcUaDataType;

/**
 * What the values of a variable or of an argument of a method are.
 *
 * @param type the built-in type
 * @param rank 0 or more for arrays
 * @param structure encodes values of a structure; null unless the type is ExtensionObject
 */
record NodeForm(OpcUaDataType type, int rank, StructureEncoder structure) {

  boolean isArray() {
    return rank >= 0;
  }

  /** The same values with another number of dimensions. */
  NodeForm withRank(int other) {
    return new NodeForm(type, other, structure);
  }

  /** For the runtime, which leaves structures and statuses, numbers or texts, to this module. */
  WriteTarget target() {
    if (structure != null || type == OpcUaDataType.StatusCode) {
      return WriteTarget.of(ValueType.JSON);
    }
    ValueType valueType = BuiltinTypes.valueType(type);
    return isArray() ? WriteTarget.arrayOf(valueType) : WriteTarget.of(valueType);
  }
}
