// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.value;

import io.connectot.core.model.ShortestDecimal;
import io.connectot.core.model.Value;
import io.connectot.core.model.Value.ArrayValue;
import io.connectot.core.model.Value.BigValue;
import io.connectot.core.model.Value.BooleanValue;
import io.connectot.core.model.Value.BytesValue;
import io.connectot.core.model.Value.DoubleValue;
import io.connectot.core.model.Value.InstantValue;
import io.connectot.core.model.Value.LongValue;
import io.connectot.core.model.Value.NullValue;
import io.connectot.core.model.Value.StructValue;
import io.connectot.core.model.Value.TextValue;
import io.connectot.core.model.ValueType;
import java.lang.reflect.Array;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.milo.opcua.stack.core.NamespaceTable;
import org.eclipse.milo.opcua.stack.core.OpcUaDataType;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.DiagnosticInfo;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExpandedNodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.Matrix;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.builtin.XmlElement;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UByte;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.ULong;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UShort;

/**
 * Values of the built-in types (OPC UA Part 6 §5.1.2), single, in arrays and matrices. Thread-safe.
 *
 * <p>Ids and names are text that means the same in every session, of a LocalizedText the text alone
 * is kept, a status is code and name.
 */
final class BuiltinValues {
  /** As deep as OPC UA lets encoders nest values (OPC UA Part 6 §5.1.6). */
  static final int MAX_DEPTH = 100;

  private final NamespaceTable namespaces;
  private final Structures structures;
  private final Matrices matrices;

  /** Decodes a value whose type is not built in. */
  @FunctionalInterface
  interface Structures {
    /**
     * The value of a structure.
     *
     * @param depth how many values it is inside of
     * @throws UndecodableException when it cannot be read
     */
    Value decode(ExtensionObject object, int depth);
  }

  BuiltinValues(NamespaceTable namespaces, Structures structures, Matrices matrices) {
    this.namespaces = namespaces;
    this.structures = structures;
    this.matrices = matrices;
  }

  /**
   * A value as the library has it.
   *
   * @param raw what a Variant holds, possibly null
   * @return null for null
   * @throws UndecodableException when it cannot be read
   */
  Value of(Object raw) {
    return of(raw, 0);
  }

  /** A value that is inside of {@code depth} others. */
  Value of(Object raw, int depth) {
    // In the order of how often they come.
    if (raw instanceof Double v) {
      return new DoubleValue(v);
    } else if (raw instanceof Float v) {
      return new DoubleValue(ShortestDecimal.of(v));
    } else if (raw instanceof Integer v) {
      return new LongValue(v);
    } else if (raw instanceof Boolean v) {
      return BooleanValue.of(v);
    } else if (raw instanceof Short v) {
      return new LongValue(v);
    } else if (raw instanceof UInteger v) {
      return new LongValue(v.longValue());
    } else if (raw instanceof UShort v) {
      return new LongValue(v.intValue());
    } else if (raw instanceof Long v) {
      return new LongValue(v);
    } else if (raw instanceof UByte v) {
      return new LongValue(v.intValue());
    } else if (raw instanceof String v) {
      return new TextValue(v);
    } else if (raw instanceof Byte v) {
      return new LongValue(v);
    } else if (raw instanceof ULong v) {
      long n = v.longValue();
      return n >= 0 ? new LongValue(n) : new BigValue(v.toBigInteger());
    } else if (raw instanceof DateTime v) {
      return new InstantValue(SourceTime.instant(v));
    }
    return raw == null ? null : other(raw, depth);
  }

  private Value other(Object raw, int depth) {
    if (depth > MAX_DEPTH) {
      throw new UndecodableException("values are nested more than " + MAX_DEPTH + " deep");
    }
    if (raw instanceof ExtensionObject v) {
      return structures.decode(v, depth);
    } else if (raw instanceof Matrix v) {
      return matrix(v, depth);
    } else if (raw instanceof Object[] v) {
      return array(v, depth);
    } else if (raw instanceof Variant v) {
      return of(v.value(), depth + 1);
    } else if (raw instanceof DataValue v) {
      return dataValue(v, depth);
    } else if (raw instanceof DiagnosticInfo v) {
      return diagnosticInfo(v, depth);
    } else if (raw instanceof ByteString v) {
      return v.bytes() == null ? null : new BytesValue(v.bytes());
    } else if (raw.getClass().isArray()) {
      return array(boxed(raw), depth);
    }
    return text(raw);
  }

  private Value text(Object raw) {
    String text;
    if (raw instanceof LocalizedText v) {
      text = v.text();
    } else if (raw instanceof UUID v) {
      text = v.toString();
    } else if (raw instanceof NodeId v) {
      text = v.isNull() ? null : NodeIdFormat.of(v, namespaces);
    } else if (raw instanceof ExpandedNodeId v) {
      text = v.isNull() ? null : NodeIdFormat.of(v, namespaces);
    } else if (raw instanceof QualifiedName v) {
      text = NodeIdFormat.of(v, namespaces);
    } else if (raw instanceof StatusCode v) {
      text = StatusInfo.text(v);
    } else if (raw instanceof XmlElement v) {
      text = v.fragment();
    } else {
      throw new UndecodableException("unknown built-in type " + raw.getClass().getSimpleName());
    }
    return text == null ? null : new TextValue(text);
  }

  private ArrayValue array(Object[] raw, int depth) {
    ValueType type = elementType(raw);
    Value[] elements = new Value[raw.length];
    for (int i = 0; i < raw.length; i++) {
      Value element = of(raw[i], depth + 1);
      elements[i] = element == null ? NullValue.NULL : element;
    }
    return new ArrayValue(type, List.of(elements));
  }

  private Value matrix(Matrix matrix, int depth) {
    Object elements = matrix.getElements();
    if (elements == null) {
      return null;
    }
    Object[] flat = elements instanceof Object[] objects ? objects : boxed(elements);
    return matrices.of(array(flat, depth), matrix.getDimensions());
  }

  private Value dataValue(DataValue raw, int depth) {
    Map<String, Value> fields = new LinkedHashMap<>();
    fields.put("value", orNull(of(raw.value(), depth + 1)));
    fields.put("status", new TextValue(StatusInfo.text(raw.statusCode())));
    fields.put("source_timestamp", orNull(of(raw.sourceTime(), depth + 1)));
    fields.put("server_timestamp", orNull(of(raw.serverTime(), depth + 1)));
    return new StructValue("DataValue", fields);
  }

  private Value diagnosticInfo(DiagnosticInfo raw, int depth) {
    Map<String, Value> fields = new LinkedHashMap<>();
    fields.put("symbolic_id", new LongValue(raw.symbolicId()));
    fields.put("namespace_uri", new LongValue(raw.namespaceUri()));
    fields.put("locale", new LongValue(raw.locale()));
    fields.put("localized_text", new LongValue(raw.localizedText()));
    fields.put("additional_info", orNull(of(raw.additionalInfo(), depth + 1)));
    fields.put("inner_status", orNull(of(raw.innerStatusCode(), depth + 1)));
    fields.put("inner", orNull(of(raw.innerDiagnosticInfo(), depth + 1)));
    return new StructValue("DiagnosticInfo", fields);
  }

  private static Value orNull(Value value) {
    return value == null ? NullValue.NULL : value;
  }

  private static Object[] boxed(Object array) {
    Object[] boxed = new Object[Array.getLength(array)];
    Arrays.setAll(boxed, i -> Array.get(array, i));
    return boxed;
  }

  /** By the array's own type, or by its first element where the array holds objects of any type. */
  private static ValueType elementType(Object[] array) {
    Class<?> type = array.getClass().getComponentType();
    if (type == Object.class && array.length > 0 && array[0] != null) {
      type = array[0].getClass();
    }
    if (ExtensionObject.class.isAssignableFrom(type)) {
      return ValueType.JSON;
    }
    return OpcUaDataType.isBuiltin(type)
        ? BuiltinTypes.valueType(OpcUaDataType.fromBackingClass(type))
        : ValueType.JSON;
  }
}
