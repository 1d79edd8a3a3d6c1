// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.value;

import io.connectot.core.model.ValueType;
import org.eclipse.milo.opcua.stack.core.OpcUaDataType;

/** The built-in data types (OPC UA Part 6 §5.1.2). */
public final class BuiltinTypes {
  private BuiltinTypes() {}

  /** The type of the values of a built-in type. */
  public static ValueType valueType(OpcUaDataType type) {
    return switch (type) {
      case Boolean -> ValueType.BOOLEAN;
      case SByte -> ValueType.INT8;
      case Byte -> ValueType.UINT8;
      case Int16 -> ValueType.INT16;
      case UInt16 -> ValueType.UINT16;
      case Int32 -> ValueType.INT32;
      case UInt32 -> ValueType.UINT32;
      case Int64 -> ValueType.INT64;
      case UInt64 -> ValueType.UINT64;
      case Float -> ValueType.FLOAT32;
      case Double -> ValueType.FLOAT64;
      case DateTime -> ValueType.DATETIME;
      case ByteString -> ValueType.BYTES;
      case String,
          Guid,
          XmlElement,
          NodeId,
          ExpandedNodeId,
          StatusCode,
          QualifiedName,
          LocalizedText ->
          ValueType.STRING;
      case ExtensionObject, DataValue, Variant, DiagnosticInfo -> ValueType.JSON;
    };
  }
}
