// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.value;

import io.connectot.core.model.Value;
import io.connectot.core.model.Value.ArrayValue;
import io.connectot.core.model.Value.BooleanValue;
import io.connectot.core.model.Value.NullValue;
import io.connectot.core.model.Value.StructValue;
import io.connectot.core.model.Value.TextValue;
import io.connectot.core.model.ValueType;
import io.connectot.opcua.config.ValueSettings.EnumMode;
import io.connectot.opcua.value.type.TypeModel;
import io.connectot.opcua.value.type.TypeModel.BitField;
import io.connectot.opcua.value.type.TypeModel.Builtin;
import io.connectot.opcua.value.type.TypeModel.Enumeration;
import io.connectot.opcua.value.type.TypeModel.Field;
import io.connectot.opcua.value.type.TypeModel.OptionSet;
import io.connectot.opcua.value.type.TypeModel.Structure;
import io.connectot.opcua.value.type.TypeModel.Unknown;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.milo.opcua.stack.core.OpcUaDataType;
import org.eclipse.milo.opcua.stack.core.encoding.binary.OpcUaBinaryDecoder;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject;

/**
 * Reads structures by the server's own definitions of their types (OPC UA Part 6 §5.2.6, §5.2.7,
 * §5.2.8). A structure always has all its fields, with null for what a value leaves out. Whatever a
 * server sends, depth and number of the values that come of it are bounded. Thread-safe.
 */
final class StructureDecoder {
  /** The most values of one structure; empty structures take no byte of the message. */
  private static final int MAX_VALUES = 2_000_000;

  private final DataTypes types;
  private final BuiltinValues builtins;
  private final Matrices matrices;
  private final EnumMode enums;

  StructureDecoder(DataTypes types) {
    this.types = types;
    this.enums = types.settings().enums();
    this.matrices = new Matrices(types.settings().matrices());
    this.builtins = new BuiltinValues(types.namespaces(), this::decode, matrices);
  }

  /** What reads the values of built-in types, and structures with this. */
  BuiltinValues builtins() {
    return builtins;
  }

  /**
   * The value of a structure.
   *
   * @param depth how many values it is inside of
   * @return null for an object without a body; a {@link RawBody} if it cannot be read
   */
  Value decode(ExtensionObject object, int depth) {
    if (object.isNull()) {
      return null;
    }
    if (!(object instanceof ExtensionObject.Binary binary)) {
      return new TextValue(
          object instanceof ExtensionObject.Xml xml
              ? xml.getBody().getFragmentOrEmpty()
              : String.valueOf(object.getBody()));
    }
    try {
      return decode(binary, depth);
    } catch (UndecodableException e) {
      return RawBody.of(
          NodeIdFormat.of(binary.getEncodingOrTypeId(), types.namespaces()),
          binary.getBody().bytesOrEmpty(),
          e.getMessage());
    }
  }

  private Value decode(ExtensionObject.Binary binary, int depth) {
    TypeModel model = types.structure(binary.getEncodingOrTypeId());
    ByteBuf buffer = Unpooled.wrappedBuffer(binary.getBody().bytesOrEmpty());
    Reading reading = new Reading(buffer);
    Value value;
    try {
      value = reading.value(model, depth);
    } catch (UndecodableException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new UndecodableException(
          name(model) + " is not encoded as the server defines it (" + e.getMessage() + ")");
    }
    if (buffer.isReadable()) {
      throw new UndecodableException(
          name(model)
              + " is "
              + buffer.readableBytes()
              + " bytes longer than the server defines it");
    }
    return value;
  }

  private static String name(TypeModel model) {
    if (model instanceof Structure structure) {
      return "structure " + structure.name();
    }
    return model instanceof OptionSet set ? "option set " + set.name() : "a value";
  }

  /** One body. For one thread. */
  private final class Reading {
    private final ByteBuf buffer;
    private final OpcUaBinaryDecoder decoder;
    private int values;

    Reading(ByteBuf buffer) {
      this.buffer = buffer;
      this.decoder = new OpcUaBinaryDecoder(types.encoding()).setBuffer(buffer);
    }

    /** Null for null. */
    Value value(TypeModel model, int depth) {
      if (depth > BuiltinValues.MAX_DEPTH) {
        throw new UndecodableException("values are nested more than 100 deep");
      }
      if (++values > MAX_VALUES) {
        throw new UndecodableException("a structure has more than " + MAX_VALUES + " values");
      }
      if (model instanceof Builtin builtin) {
        return builtins.of(read(builtin.type()), depth + 1);
      }
      if (model instanceof Enumeration enumeration) {
        return enumeration.labels().value(buffer.readIntLE(), enums, true);
      }
      if (model instanceof BitField field) {
        return field.bits().value(number(read(field.type())), enums, true);
      }
      if (model instanceof OptionSet set) {
        return optionSet(set);
      }
      if (model instanceof Structure structure) {
        return switch (structure.kind()) {
          case ALL -> all(structure, depth);
          case OPTIONAL_FIELDS -> withOptional(structure, depth);
          case UNION -> union(structure, depth);
        };
      }
      throw new UndecodableException(((Unknown) model).reason());
    }

    private Value all(Structure structure, int depth) {
      Map<String, Value> fields = new LinkedHashMap<>();
      for (Field field : structure.fields()) {
        fields.put(field.name(), field(field, depth));
      }
      return new StructValue(structure.name(), fields);
    }

    private Value withOptional(Structure structure, int depth) {
      long mask = buffer.readUnsignedIntLE();
      int bit = 0;
      Map<String, Value> fields = new LinkedHashMap<>();
      for (Field field : structure.fields()) {
        boolean present = !field.optional() || (mask >>> bit++ & 1) == 1;
        fields.put(field.name(), present ? field(field, depth) : NullValue.NULL);
      }
      return new StructValue(structure.name(), fields);
    }

    private Value union(Structure structure, int depth) {
      long chosen = buffer.readUnsignedIntLE();
      if (chosen > structure.fields().size()) {
        throw new UndecodableException("union " + structure.name() + " has no field " + chosen);
      }
      Map<String, Value> fields = new LinkedHashMap<>();
      int n = 0;
      for (Field field : structure.fields()) {
        fields.put(field.name(), ++n == chosen ? field(field, depth) : NullValue.NULL);
      }
      return new StructValue(structure.name(), fields);
    }

    /** The two byte strings of an option set as one truth value a bit; null where not valid. */
    private Value optionSet(OptionSet set) {
      byte[] bits = bytes();
      byte[] valid = bytes();
      Map<String, Value> fields = new LinkedHashMap<>();
      set.bits()
          .texts()
          .forEach(
              (bit, name) ->
                  fields.put(
                      name,
                      isSet(valid, bit) ? BooleanValue.of(isSet(bits, bit)) : NullValue.NULL));
      return new StructValue(set.name(), fields);
    }

    private static boolean isSet(byte[] bits, long bit) {
      return bit >= 0 && bit / 8 < bits.length && (bits[(int) (bit / 8)] >>> (bit % 8) & 1) == 1;
    }

    private Value field(Field field, int depth) {
      TypeModel model = types.model(field.dataType());
      TypeModel encoded = model;
      if (field.subtyped()) {
        boolean structure = model instanceof Structure || model instanceof OptionSet;
        encoded = new Builtin(structure ? OpcUaDataType.ExtensionObject : OpcUaDataType.Variant);
      } else if (model instanceof Structure structure && structure.isAbstract()) {
        encoded = new Builtin(OpcUaDataType.ExtensionObject);
      }
      Value value;
      if (field.valueRank() == -1) {
        value = value(encoded, depth + 1);
      } else if (field.valueRank() == 1) {
        int length = buffer.readIntLE();
        value = length < 0 ? null : array(encoded, length, depth + 1);
      } else if (field.valueRank() > 1) {
        value = matrix(encoded, depth + 1);
      } else {
        throw new UndecodableException(
            "field " + field.name() + " has value rank " + field.valueRank() + ", which is none");
      }
      return value == null ? NullValue.NULL : value;
    }

    private ArrayValue array(TypeModel model, int length, int depth) {
      // Only structures may be empty, and what they cost is bounded by the number of values.
      if (length > MAX_VALUES || (length > buffer.readableBytes() && isNeverEmpty(model))) {
        throw new UndecodableException(
            "an array of " + length + " elements is longer than its message");
      }
      List<Value> elements = new ArrayList<>(length);
      for (int i = 0; i < length; i++) {
        Value element = value(model, depth);
        elements.add(element == null ? NullValue.NULL : element);
      }
      return new ArrayValue(elementType(model), elements);
    }

    private Value matrix(TypeModel model, int depth) {
      int rank = buffer.readIntLE();
      if (rank < 0) {
        return null;
      }
      if (rank > buffer.readableBytes() / 4) {
        throw new UndecodableException("a matrix has more dimensions than its message has bytes");
      }
      int[] dimensions = new int[rank];
      long product = 1;
      for (int i = 0; i < rank; i++) {
        dimensions[i] = Math.max(0, buffer.readIntLE());
        product = Math.min(Integer.MAX_VALUE, product * dimensions[i]);
      }
      return matrices.of(array(model, rank == 0 ? 0 : (int) product, depth), dimensions);
    }

    private ValueType elementType(TypeModel model) {
      if (model instanceof Builtin builtin) {
        return BuiltinTypes.valueType(builtin.type());
      }
      if (model instanceof Enumeration || model instanceof BitField) {
        // Some numbers may have no label: then the elements themselves tell.
        return enums == EnumMode.NUMBER ? ValueType.INT64 : ValueType.STRING;
      }
      return ValueType.JSON;
    }

    private static boolean isNeverEmpty(TypeModel model) {
      return !(model instanceof Structure);
    }

    private byte[] bytes() {
      int length = buffer.readIntLE();
      if (length <= 0) {
        return new byte[0];
      }
      checkLength(length);
      byte[] bytes = new byte[length];
      buffer.readBytes(bytes);
      return bytes;
    }

    private void checkLength(int length) {
      if (length > buffer.readableBytes()) {
        throw new UndecodableException("a text or byte string is longer than its message");
      }
    }

    /** What the library makes of the next bytes; null for null. */
    private Object read(OpcUaDataType type) {
      return switch (type) {
        case Boolean -> decoder.decodeBoolean();
        case SByte -> decoder.decodeSByte();
        case Byte -> decoder.decodeByte();
        case Int16 -> decoder.decodeInt16();
        case UInt16 -> decoder.decodeUInt16();
        case Int32 -> decoder.decodeInt32();
        case UInt32 -> decoder.decodeUInt32();
        case Int64 -> decoder.decodeInt64();
        case UInt64 -> decoder.decodeUInt64();
        case Float -> decoder.decodeFloat();
        case Double -> decoder.decodeDouble();
        case String -> decoder.decodeString();
        case DateTime -> decoder.decodeDateTime();
        case Guid -> decoder.decodeGuid();
        case ByteString -> byteString();
        case XmlElement -> decoder.decodeXmlElement();
        case NodeId -> decoder.decodeNodeId();
        case ExpandedNodeId -> decoder.decodeExpandedNodeId();
        case StatusCode -> decoder.decodeStatusCode();
        case QualifiedName -> decoder.decodeQualifiedName();
        case LocalizedText -> decoder.decodeLocalizedText();
        case ExtensionObject -> decoder.decodeExtensionObject();
        case DataValue -> decoder.decodeDataValue();
        case Variant -> decoder.decodeVariant();
        case DiagnosticInfo -> decoder.decodeDiagnosticInfo();
      };
    }

    /** The library would make room for what a length claims before it looks for the bytes. */
    private ByteString byteString() {
      checkLength(Math.max(0, buffer.getIntLE(buffer.readerIndex())));
      return decoder.decodeByteString();
    }
  }

  /** An unsigned number of 64 bits keeps its bits. */
  private static long number(Object raw) {
    return ((Number) raw).longValue();
  }
}
