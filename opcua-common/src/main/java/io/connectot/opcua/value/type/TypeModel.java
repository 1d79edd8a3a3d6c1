// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.value.type;

import java.util.List;
import org.eclipse.milo.opcua.stack.core.OpcUaDataType;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;

/** How values of a data type are encoded, and what they mean. Immutable. */
public sealed interface TypeModel {

  /**
   * A built-in type, or one derived from it: Duration is a Double.
   *
   * @param type how it is encoded; abstract numbers are Variants
   */
  record Builtin(OpcUaDataType type) implements TypeModel {}

  /** An enumeration, encoded as Int32. */
  record Enumeration(EnumLabels labels) implements TypeModel {}

  /**
   * Bits with names in an unsigned number.
   *
   * @param type which unsigned number
   */
  record BitField(OpcUaDataType type, EnumLabels bits) implements TypeModel {}

  /** A structure of bits with names: two byte strings, of the bits and of which are valid. */
  record OptionSet(String name, EnumLabels bits) implements TypeModel {}

  /** Named fields. */
  record Structure(String name, Kind kind, boolean isAbstract, List<Field> fields)
      implements TypeModel {
    public Structure {
      fields = List.copyOf(fields);
    }
  }

  /** A type without a definition at the server. */
  record Unknown(String reason) implements TypeModel {}

  /** Which of its fields a value of a structure has. */
  enum Kind {
    /** All. */
    ALL,
    /** Those that are not optional, and of the optional ones those that a mask names. */
    OPTIONAL_FIELDS,
    /** One, or none. */
    UNION
  }

  /**
   * A field of a structure.
   *
   * @param valueRank -1 for a single value, else the number of dimensions
   * @param optional whether it may be absent
   * @param subtyped whether a value carries its type
   */
  record Field(String name, NodeId dataType, int valueRank, boolean optional, boolean subtyped) {}
}
