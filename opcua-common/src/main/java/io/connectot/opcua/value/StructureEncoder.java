// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.value;

import io.connectot.core.model.Value;
import io.connectot.core.model.Value.ArrayValue;
import io.connectot.core.model.Value.BooleanValue;
import io.connectot.core.model.Value.NullValue;
import io.connectot.core.model.Value.StructValue;
import io.connectot.core.model.Value.TextValue;
import io.connectot.core.spi.line.LineException;
import io.connectot.core.spi.line.Suggestion;
import io.connectot.opcua.value.type.EnumLabels;
import io.connectot.opcua.value.type.StandardTypes;
import io.connectot.opcua.value.type.TypeModel;
import io.connectot.opcua.value.type.TypeModel.BitField;
import io.connectot.opcua.value.type.TypeModel.Builtin;
import io.connectot.opcua.value.type.TypeModel.Enumeration;
import io.connectot.opcua.value.type.TypeModel.Field;
import io.connectot.opcua.value.type.TypeModel.Kind;
import io.connectot.opcua.value.type.TypeModel.OptionSet;
import io.connectot.opcua.value.type.TypeModel.Structure;
import io.connectot.opcua.value.type.TypeModel.Unknown;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.eclipse.milo.opcua.stack.core.OpcUaDataType;
import org.eclipse.milo.opcua.stack.core.encoding.binary.OpcUaBinaryEncoder;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExpandedNodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.XmlElement;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UByte;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.ULong;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UShort;

/**
 * Encodes values of one structure by the server's own definition of its type, the reverse of {@link
 * StructureDecoder}. A value names each of the fields: null is for optional fields, texts, arrays
 * and the fields of a union that are not chosen. Nothing is left out in silence. Thread-safe.
 */
public final class StructureEncoder {
  private final DataTypes types;
  private final BuiltinEncoder builtins;
  private final TypeModel model;
  private final NodeId encoding;

  private StructureEncoder(DataTypes types, TypeModel model, NodeId encoding) {
    this.types = types;
    this.builtins = new BuiltinEncoder(types.namespaces());
    this.model = model;
    this.encoding = encoding;
  }

  /**
   * The encoder of a type.
   *
   * @param types that have loaded it, if {@code id} is not an encoding
   * @param id of the data type or of its binary encoding
   * @param encoding of values, in binary
   * @throws LineException if values of the type cannot be encoded, saying why
   */
  public static StructureEncoder of(DataTypes types, NodeId id, NodeId encoding)
      throws LineException {
    TypeModel model;
    try {
      model = types.structure(id);
    } catch (UndecodableException e) {
      throw new LineException(e.getMessage());
    }
    if (!(model instanceof Structure) && !(model instanceof OptionSet)) {
      throw new LineException("its type is not a structure");
    }
    return new StructureEncoder(types, model, encoding);
  }

  /** Whether a data type that was loaded has no values of its own, but those of its subtypes. */
  public static boolean isAbstract(DataTypes types, NodeId dataType) {
    return dataType.equals(StandardTypes.STRUCTURE)
        || (types.model(dataType) instanceof Structure structure && structure.isAbstract());
  }

  /**
   * The value of a structure.
   *
   * @throws LineException when it does not have the fields of the type, saying which
   */
  public ExtensionObject encode(Value value) throws LineException {
    ByteBuf buffer = Unpooled.buffer();
    new Writing(buffer).value(model, value, "");
    return ExtensionObject.of(ByteString.of(ByteBufUtil.getBytes(buffer)), encoding);
  }

  /** One body. For one thread. */
  private final class Writing {
    private final ByteBuf buffer;
    private final OpcUaBinaryEncoder encoder;

    Writing(ByteBuf buffer) {
      this.buffer = buffer;
      this.encoder = new OpcUaBinaryEncoder(types.encoding()).setBuffer(buffer);
    }

    /**
     * Writes a value.
     *
     * @param path of the field, for messages
     */
    void value(TypeModel as, Value value, String path) throws LineException {
      if (as instanceof Builtin builtin) {
        builtin(builtin.type(), value, path);
      } else if (as instanceof Enumeration enumeration) {
        encoder.encodeInt32(
            (Integer) number(enumeration.labels(), OpcUaDataType.Int32, value, path));
      } else if (as instanceof BitField field) {
        write(field.type(), single(value, field.type(), path));
      } else if (as instanceof OptionSet set) {
        optionSet(set, fields(value, set.name(), set.bits().texts().values(), path), path);
      } else if (as instanceof Structure structure) {
        structure(structure, value, path);
      } else {
        throw at(path, ((Unknown) as).reason());
      }
    }

    private void structure(Structure structure, Value value, String path) throws LineException {
      Map<String, Value> given =
          fields(
              value, structure.name(), structure.fields().stream().map(Field::name).toList(), path);
      if (structure.kind() == Kind.UNION) {
        union(structure, given, path);
        return;
      }
      if (structure.kind() == Kind.OPTIONAL_FIELDS) {
        buffer.writeIntLE(mask(structure, given));
      }
      for (Field field : structure.fields()) {
        Value of = given.get(field.name());
        if (field.optional() && isNull(of)) {
          continue;
        }
        if (of == null) {
          throw at(path, "field '" + field.name() + "' of " + structure.name() + " is missing");
        }
        field(field, of, path);
      }
    }

    private static int mask(Structure structure, Map<String, Value> given) {
      int mask = 0;
      int bit = 0;
      for (Field field : structure.fields()) {
        if (field.optional()) {
          mask |= isNull(given.get(field.name())) ? 0 : 1 << bit;
          bit++;
        }
      }
      return mask;
    }

    private void union(Structure union, Map<String, Value> given, String path)
        throws LineException {
      int chosen = 0;
      for (int i = 0; i < union.fields().size(); i++) {
        if (!isNull(given.get(union.fields().get(i).name()))) {
          if (chosen != 0) {
            throw at(path, "union " + union.name() + " takes one field, the value has several");
          }
          chosen = i + 1;
        }
      }
      buffer.writeIntLE(chosen);
      if (chosen != 0) {
        Field field = union.fields().get(chosen - 1);
        field(field, given.get(field.name()), path);
      }
    }

    private void field(Field field, Value value, String path) throws LineException {
      String name = path.isEmpty() ? field.name() : path + "." + field.name();
      TypeModel as = types.model(field.dataType());
      if (field.subtyped() || (as instanceof Structure structure && structure.isAbstract())) {
        throw at(name, "its type is open, and values do not say which one they have");
      }
      if (field.valueRank() == -1) {
        value(as, value, name);
      } else if (isNull(value)) {
        buffer.writeIntLE(-1);
      } else if (!(value instanceof ArrayValue array)) {
        throw at(name, "an array is wanted");
      } else if (field.valueRank() == 1) {
        buffer.writeIntLE(array.elements().size());
        elements(as, array.elements(), name);
      } else if (field.valueRank() > 1) {
        matrix(as, array, field.valueRank(), name);
      } else {
        throw at(name, "its value rank " + field.valueRank() + " is none");
      }
    }

    private void elements(TypeModel as, List<Value> elements, String path) throws LineException {
      for (int i = 0; i < elements.size(); i++) {
        value(as, elements.get(i), path + "[" + i + "]");
      }
    }

    private void matrix(TypeModel as, ArrayValue array, int rank, String path)
        throws LineException {
      FlatMatrix flat;
      try {
        flat = FlatMatrix.of(array);
      } catch (LineException e) {
        throw at(path, e.getMessage());
      }
      if (flat.dimensions().size() != rank) {
        throw at(path, "an array of " + rank + " dimensions is wanted");
      }
      buffer.writeIntLE(rank);
      flat.dimensions().forEach(buffer::writeIntLE);
      elements(as, flat.elements(), path);
    }

    /** The members of an object, of which none may be unknown. */
    private Map<String, Value> fields(Value value, String type, Iterable<String> names, String path)
        throws LineException {
      if (!(value instanceof StructValue object)) {
        throw at(path, "an object with the fields of " + type + " is wanted");
      }
      Set<String> known = new HashSet<>();
      names.forEach(known::add);
      for (String name : object.fields().keySet()) {
        if (!known.contains(name)) {
          throw at(
              path,
              type
                  + " has no field '"
                  + name
                  + "'"
                  + Suggestion.of(name, known)
                      .word()
                      .map(word -> ", did you mean " + word + "?")
                      .orElse(""));
        }
      }
      return object.fields();
    }

    /** Bits that are null are not valid, and so are those without a name. */
    private void optionSet(OptionSet set, Map<String, Value> given, String path)
        throws LineException {
      long highest = set.bits().texts().keySet().stream().mapToLong(bit -> bit).max().orElse(-1);
      byte[] bits = new byte[(int) (highest / 8 + 1)];
      byte[] valid = new byte[bits.length];
      for (Map.Entry<Long, String> bit : set.bits().texts().entrySet()) {
        Value value = given.get(bit.getValue());
        if (isNull(value)) {
          continue;
        }
        if (!(value instanceof BooleanValue flag)) {
          throw at(path, "bit '" + bit.getValue() + "' is true or false");
        }
        int at = (int) (bit.getKey() / 8);
        int mask = 1 << (bit.getKey() % 8);
        valid[at] = (byte) (valid[at] | mask);
        bits[at] = (byte) (flag.value() ? bits[at] | mask : bits[at]);
      }
      encoder.encodeByteString(ByteString.of(bits));
      encoder.encodeByteString(ByteString.of(valid));
    }

    private void builtin(OpcUaDataType type, Value value, String path) throws LineException {
      write(type, isNull(value) && isNullable(type) ? null : single(value, type, path));
    }

    /** The number of a label, as texts of nested enumerations have it: Running or Running_1. */
    private Object number(EnumLabels labels, OpcUaDataType type, Value value, String path)
        throws LineException {
      if (value instanceof TextValue text) {
        for (Map.Entry<Long, String> label : labels.texts().entrySet()) {
          if (text.value().equals(label.getValue())
              || text.value().equals(label.getValue() + "_" + label.getKey())) {
            return label.getKey().intValue();
          }
        }
        throw at(
            path,
            "'" + text.value() + "' is none of " + String.join(", ", labels.texts().values()));
      }
      return single(value, type, path);
    }

    private Object single(Value value, OpcUaDataType type, String path) throws LineException {
      try {
        return builtins.of(value, type);
      } catch (LineException e) {
        throw at(path, e.getMessage());
      }
    }

    private void write(OpcUaDataType type, Object raw) {
      switch (type) {
        case Boolean -> encoder.encodeBoolean((Boolean) raw);
        case SByte -> encoder.encodeSByte((Byte) raw);
        case Byte -> encoder.encodeByte((UByte) raw);
        case Int16 -> encoder.encodeInt16((Short) raw);
        case UInt16 -> encoder.encodeUInt16((UShort) raw);
        case Int32 -> encoder.encodeInt32((Integer) raw);
        case UInt32 -> encoder.encodeUInt32((UInteger) raw);
        case Int64 -> encoder.encodeInt64((Long) raw);
        case UInt64 -> encoder.encodeUInt64((ULong) raw);
        case Float -> encoder.encodeFloat((Float) raw);
        case Double -> encoder.encodeDouble((Double) raw);
        case String -> encoder.encodeString((String) raw);
        case DateTime -> encoder.encodeDateTime((DateTime) raw);
        case Guid -> encoder.encodeGuid((UUID) raw);
        case ByteString -> encoder.encodeByteString((ByteString) raw);
        case XmlElement -> encoder.encodeXmlElement((XmlElement) raw);
        case NodeId -> encoder.encodeNodeId((NodeId) raw);
        case ExpandedNodeId -> encoder.encodeExpandedNodeId((ExpandedNodeId) raw);
        case StatusCode -> encoder.encodeStatusCode((StatusCode) raw);
        case QualifiedName -> encoder.encodeQualifiedName((QualifiedName) raw);
        case LocalizedText -> encoder.encodeLocalizedText((LocalizedText) raw);
        case ExtensionObject, DataValue, Variant, DiagnosticInfo ->
            throw new IllegalArgumentException("cannot be encoded: " + type);
      }
    }
  }

  private static boolean isNull(Value value) {
    return value == null || value instanceof NullValue;
  }

  private static boolean isNullable(OpcUaDataType type) {
    return switch (type) {
      case String, ByteString, XmlElement, LocalizedText, NodeId, ExpandedNodeId -> true;
      default -> false;
    };
  }

  private static LineException at(String path, String reason) {
    return new LineException(path.isEmpty() ? reason : "field '" + path + "': " + reason);
  }
}
